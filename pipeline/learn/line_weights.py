"""What words and what names of boxes say of the lines in them, counted on labelled pages, each page once.

Words: log-odds of standing in short body lines rather than in short furniture, on pages without tags. Names (elements,
classes, ids and their parts): log-odds of the share of body in the characters inside, averaged over pages.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from pipeline.clean.boxes import words_of as name_words
from pipeline.clean.text_features import words_of
from pipeline.learn.labelled_pages import Sample

VOCABULARY = 6000
MIN_PAGES = 4
SHORT = 40
"""Words of the longest line that word weights are learnt from: furniture is short."""
NAMES = 6000
PRIOR = 3.0
"""Pages of the average share that each name is taken to have been seen on."""


def word_weights(samples: list[Sample]) -> dict[str, float]:
    """Log-odds of a word standing in short body lines rather than short furniture, counted once a page and side."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for sample in samples:
        if sample.view != "html":
            continue
        words: tuple[set[str], set[str]] = (set(), set())
        for found, body in zip(words_of([line.text for line in sample.lines]), sample.body, strict=True):
            if len(found) <= SHORT:
                words[body].update(found)
        for side in (0, 1):
            counts[side].update(words[side])
    both = [
        (word, n) for word, n in (counts[0] + counts[1]).most_common(40_000) if n >= MIN_PAGES and 0 < len(word) < 30
    ]
    odds = {word: math.log((counts[1][word] + 2) / (counts[0][word] + 2)) for word, _ in both}
    telling = sorted(both, key=lambda pair: -abs(odds[pair[0]]) * math.sqrt(pair[1]))[:VOCABULARY]
    return {word: round(odds[word], 3) for word, _ in sorted(telling)}


def name_weights(samples: list[Sample]) -> dict[str, float]:
    """Log-odds of body by name of box."""
    shares: dict[str, float] = defaultdict(float)
    pages: Counter[str] = Counter()
    for sample in samples:
        if sample.view != "html":
            continue
        for name, (inside, body) in characters_by_name(sample).items():
            shares[name] += body / inside
            pages[name] += 1
    base = sum(shares.values()) / max(pages.total(), 1)
    found = {}
    for name, n in pages.items():
        if n >= MIN_PAGES:
            share = min(max((shares[name] + PRIOR * base) / (n + PRIOR), 0.01), 0.99)
            found[name] = math.log(share / (1 - share)) - math.log(base / (1 - base))
    telling = sorted(found, key=lambda name: -abs(found[name]) * math.sqrt(pages[name]))[:NAMES]
    return {name: round(found[name], 3) for name in sorted(telling)}


def characters_by_name(sample: Sample) -> dict[str, tuple[float, float]]:
    """Name → visible characters in boxes of that name on one page, and those of them in body lines."""
    boxes = sample.cut.boxes
    inside = [0.0] * len(boxes.parent)
    body = [0.0] * len(boxes.parent)
    for line, keep in zip(sample.lines, sample.body, strict=True):
        if line.tags:
            inside[line.tags.box] += len(line.text)
            body[line.tags.box] += len(line.text) * keep
    for at in range(len(inside) - 1, 0, -1):
        inside[boxes.parent[at]] += inside[at]
        body[boxes.parent[at]] += body[at]
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for key, chars, kept in zip(boxes.key, inside, body, strict=True):
        if chars:
            for name in name_words(key):
                found[name][0] += chars
                found[name][1] += kept
    return {name: (chars, kept) for name, (chars, kept) in found.items()}
