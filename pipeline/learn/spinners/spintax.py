"""Chooses among the variants of stock phrases, as a spintax template does, and swaps words in between."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from pipeline.detect.matchers import rows
from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.inflation import VARIANTS
from pipeline.learn.spinners.lexis import Lexis


def groups() -> dict[tuple[str, ...], list[str]]:
    """Phrase → the others of its group (variants.tsv, all rows)."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows(VARIANTS):
        group = [row["plain"], *row["variants"].split("|")]
        for phrase in group:
            found.setdefault(tuple(phrase.split()), []).extend(other for other in group if other != phrase)
    return found


@dataclass(frozen=True)
class Spintax:
    """Stock phrases wherever they stand, and content words."""

    lexis: Lexis
    variants: dict[tuple[str, ...], list[str]] = field(default_factory=groups)

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A variant for every stock phrase, a swap for two words in three."""
        found, words = [], words_of(text)
        for number, (word, start, end) in enumerate(words):
            for length in (1, 2, 3, 4):
                phrase = tuple(w for w, _, _ in words[number : number + length])
                if len(phrase) == length and phrase in self.variants:
                    last = words[number + length - 1][2]
                    found.append(Edit(start, last, like(rng.choice(self.variants[phrase]), text[start:last])))
            new = self.lexis.swap(word, rng) if rng.random() < 0.67 else None
            if new:
                found.append(Edit(start, end, like(new, text[start:end])))
        return found
