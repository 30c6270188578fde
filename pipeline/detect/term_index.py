"""The tokens of a page as numbers: one look-up each tells their sets of words (`word_flags`) and their rows in the
claim model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import word_flags
from pipeline.detect.claim_terms import BEGIN
from pipeline.detect.word_flags import UNKNOWN, Flags, Places

ROW_BITS = 32
"""Bits of a row in a number that holds a sentence and a row."""


@dataclass(frozen=True)
class TermIndex:
    """Token → its number from 1, the words of sets first; rows by number, -1 for none; pairs of neighbours by one
    sorted number."""

    numbers: dict[str, int]
    flagged: int
    """Numbers below it are rows of words of sets."""
    single: Places
    word: Places
    pairs: Places
    pair_rows: Places

    @classmethod
    def of(cls, terms: dict[str, int], words: dict[str, int]) -> TermIndex:
        """The index of terms (words, and pairs with a space between) and of scored words, each with its row."""
        numbers = word_flags.rows()
        flagged = len(numbers) + 1
        for token in chain(words, chain.from_iterable(term.split(" ") for term in terms)):
            numbers.setdefault(token, len(numbers) + 1)
        single, word = np.full((2, len(numbers) + 1), -1, dtype=np.intp)
        keys, rows = [], []
        for term, row in terms.items():
            before, _, token = term.rpartition(" ")
            if before:
                keys.append(numbers[before] * len(single) + numbers[token])
                rows.append(row)
            else:
                single[numbers[token]] = row
        for token, row in words.items():
            word[numbers[token]] = row
        order = np.argsort(np.array(keys, dtype=np.intp))
        return cls(
            numbers,
            flagged,
            single,
            word,
            np.array(keys, dtype=np.intp)[order],
            np.array(rows, dtype=np.intp)[order],
        )

    def read(self, sentences: list[list[str]]) -> Tokens:
        """The tokens of all sentences in a row."""
        counts = np.fromiter(map(len, sentences), dtype=np.intp, count=len(sentences))
        found = map(self.numbers.get, chain.from_iterable(sentences), repeat(UNKNOWN))
        return Tokens(self, np.fromiter(found, dtype=np.intp, count=int(counts.sum())), counts)


@dataclass(frozen=True)
class Tokens:
    """The numbers of the tokens of a page, in order, and how many each sentence has."""

    index: TermIndex
    numbers: Places
    counts: Places

    @cached_property
    def sentences(self) -> Places:
        """The sentence of each token."""
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def flags(self) -> Flags:
        """Of which sets of words each sentence has a word."""
        return word_flags.of(np.where(self.numbers < self.index.flagged, self.numbers, UNKNOWN), self.counts)

    def terms(self) -> tuple[Places, Places]:
        """Sentence and row of each known term, each once a sentence, in the order of the sentences."""
        rows = np.concatenate([self.index.single.take(self.numbers), self.pair_rows()])
        owners = np.concatenate([self.sentences, self.sentences])
        keys = ((owners << ROW_BITS) + rows)[rows >= 0]
        keys.sort()
        keys = keys[firsts(keys)]
        return keys >> ROW_BITS, keys & ((1 << ROW_BITS) - 1)

    def pair_rows(self) -> Places:
        """The row of the pair that each token makes with the one before it, or with the beginning of its sentence."""
        index = self.index
        before = np.empty_like(self.numbers)
        before[1:] = self.numbers[:-1]
        before[(self.counts.cumsum() - self.counts)[self.counts > 0]] = index.numbers.get(BEGIN, UNKNOWN)
        keys = before * len(index.single) + self.numbers
        if not len(index.pairs):
            return np.full(len(keys), -1, dtype=np.intp)
        at = np.searchsorted(index.pairs[:-1], keys)
        rows = index.pair_rows.take(at)
        rows[index.pairs.take(at) != keys] = -1
        return rows

    def known_words(self) -> tuple[Places, Places]:
        """Sentence and row of each scored word, as often as it stands there."""
        rows = self.index.word.take(self.numbers)
        known = rows >= 0
        return self.sentences[known], rows[known]


def numbers_of(rows: Iterable[Iterable[float]], width: int) -> NDArray[np.float64]:
    """(rows, width): what numpy makes of rows of numbers, truths among them, in a third of its time."""
    return np.fromiter(chain.from_iterable(rows), dtype=np.float64).reshape(-1, width)


def firsts(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of some values in order are not the one before them."""
    found = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found
