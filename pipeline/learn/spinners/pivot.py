"""Re-renders short phrases as a translation there and back does: two neighbouring words at once, and prepositions."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.lexis import Lexis

RENDERED = {
    "in": ("inside", "within"),
    "for": ("to", "towards"),
    "at": ("in", "on"),
    "on": ("upon", "over"),
    "about": ("around", "regarding"),
    "with": ("along with", "together with"),
    "many": ("several", "a lot of"),
    "more": ("even more", "greater"),
    "before": ("prior to",),
    "after": ("following", "soon after"),
    "like": ("such as", "as"),
}
PREPOSITION = 0.12
"""Chance that a preposition is among the proposals."""


@dataclass(frozen=True)
class Pivot:
    """Pairs of content words, single content words, now and then a preposition."""

    lexis: Lexis

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """Pairs first offered, then single words."""
        found, words = [], words_of(text)
        for number, (word, start, end) in enumerate(words):
            new = self.lexis.swap(word, rng)
            if not new:
                if word in RENDERED and rng.random() < PREPOSITION:
                    found.append(Edit(start, end, like(rng.choice(RENDERED[word]), text[start:end])))
                continue
            found.append(Edit(start, end, like(new, text[start:end])))
            if number + 1 < len(words):
                after, begin, last = words[number + 1]
                second = self.lexis.swap(after, rng) if text[end:begin] == " " else None
                if second:
                    found.append(Edit(start, last, like(f"{new} {second}", text[start:last])))
        return found
