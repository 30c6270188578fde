"""Which lines of a page are body, by the main content that annotators marked: in the order of both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from pipeline.clean.lines import Line

WORD = re.compile(r"\w+")
GRAM = 4
CONTAINED = 0.6
"""Share of a line's 4-grams that must stand in the main content."""
STRAY = 0.7
"""Taken from the weight of a short line: menus hold words that the content holds too."""
MAX_PLACES = 40
"""Places looked at for one line."""


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
