"""Puts whole phrases for single words: "used" → "made use of", "avoid" → "stay clear of"."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.lexis import Lexis


@dataclass(frozen=True)
class MultiwordTerms:
    """Words and pairs of words that a thesaurus phrase may stand for."""

    lexis: Lexis

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A phrase for every word, and every pair of words, that has one."""
        found, words = [], words_of(text)
        for number, (word, start, end) in enumerate(words):
            new = self.lexis.phrase((word,), rng)
            if new:
                found.append(Edit(start, end, like(new, text[start:end])))
            if number + 1 < len(words):
                after, _, last = words[number + 1]
                new = self.lexis.phrase((word, after), rng)
                if new:
                    found.append(Edit(start, last, like(new, text[start:last])))
        return found
