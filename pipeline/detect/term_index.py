"""Where the claim model's terms and words have their rows, found for all tokens of a page at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.claim_terms import BEGIN

Places = NDArray[np.intp]
UNKNOWN = 0
"""Number of a token that the model does not know."""
ROW_BITS = 32
"""Bits of a row in a number that holds a sentence and a row."""


@dataclass(frozen=True)
class TermIndex:
    """Token → its number from 1; rows by number, -1 for none; pairs of neighbours by one sorted number."""

    numbers: dict[str, int]
    single: Places
    word: Places
    pairs: Places
    pair_rows: Places

    @classmethod
    def of(cls, terms: dict[str, int], words: dict[str, int]) -> TermIndex:
        """The index of terms (words, and pairs with a space between) and of scored words, each with its row."""
        numbers: dict[str, int] = {}
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
            single,
            word,
            np.array(keys, dtype=np.intp)[order],
            np.array(rows, dtype=np.intp)[order],
        )

    def read(self, sentences: list[list[str]]) -> Tokens:
        """The tokens of all sentences in a row."""
        counts = np.fromiter(map(len, sentences), dtype=np.intp, count=len(sentences))
        ends = counts.cumsum()
        found = map(self.numbers.get, chain.from_iterable(sentences), repeat(UNKNOWN))
        numbers = np.fromiter(found, dtype=np.intp, count=int(counts.sum()))
        return Tokens(self, numbers, np.repeat(np.arange(len(sentences)), counts), (ends - counts)[counts > 0])


@dataclass(frozen=True)
class Tokens:
    """The numbers of the tokens of a page, and the sentence of each, in order."""

    index: TermIndex
    numbers: Places
    sentences: Places
    starts: Places
    """Where the sentences begin that have a token."""

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
        before[self.starts] = index.numbers.get(BEGIN, UNKNOWN)
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


def firsts(values: Places) -> NDArray[np.bool_]:
    """Which of some values in order are not the one before them."""
    found = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found
