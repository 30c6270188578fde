"""The thesaurus turned round: what a spinner may put in a word's place."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import spin_models
from pipeline.detect.associations import Associations
from pipeline.detect.thesaurus import Thesaurus

FAR = 0.15
"""Share of swaps that go two links far: real spinners use thesauri that ours does not cover (20 % of gold's)."""

RARE = 2.0
"""Added to a word's count when one is picked, so that words the reference never uses have a small chance."""


@dataclass(frozen=True)
class Lexis:
    """Swaps for words and phrases."""

    table: Associations
    thesaurus: Thesaurus

    @classmethod
    def shipped(cls) -> Lexis:
        """From the shipped tables."""
        table, _, thesaurus = spin_models.tables()
        return cls(table, thesaurus)

    @cached_property
    def turned(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Starts and the words that have each word among their neighbours."""
        order = np.argsort(self.thesaurus.neighbours, kind="stable")
        rows = np.repeat(np.arange(len(self.thesaurus.starts) - 1), np.diff(self.thesaurus.starts))
        sizes = np.bincount(self.thesaurus.neighbours, minlength=len(self.table.words))
        return np.concatenate([[0], np.cumsum(sizes)]), rows[order]

    @cached_property
    def phrases(self) -> dict[tuple[int, int], list[tuple[str, float]]]:
        """For each word (second id 0) or pair of words: the phrases that may stand for it, and their weights."""
        found: dict[tuple[int, int], list[tuple[str, float]]] = defaultdict(list)
        starts = self.thesaurus.phrase_starts
        for row, key in enumerate(self.thesaurus.phrases.tolist()):
            ids = [key >> shift & 0xFFFF for shift in (0, 16, 32)]
            ids = [number for number in ids if number]
            phrase = " ".join(self.table.words[number] for number in ids)
            weight = float(np.sqrt(self.table.counts[ids].min() + RARE))
            for one, two in self.thesaurus.phrase_neighbours[starts[row] : starts[row + 1]].tolist():
                found[one, two].append((phrase, weight))
        return found

    def swap(self, word: str, rng: random.Random, far: float = FAR) -> str | None:
        """A thesaurus word for `word`, blind to its sense; None where there is none."""
        starts, users = self.turned
        number = self.table.ids.get(word, 0)
        options = users[starts[number] : starts[number + 1]] if number else users[:0]
        if not len(options):
            return None
        picked = self.pick(options, rng)
        if rng.random() < far:
            options = users[starts[picked] : starts[picked + 1]]
            picked = self.pick(options, rng) if len(options) else picked
        return self.table.words[picked] if self.table.words[picked] != word else None

    def pick(self, options: NDArray[np.int64], rng: random.Random) -> int:
        """One of some words, commoner ones rather: no real spinner's list is as rich in curiosities as Moby."""
        weights = np.sqrt(self.table.counts[options] + RARE)
        return int(rng.choices(options.tolist(), weights.tolist())[0])

    def phrase(self, words: tuple[str, ...], rng: random.Random) -> str | None:
        """A phrase of several words for one or two words; None where there is none."""
        one, two = (self.table.ids.get(word, 0) for word in (*words, "")[:2])
        options = self.phrases.get((one, two), ()) if one else ()
        return rng.choices([text for text, _ in options], [weight for _, weight in options])[0] if options else None
