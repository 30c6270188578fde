"""Reads the gold corpus: span-annotated text pages, and HTML pages with a ``.gold.json`` each.

The format is described in samples/gold/README.md. Offsets of a text page are code points of `GoldPage.content`, the
page as a user would submit it: spun forms kept, marks gone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import GoldError
from pipeline.records import Page, PageKind

OPENERS = {"[[": "]]", "<<": ">>", "{{": "}}", "^^": "^^"}
MARK = re.compile(r"\[\[|\]\]|<<|>>|\{\{[US]\||\}\}|\^\^|\|\|")
FURNITURE = "~~ "
SIBLING = re.compile(r"[Ss]ibling of (\d\d)")


@dataclass(frozen=True)
class Span:
    """A marked half-open span of `GoldPage.content`. `original` is what stood there (substitutions only)."""

    start: int
    end: int
    original: str = ""


@dataclass(frozen=True)
class GoldPage:
    """One gold page. `group` joins siblings (spins of one article), so that no split tears them apart."""

    path: Path
    kind: PageKind
    content: str
    verdict: str
    title: str
    group: str
    spun: str = "none"
    body: tuple[Span, ...] = ()
    furniture: tuple[Span, ...] = ()
    substitutions: tuple[Span, ...] = ()
    anchors: tuple[Span, ...] = ()
    unsupported: tuple[Span, ...] = ()
    supported: tuple[Span, ...] = ()
    stuffed: tuple[Span, ...] = ()
    types: dict[str, str] = field(default_factory=dict)
    """Type of each unsupported claim that has one, by its words."""
    html: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Folder and file name without suffix: ``d/02-spun-pivot-anxiety``."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def awkward(self) -> bool:
        """Whether this is honest awkward English (folder h)."""
        return self.path.parent.name == "h"

    def quote(self, span: Span) -> str:
        """The words of a span."""
        return self.content[span.start : span.end]

    def page(self) -> Page:
        """The page as the pipeline takes it."""
        return Page(id=self.name, source=str(self.path), kind=self.kind, content=self.content)


def read(folder: Path) -> list[GoldPage]:
    """All gold pages below `folder`, in order. Raises GoldError naming file and line; also where there are none."""
    texts = [read_text(path) for path in sorted(folder.rglob("*.txt"))]
    htmls = [read_html(path) for path in sorted(folder.rglob("*.gold.json"))]
    if not texts and not htmls:
        raise GoldError(f"{folder}: no gold pages (*.txt with a header, or *.html with *.gold.json) below this folder")
    return texts + htmls


def read_text(path: Path) -> GoldPage:
    """One text page. Raises GoldError."""
    head, divider, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    if not divider:
        raise GoldError(f"{path}: no line '---' after the header")
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    missing = {"kind", "axes", "verdict"} - set(header)
    if missing:
        raise GoldError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    axes = dict(part.split("=", 1) for part in header["axes"].split())
    body, _, claims = rest.partition("\n===claims\n")
    marks = Marks(path, head.count("\n") + 3)
    content = ""
    body_lines: list[Span] = []
    furniture: list[Span] = []
    for line in body.strip("\n").split("\n"):
        is_furniture = line.startswith(FURNITURE)
        start = len(content)
        content += marks.strip(line[len(FURNITURE) :] if is_furniture else line, start)
        span = Span(start, len(content))
        if content[start:].strip():
            (furniture if is_furniture else body_lines).append(span)
        content += "\n"
    marks.close()
    sibling = SIBLING.match(header.get("notes", ""))
    numbers = sorted({path.name[:2], sibling[1]} if sibling else {path.name[:2]})
    return GoldPage(
        path=path,
        kind="text",
        content=content,
        verdict=header["verdict"],
        title=content[body_lines[0].start : body_lines[0].end] if body_lines else "",
        group=f"{path.parent.name}/{'+'.join(numbers)}",
        spun=axes.get("spun", "none"),
        body=tuple(body_lines),
        furniture=tuple(furniture),
        substitutions=tuple(marks.found["[["]),
        anchors=tuple(marks.found["<<"]),
        unsupported=tuple(marks.found["U"]),
        supported=tuple(marks.found["S"]),
        stuffed=tuple(marks.found["^^"]),
        types={claim["sentence"]: claim["type"] for claim in map(json.loads, filter(str.strip, claims.splitlines()))},
    )


def read_html(path: Path) -> GoldPage:
    """One HTML page from its .gold.json. Raises GoldError."""
    page = path.with_name(path.name.replace(".gold.json", ".html"))
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        content = page.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: {error}") from None
    return GoldPage(
        path=page,
        kind="html",
        content=content,
        verdict=gold["verdict"],
        title=gold["title"],
        group=f"{page.parent.name}/{page.name[:2]}",
        html=gold,
    )


class Marks:
    """Takes the marks out of a page's lines, keeping where they stood."""

    def __init__(self, path: Path, line: int) -> None:
        self.path, self.line = path, line
        self.found: dict[str, list[Span]] = {"[[": [], "<<": [], "^^": [], "U": [], "S": []}
        self.open: list[tuple[str, int]] = []
        self.original: list[str] | None = None

    def strip(self, line: str, offset: int) -> str:
        """`line`, which begins at `offset` of the content, without its marks."""
        out: list[str] = []
        length = 0
        for token, mark in tokens(line):
            if not mark:
                if self.original is None:
                    out.append(token)
                    length += len(token)
                else:
                    self.original.append(token)
            else:
                self.take(token, offset + length)
        self.line += 1
        return "".join(out)

    def take(self, token: str, at: int) -> None:
        """Handle one mark at content offset `at`."""
        if token == "||":
            self.original = []
        elif token in ("[[", "<<") or token.startswith("{{") or (token == "^^" and not self.inside("^^")):
            self.open.append((token, at))
        else:
            if not self.open:
                raise GoldError(f"{self.path}:{self.line}: {token!r} closes nothing")
            opener, start = self.open.pop()
            if OPENERS[opener[:2]] != token:
                raise GoldError(f"{self.path}:{self.line}: {token!r} closes {opener!r}")
            key = opener[2] if opener.startswith("{{") else opener
            original = "".join(self.original or ()) if key == "[[" else ""
            if key == "[[":
                self.original = None
            self.found[key].append(Span(start, at, original))

    def inside(self, opener: str) -> bool:
        """Whether `opener` is open."""
        return any(mark == opener for mark, _ in self.open)

    def close(self) -> None:
        """Raise GoldError where a mark was left open."""
        if self.open:
            raise GoldError(f"{self.path}: {self.open[-1][0]!r} is never closed")


def tokens(line: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a line: text (False) and marks (True)."""
    at = 0
    for match in MARK.finditer(line):
        if match.start() > at:
            yield line[at : match.start()], False
        yield match.group(), True
        at = match.end()
    if at < len(line):
        yield line[at:], False
