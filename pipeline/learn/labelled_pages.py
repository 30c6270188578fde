"""Reads WCXB pages (HTML and the main content that annotators marked) as labelled lines.

Which lines are body is told by `line_labels`. The page is seen four ways: with tags, flattened as it is, flattened as
submissions come (menus joined to one line, most of the furniture far from the body gone), and as a line a text node.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import flat_lines, head, html_lines
from pipeline.clean.flat_lines import kind_of
from pipeline.clean.lines import Line, Lines
from pipeline.learn import flattening
from pipeline.learn.flattening import READ_ALL
from pipeline.learn.line_labels import label, title_line

JOINERS = (" | ", "  ", " · ", " > ", ", ", " / ", " ")
SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne"])
MAX_LINES = 3000
"""Pages of more lines are long lists that would outweigh the rest."""


@dataclass
class Sample:
    """One view of one page: its lines and which of them are body."""

    page: str
    domain: str
    page_type: str
    view: str
    cut: Lines
    body: list[bool]
    content: str
    title_line: int | None = None
    html: str = ""

    @property
    def lines(self) -> list[Line]:
        """The lines of the page."""
        return self.cut.lines


def read(folder: Path) -> Iterator[Sample]:
    """The pages of a WCXB folder (``html/*.html.gz``, ``ground-truth/*.json``) with tags, in order of their numbers."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        page = folder / "html" / f"{path.stem}.html.gz"
        content = truth["ground_truth"].get("main_content") or ""
        if not page.is_file() or not content.strip():
            continue
        html = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        cut = read_page(html)
        lines = cut.lines
        if lines and len(lines) <= MAX_LINES:
            kind = truth["_internal"]["page_type"]["primary"]
            body = label(lines, content)
            title = title_line(lines, body, truth["ground_truth"].get("title") or "")
            domain = domain_of(truth.get("url") or path.stem)
            yield Sample(path.stem, domain, kind, "html", cut, body, content, title, html)


def read_page(html: str) -> Lines:
    """The lines of an HTML page, whatever it costs."""
    tree = LexborHTMLParser(html)
    kind = head.kind_of(head.gather(tree))
    cut = html_lines.cut(tree, READ_ALL)
    cut.kind = kind
    return cut


def domain_of(url: str) -> str:
    """The registered domain of an address, near enough to keep the pages of one owner together."""
    parts = (urlsplit(url).hostname or url).split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def share_of(domain: str) -> float:
    """A stable number in [0, 1) by which a domain falls into one split."""
    return int(sha256(domain.encode()).hexdigest()[:8], 16) / 2**32


def split_of(domain: str) -> str:
    """train (70 %), choose (15 %) or report (15 %). What ships learns from the first two."""
    share = share_of(domain)
    return "train" if share < 0.7 else "choose" if share < 0.85 else "report"


def flattened(sample: Sample) -> Sample:
    """The same lines with their markup gone."""
    lines = [Line(line.text, kind_of(line.text)) for line in sample.lines]
    return Sample(
        sample.page,
        sample.domain,
        sample.page_type,
        "flat",
        Lines(lines),
        sample.body,
        sample.content,
        sample.title_line,
    )


def by_nodes(sample: Sample) -> Sample | None:
    """The page as a line a text node, with what it hides: every third page, because labelling it takes time."""
    if int(share_of(sample.page) * 3):
        return None
    cut = flat_lines.cut(flattening.nodes(sample.html), READ_ALL)
    if not cut.lines or len(cut.lines) > MAX_LINES:
        return None
    body = label(cut.lines, sample.content)
    return Sample(sample.page, sample.domain, sample.page_type, "nodes", cut, body, sample.content)


def submitted(sample: Sample, seed: int) -> Sample:
    """The page as submissions come: short furniture lines of a box joined, and only some left around the body."""
    dice = random.Random(f"{seed}/{sample.page}")
    joiner, near = dice.choice(JOINERS), dice.choice((2, 4, 8, 16))
    inside = [at for at, keep in enumerate(sample.body) if keep]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    texts: list[str] = []
    body: list[bool] = []
    box = -1
    parent = sample.cut.boxes.parent
    for at, line in enumerate(sample.lines):
        own = parent[parent[line.tags.box]] if line.tags else -1
        if sample.body[at]:
            texts.append(line.text)
            body.append(True)
            own = -1
        elif own == box and texts and len(texts[-1]) + len(line.text) < 160 and len(line.text) < 60:
            texts[-1] += joiner + line.text
        elif first - near * 3 <= at <= last + near * 3 or dice.random() < 0.05:
            texts.append(line.text)
            body.append(False)
        else:
            own = -1
        box = own
    kept = thinned(body, near, dice)
    lines = [Line(" ".join(texts[at].split()), kind_of(texts[at])) for at in kept]
    title = sample.lines[sample.title_line].text if sample.title_line is not None else None
    place = next((at for at, line in enumerate(lines) if line.text == title), None)
    labels = [body[at] for at in kept]
    return Sample(
        sample.page, sample.domain, sample.page_type, "submitted", Lines(lines), labels, sample.content, place
    )


def thinned(body: list[bool], near: int, dice: random.Random) -> list[int]:
    """Indices kept: all body, and of each run of furniture at most `near` lines on either side."""
    kept: list[int] = []
    run: list[int] = []
    for at, keep in enumerate([*body, True]):
        if not keep:
            run.append(at)
            continue
        if len(run) > 2 * near:
            run = run[:near] + run[-near:] if dice.random() < 0.8 else run
        kept += run
        run = []
        if at < len(body):
            kept.append(at)
    return kept
