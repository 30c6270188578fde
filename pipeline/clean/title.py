"""Which line of a page is its title. A title is a field of its own: never thrown away, never body."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.furniture import forced, rule_of
from pipeline.clean.head import agree, key
from pipeline.clean.lines import Line

SEARCHED = 40
"""Lines looked at from the start of a flattened page."""
MIN_WORDS, MAX_WORDS = 3, 24
STEM = 5
REPEATED, AT_TOP, QUESTION, ABOVE_FURNITURE = 0.5, 0.5, -0.15, 0.3
"""What is added to P(body): for the share of words that the prose repeats; for the page's first line, if half of them
are; for a question; for a line above a byline, share row or view count."""
MIN_SCORE = 0.5
"""Swept, with the four above, on the 98 text pages of the gold corpus and four more: 82 right. Of those that have no
title, most are given one: the name of the forum or column."""
PROSE_WORDS = 25
"""Words of the first line that is surely prose: titles stand before it."""
NOT_TITLE = re.compile(
    r"[|>»©@•▶★]|\s/\s|\bcookies?\b|\b\d{1,2},? \d{4}$|\bmin(?:ute)? read\b|\bviews?\b"
    r"|^(?:table of contents|contents|for immediate release|page \d|re:|reply|by|hi|hello|dear)\b"
    r"|^(?:posted|updated|published|written|share|tags?|home|menu|answer|answered|asked|checked|question|filed)\b",
    re.IGNORECASE,
)


def line_of(title: str, lines: list[Line]) -> int | None:
    """The first line that is the given title, word for word; else the first heading near to it; else None."""
    wanted = key(title)
    first = wanted.partition(" ")[0]
    for at, line in enumerate(lines):
        text = line.text[:600].lower()
        if first in text and key(text) == wanted:
            return at
    for at, line in enumerate(lines[: 4 * SEARCHED]):
        if line.kind == "heading" and agree(line.text[:600], title):
            return at
    return None


def find(lines: list[Line], likely: NDArray[np.float32]) -> int | None:
    """The title line of a flattened page: the likeliest of the heading-like lines before its prose, or None.

    `likely` is P(body) of each line: the classifier was taught titles as body.
    """
    end = next((at for at, line in enumerate(lines) if line.text.count(" ") + 1 >= PROSE_WORDS), len(lines))
    candidates = [at for at in range(min(end, SEARCHED)) if may_be_title(lines[at].text)]
    if not candidates:
        return None
    if end == 1:  # one line, and then the prose: nothing else can be the title
        return 0
    prose = key(" ".join(line.text for line in lines[end : end + 12])[:8000])
    known = {word[:STEM] for word in prose.split()}
    following = [line.text for line in lines[1 : SEARCHED + 1]] + [""]
    scores = {at: float(likely[at]) + bonus(at, lines[at].text, following[at], known) for at in candidates}
    best = max(candidates, key=scores.__getitem__)
    return best if scores[best] >= MIN_SCORE else None


def may_be_title(text: str) -> bool:
    """Whether a line could be a title at all."""
    words = text.split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or len(text) > 200 or forced(text) or NOT_TITLE.search(text):
        return False
    return text[-1] not in ".,;:" and not text[0].islower()


def bonus(at: int, text: str, below: str, known: set[str]) -> float:
    """What place and words add: a page begins with its title, a question rather heads its first section."""
    share = repeated(text, known)
    top = AT_TOP if at == 0 and share >= 0.5 else 0.0
    question = QUESTION if text.endswith("?") else 0.0
    return REPEATED * share + top + question + (ABOVE_FURNITURE if rule_of(below) else 0.0)


def repeated(text: str, known: set[str]) -> float:
    """Share of a line's longer words whose stems stand in `known`."""
    words = [word[:STEM] for word in key(text).split() if len(word) > 3]
    return sum(word in known for word in words) / max(len(words), 1)
