"""Blows up connectors and pads verbs: "and" → "and also", "is" → "is certainly", "need" → "will need to"."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.detect.matchers import rows
from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.lexis import Lexis

VARIANTS = Path(__file__).parent / "variants.tsv"


def inflated() -> dict[tuple[str, ...], list[str]]:
    """Plain phrase → the long ways of saying it (variants.tsv, rows of kind inflation)."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows(VARIANTS):
        if row["kind"] == "inflation":
            found[tuple(row["plain"].split())] += row["variants"].split("|")
    return found


@dataclass(frozen=True)
class Inflation:
    """Only the small words, and thesaurus phrases for some others."""

    lexis: Lexis
    variants: dict[tuple[str, ...], list[str]] = field(default_factory=inflated)

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """An inflated form for every plain one."""
        found, words = [], words_of(text)
        for number, (word, start, end) in enumerate(words):
            for length in (1, 2, 3):
                plain = tuple(w for w, _, _ in words[number : number + length])
                if len(plain) == length and plain in self.variants:
                    last = words[number + length - 1][2]
                    found.append(Edit(start, last, like(rng.choice(self.variants[plain]), text[start:last])))
            phrase = self.lexis.phrase((word,), rng) if rng.random() < 0.1 else None
            if phrase:
                found.append(Edit(start, end, like(phrase, text[start:end])))
        return found
