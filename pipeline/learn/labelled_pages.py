"""Reads WCXB pages (HTML and the main content that annotators marked) as labelled lines.

A line is body where its words stand in the main content, in the order of the page. The page is seen four ways: with
tags, flattened as it is, flattened as submissions come (menus joined to one line, most of the furniture far from the
body gone), and as a line a text node.
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

from pipeline.clean import flat_lines, head, html_lines
from pipeline.clean.flat_lines import kind_of
from pipeline.clean.lines import Line, Lines
from pipeline.learn import flattening
from pipeline.learn.flattening import READ_ALL

WORD = re.compile(r"\w+")
GRAM = 4
CONTAINED = 0.6
"""Share of a line's 4-grams that must stand in the main content."""
STRAY = 0.7
"""Taken from the weight of a short line: menus hold words that the content holds too."""
MAX_PLACES = 40
"""Places looked at for one line."""
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
    """train (70 %), choose (15 %) or report (15 %)."""
    share = share_of(domain)
    return "train" if share < 0.7 else "choose" if share < 0.85 else "report"


def label(lines: list[Line], content: str) -> list[bool]:
    """Which lines are body: those of the heaviest chain of lines that stand in the content in its order.

    A line can stand where its words do, a long one also where most of its 4-grams do. Of long lines outside the chain
    (the page has another order) as many are body as the content holds.
    """
    words = WORD.findall(content.lower())
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in range(1, GRAM + 1):
        for at in range(len(words) - size + 1):
            grams[tuple(words[at : at + size])].append(at)
    whole = {" ".join(WORD.findall(line.lower())) for line in content.splitlines()}
    tokens = [WORD.findall(line.text.lower()) for line in lines]
    places = [places_of(token, words, grams, " ".join(token) in whole) for token in tokens]
    body = chain(places, len(words))
    seen = Counter(" ".join(token) for token, keep in zip(tokens, body, strict=True) if keep)
    for at, token in enumerate(tokens):
        phrase = " ".join(token)
        if not body[at] and len(token) > GRAM and places[at] and seen[phrase] < len(places[at]):
            body[at] = True
            seen[phrase] += 1
    return body


def places_of(
    token: list[str], words: list[str], grams: dict[tuple[str, ...], list[int]], whole: bool
) -> list[tuple[int, int, float]]:
    """(start, end, weight) of each place where a line can stand in the content; `whole`: it is a line of it."""
    if not token:
        return []
    if len(token) <= GRAM:
        found = grams.get(tuple(token), [])
        weight = len(token) - STRAY + whole
        return [(at, at + len(token), weight) for at in found[:MAX_PLACES]]
    mine = [tuple(token[at : at + GRAM]) for at in range(len(token) - GRAM + 1)]
    hits = [at for at, gram in enumerate(mine) if gram in grams]
    if len(hits) < CONTAINED * len(mine):
        return []
    places = []
    for at in grams[mine[hits[0]]][:MAX_PLACES]:
        start = at - hits[0]
        end = min(start + hits[-1] + GRAM, len(words))
        matched = sum(
            words[max(start + k, 0) : start + k + GRAM] == list(mine[k]) for k in hits[:: max(len(hits) // 8, 1)]
        )
        places.append((max(start, 0), end, len(hits) * (0.5 + 0.5 * matched / len(hits[:: max(len(hits) // 8, 1)]))))
    return places


def chain(places: list[list[tuple[int, int, float]]], size: int) -> list[bool]:
    """Which lines are in the heaviest chain of places that do not overlap, in the order of lines and of the content."""
    best = [(0.0, -1)] * (size + 2)
    links: list[tuple[int, int]] = []
    for line, found in enumerate(places):
        made = []
        for start, end, weight in found:
            before = (0.0, -1)
            at = start + 1
            while at > 0:
                before = max(before, best[at])
                at -= at & -at
            made.append((before[0] + weight, end, before[1]))
        for total, end, before_link in made:
            links.append((line, before_link))
            at = end + 1
            while at <= size + 1:
                best[at] = max(best[at], (total, len(links) - 1))
                at += at & -at
    body = [False] * len(places)
    link = max(best)[1] if best else -1
    while link >= 0:
        line, link = links[link]
        body[line] = True
    return body


def label_texts(texts: list[str], content: str) -> list[bool]:
    """Which lines of a page without tags are body."""
    return label([Line(text) for text in texts], content)


def kept_lines(texts: list[str], extracted: str) -> list[bool]:
    """Which lines of a page without tags an extractor kept: the longest chain of its lines in the order of the page.

    A heading that also stands in a table of contents is found where its section is, not where its words come first.
    """
    found = [" ".join(line.split()) for line in extracted.splitlines() if line.strip()]
    where: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for at, line in enumerate(found):
        where[line].append((at, at + 1, 1.0))
    return chain([where.get(text, []) for text in texts], len(found))


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
