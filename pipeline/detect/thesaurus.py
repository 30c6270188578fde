"""What may have stood where a word or a short phrase stands now: thesaurus neighbours, inflected alike.

Tables of word ids of the association table: for each word its neighbours, likeliest original first; for phrases of two
and three words the words or two-word phrases that they may stand for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store
from pipeline.detect.associations import Ids

NAME = "thesaurus"
MOST = 32
"""Neighbours kept a word: of gold's lone swaps .74 have their original among them (models/thesaurus card)."""
MOST_PHRASE = 10
FOLDS = 2**20


@dataclass(frozen=True)
class Thesaurus:
    """`starts[w] : starts[w + 1]` are the places of word w's neighbours in `neighbours` and `priors`."""

    starts: NDArray[np.int64]
    neighbours: NDArray[np.uint16]
    priors: NDArray[np.uint8]
    """How likely each neighbour is the original, as tenths of log-odds above an arbitrary floor."""
    phrases: NDArray[np.uint64]
    """Sorted keys of phrases: ids of up to three words, 16 bits each, the first lowest."""
    phrase_starts: NDArray[np.int64]
    phrase_neighbours: NDArray[np.uint16]
    """Two ids each; the second is 0 for a single word."""
    extra: tuple[str, ...] = ()
    """Words that the association table never counted; their ids follow its own."""

    @cached_property
    def sizes(self) -> NDArray[np.float32]:
        """How many neighbours each word has."""
        return np.diff(self.starts).astype(np.float32)

    @cached_property
    def attraction(self) -> NDArray[np.float32]:
        """log2 of one plus the words that each word is a neighbour of: how near at hand it is to a spinner."""
        return np.log2(1 + np.bincount(self.neighbours, minlength=len(self.starts))).astype(np.float32)

    def of_words(self, ids: Ids, first: int = MOST) -> tuple[Ids, Ids, NDArray[np.float32]]:
        """For words `ids`: row of `ids`, neighbour and prior of their `first` neighbours, row by row."""
        counts = np.minimum(self.starts[ids + 1] - self.starts[ids], first)
        rows = np.repeat(np.arange(len(ids)), counts)
        begins = np.repeat(np.cumsum(counts) - counts, counts)
        places = self.starts[ids][rows] + np.arange(len(rows)) - begins
        return rows, self.neighbours[places].astype(np.int64), self.priors[places].astype(np.float32) / 10

    def first_of_words(self, ids: Ids, first: int) -> tuple[Ids, NDArray[np.float32], NDArray[np.bool_]]:
        """For words `ids` their `first` neighbours as a block (words, as many as any has) with priors.

        The third array says which entries are neighbours; the others are there to fill the rows.
        """
        counts = np.minimum(self.starts[ids + 1] - self.starts[ids], first)
        slots = np.arange(counts.max(initial=0))
        places = self.starts[ids][:, None] + slots
        np.minimum(places, len(self.neighbours) - 1, out=places)
        prior = self.priors.take(places).astype(np.float32)
        prior /= 10
        return self.neighbours.take(places).astype(np.int64), prior, slots < counts[:, None]

    @cached_property
    def begun(self) -> NDArray[np.bool_]:
        """For each `fold` of two words whether it is that of the first two words of a phrase."""
        made = np.zeros(FOLDS, dtype=np.bool_)
        first, second = (self.phrases >> np.uint64(bits) & np.uint64(0xFFFF) for bits in (0, 16))
        made[fold(first.astype(np.int64), second.astype(np.int64))] = True
        return made

    def phrases_in(self, ids: Ids) -> tuple[Ids, Ids, Ids]:
        """The phrases of two and of three words in a row of `ids`: place, words, the two ids of each neighbour."""
        begins = np.flatnonzero(self.begun.take(fold(ids[:-1], ids[1:])))
        longer = begins[begins < len(ids) - 2]
        pairs = phrase_key(ids[begins], ids[begins + 1])
        triples = pairs[: len(longer)] | ids[longer + 2].astype(np.uint64) << np.uint64(32)
        rows, targets = self.of_phrases(np.concatenate([pairs, triples]))
        return np.concatenate([begins, longer])[rows], np.where(rows < len(pairs), 2, 3), targets

    def of_phrases(self, keys: NDArray[np.uint64]) -> tuple[Ids, Ids]:
        """For phrase keys: row of `keys` and the two ids of each neighbour, flattened; unknown phrases have none."""
        if not len(self.phrases):
            return np.zeros(0, dtype=np.int64), np.zeros((0, 2), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.phrases, keys), len(self.phrases) - 1)
        known = np.flatnonzero(self.phrases[at] == keys)
        at = at[known]
        counts = self.phrase_starts[at + 1] - self.phrase_starts[at]
        rows = np.repeat(np.arange(len(at)), counts)
        places = self.phrase_starts[at][rows] + np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        return known[rows], self.phrase_neighbours[places].astype(np.int64)


def phrase_key(*columns: Ids) -> NDArray[np.uint64]:
    """The keys of phrases given by columns of word ids, first word first."""
    key = np.zeros(len(columns[0]), dtype=np.uint64)
    for number, column in enumerate(columns):
        key |= column.astype(np.uint64) << np.uint64(16 * number)
    return key


def fold(first: Ids, second: Ids) -> Ids:
    """A number below FOLDS for two words; few others share it."""
    return (first * 40503 ^ second * 15) & FOLDS - 1


def load() -> Thesaurus:
    """The shipped thesaurus. Raises ModelError."""
    arrays = model_store.load(NAME).arrays
    return Thesaurus(
        starts=np.concatenate([[0], np.cumsum(arrays["sizes"], dtype=np.int64)]),
        neighbours=arrays["neighbours"],
        priors=arrays["priors"],
        phrases=arrays["phrases"],
        phrase_starts=np.concatenate([[0], np.cumsum(arrays["phrase_sizes"], dtype=np.int64)]),
        phrase_neighbours=arrays["phrase_neighbours"],
        extra=tuple(bytes(arrays["extra"]).decode().split("\n")),
    )
