"""Reads WCXB pages (HTML and the main content that annotators marked) as labelled lines.

A line is body where its words stand in the main content, in sequence. The page is seen three ways: with tags, flattened
as it is, and flattened as submissions come (menus joined to one line, most of the furniture far from the body gone).
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import html_lines
from pipeline.clean.flat_lines import kind_of
from pipeline.clean.lines import Line
from pipeline.settings import Limits

WORD = re.compile(r"\w+")
GRAM = 4
CONTAINED = 0.6
"""Share of a line's 4-grams that must stand in the main content."""
NARROW = 40
"""Words between two neighbours that are body, within which a short line needs no line of its own in the content."""
JOINERS = (" | ", "  ", " · ", " > ", ", ", " / ", " ")
SECOND_LEVEL = frozenset(["co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne"])
MAX_LINES = 3000
"""Pages of more lines are long lists that would outweigh the rest."""
READ_ALL = Limits(html_depth=5000, links=100_000, lines=100_000, html_nodes=2_000_000, line_chars=10_000_000)


@dataclass
class Sample:
    """One view of one page: its lines and which of them are body."""

    page: str
    domain: str
    page_type: str
    view: str
    lines: list[Line]
    body: list[bool]
    content: str
    title_line: int | None = None


def read(folder: Path) -> Iterator[Sample]:
    """The pages of a WCXB folder (``html/*.html.gz``, ``ground-truth/*.json``) with tags, in order of their numbers."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        page = folder / "html" / f"{path.stem}.html.gz"
        content = truth["ground_truth"].get("main_content") or ""
        if not page.is_file() or not content.strip():
            continue
        html = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
        lines = html_lines.cut(LexborHTMLParser(html), READ_ALL).lines
        if lines and len(lines) <= MAX_LINES:
            kind = truth["_internal"]["page_type"]["primary"]
            body = label(lines, content)
            title = title_line(lines, body, truth["ground_truth"].get("title") or "")
            domain = domain_of(truth.get("url") or path.stem)
            yield Sample(path.stem, domain, kind, "html", lines, body, content, title)


def domain_of(url: str) -> str:
    """The registered domain of an address, near enough to keep the pages of one owner together."""
    parts = (urlsplit(url).hostname or url).split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def share_of(domain: str) -> float:
    """A stable number in [0, 1) by which a domain falls into one split."""
    return int(sha256(domain.encode()).hexdigest()[:8], 16) / 2**32


def split_of(domain: str) -> str:
    """train (70 %), choose (15 %) or report (15 %)."""
    share = share_of(domain)
    return "train" if share < 0.7 else "choose" if share < 0.85 else "report"


def label(lines: list[Line], content: str) -> list[bool]:
    """Which lines are body: long ones by 4-gram containment, short ones by their place between those."""
    words = WORD.findall(content.lower())
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, GRAM + 1):
        for at in range(len(words) - size + 1):
            grams[tuple(words[at : at + size])].append(at)
    whole = Counter(" ".join(WORD.findall(line.lower())) for line in content.splitlines())
    tokens = [WORD.findall(line.text.lower()) for line in lines]
    places = [place_of(token, grams) for token in tokens]
    body = [place is not None for place in places]
    seen: Counter[str] = Counter()
    end = 0
    following = next_places(places, len(words))
    for at, token in enumerate(tokens):
        phrase = " ".join(token)
        if places[at] is not None:
            body[at] = seen[phrase] < max(whole[phrase], len(grams.get(tuple(token[:GRAM]), ())))
            end = max(end, (places[at] or 0) + len(token)) if body[at] else end
        elif token and len(token) <= GRAM:
            body[at] = seen[phrase] < max(whole[phrase], 1) and stands_between(
                token, grams, end, following[at], phrase in whole
            )
        seen[phrase] += body[at]
    return body


def title_line(lines: list[Line], body: list[bool], title: str) -> int | None:
    """Where the annotated title stands alone before the body, if it does; it is then taught as body.

    A cleaner takes its title from among the lines that look like an article's.
    """
    wanted = WORD.findall(title.lower())
    for at, line in enumerate(lines):
        if body[at] and len(line.text) > len(title) + 20:
            return None
        if not body[at] and wanted and line.kind == "heading" and WORD.findall(line.text.lower()) == wanted:
            body[at] = True
            return at
    return None


def place_of(token: list[str], grams: dict[tuple[str, ...], list[int]]) -> int | None:
    """Where a line of more than GRAM words stands in the content, or None."""
    if len(token) <= GRAM:
        return None
    mine = [tuple(token[at : at + GRAM]) for at in range(len(token) - GRAM + 1)]
    hits = [gram for gram in mine if gram in grams]
    return grams[hits[0]][0] if len(hits) >= CONTAINED * len(mine) else None


def next_places(places: list[int | None], end: int) -> list[int]:
    """For each line, where the next long body line begins in the content."""
    out, following = [0] * len(places), end
    for at in range(len(places) - 1, -1, -1):
        out[at] = following
        following = places[at] if places[at] is not None else following  # type: ignore[assignment]
    return out


def stands_between(
    token: list[str], grams: dict[tuple[str, ...], list[int]], start: int, end: int, whole: bool
) -> bool:
    """Whether a short line stands in the content between `start` and `end`."""
    inside = any(start - 3 <= at <= end + 3 for at in grams.get(tuple(token), ()))
    return inside and (whole or end - start < NARROW)


def flattened(sample: Sample) -> Sample:
    """The same lines with their markup gone."""
    lines = [Line(line.text, kind_of(line.text)) for line in sample.lines]
    return Sample(
        sample.page, sample.domain, sample.page_type, "flat", lines, sample.body, sample.content, sample.title_line
    )


def submitted(sample: Sample, seed: int) -> Sample:
    """The page as submissions come: short furniture lines of a box joined, and only some left around the body."""
    dice = random.Random(f"{seed}/{sample.page}")
    joiner, near = dice.choice(JOINERS), dice.choice((2, 4, 8, 16))
    inside = [at for at, keep in enumerate(sample.body) if keep]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    texts: list[str] = []
    body: list[bool] = []
    box = -1
    for at, line in enumerate(sample.lines):
        own = line.tags.containers[2] if line.tags else -1
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
    return Sample(sample.page, sample.domain, sample.page_type, "submitted", lines, labels, sample.content, place)


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
