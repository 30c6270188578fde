"""Swaps single words from a thesaurus, blind to sense: "kidney stones" → "kidney pebbles"."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.lexis import Lexis


@dataclass(frozen=True)
class ThesaurusSwap:
    """Any content word, one at a time."""

    lexis: Lexis

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A swap for every word that has one."""
        found = []
        for word, start, end in words_of(text):
            new = self.lexis.swap(word, rng)
            if new:
                found.append(Edit(start, end, like(new, text[start:end])))
        return found
