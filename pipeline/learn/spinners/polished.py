"""Swaps that read well: words that the reference has seen beside a new neighbour, as after a human's polish."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from pipeline.detect.associations import PAIR
from pipeline.learn.spinners.edits import Edit, like, words_of
from pipeline.learn.spinners.lexis import Lexis


@dataclass(frozen=True)
class Polished:
    """Thesaurus swaps that fit on at least one side."""

    lexis: Lexis

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A fitting swap for every word that has one."""
        words = words_of(text)
        proposed = []
        for number in range(1, len(words) - 1):
            new = self.lexis.swap(words[number][0], rng, far=0.0)
            if new:
                proposed.append((number, new))
        if not proposed:
            return []
        table = self.lexis.table
        ids = table.encode([new for _, new in proposed])
        before = table.encode([words[number - 1][0] for number, _ in proposed])
        after = table.encode([words[number + 1][0] for number, _ in proposed])
        fits = np.maximum(table.affinity(PAIR, before, ids), table.affinity(PAIR, ids, after)) > 1.0
        return [
            Edit(words[number][1], words[number][2], like(new, text[words[number][1] : words[number][2]]))
            for (number, new), fit in zip(proposed, fits, strict=True)
            if fit
        ]
