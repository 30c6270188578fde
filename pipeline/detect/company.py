"""A text as the association table sees it: its tokens, and how well each keeps company with its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import PAIR, SKIP, TRIGRAM, Associations, Floats, Ids
from pipeline.detect.embeddings import Embeddings
from pipeline.detect.tokens import STOP, tokens_of_text

TOPIC_REACH = 20
"""Tokens on either side that make up the topic of a place."""
REACH = 2
"""Words of context on either side."""


@dataclass(frozen=True)
class Company:
    """Tokens of one text, with `REACH` stops before and after so that every token has neighbours.

    Arrays over tokens; `at` gives the neighbours' ids.
    """

    table: Associations
    vectors: Embeddings
    text: str
    words: list[str]
    spans: list[tuple[int, int]]
    padded: Ids

    @classmethod
    def of(cls, table: Associations, vectors: Embeddings, text: str, low: str) -> Company:
        """The company of `text`; `low` is the text normalised."""
        words, spans = tokens_of_text(low)
        stop = np.full(REACH, table.ids.get(STOP, 0), dtype=np.int64)
        return cls(table, vectors, text, words, spans, np.concatenate([stop, table.encode(words), stop]))

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> Ids:
        """For each token, the id of the token `offset` places on."""
        return self.padded[REACH + offset : REACH + offset + len(self)]

    @cached_property
    def ids(self) -> Ids:
        """The tokens' ids."""
        return self.at(0)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which tokens are words."""
        return self.table.is_word[self.ids]

    @cached_property
    def is_function(self) -> NDArray[np.bool_]:
        """Which tokens are function words."""
        return self.table.is_function[self.ids]

    @cached_property
    def frequency(self) -> Floats:
        """log2 of each token's weighted count, plus one."""
        return np.log2(self.table.counts[self.ids] + 1)

    @cached_property
    def affinities(self) -> Floats:
        """(tokens, 4): affinity with the word before, after, two before, two after."""
        return affinities(self.table, self.ids, self.contexts)

    @cached_property
    def contexts(self) -> Ids:
        """(tokens, 4): ids of the word before, after, two before, two after."""
        return np.stack([self.at(-1), self.at(1), self.at(-2), self.at(2)], axis=1)

    @cached_property
    def expected(self) -> Floats:
        """(tokens, dimensions): what each token's context expects, as a vector."""
        return self.vectors.expected(self.contexts)

    @cached_property
    def smooth(self) -> Floats:
        """How well each token fits its context by the word vectors."""
        return np.asarray(np.einsum("ij,ij->i", self.expected, self.vectors.words[self.vectors.rows(self.ids)]))

    @cached_property
    def surroundings(self) -> Floats:
        """(tokens, topics): the topic of the words around each token."""
        return self.vectors.surroundings(self.ids, TOPIC_REACH)

    @cached_property
    def topical(self) -> Floats:
        """How well each token fits the topic of the words around it, as a cosine."""
        return np.asarray(np.einsum("ij,ij->i", self.surroundings, self.vectors.topics[self.vectors.rows(self.ids)]))

    @cached_property
    def trigrams(self) -> Floats:
        """(tokens, 3): log2 of one plus the counts of the trigrams that the token ends, is the middle of, begins."""
        return trigrams(self.table, self.ids, self.contexts)


def affinities(table: Associations, ids: Ids, contexts: Ids) -> Floats:
    """(n, 4): affinity of each id with its four context words."""
    return np.stack(
        [
            table.affinity(PAIR, contexts[:, 0], ids),
            table.affinity(PAIR, ids, contexts[:, 1]),
            table.affinity(SKIP, contexts[:, 2], ids),
            table.affinity(SKIP, ids, contexts[:, 3]),
        ],
        axis=1,
    )


def trigrams(table: Associations, ids: Ids, contexts: Ids) -> Floats:
    """(n, 3): log2 of one plus the counts of the three trigrams that an id makes with its context words."""
    before, after, before2, after2 = contexts.T
    return np.log2(
        1
        + np.stack(
            [
                table.count(TRIGRAM, before2, before, ids),
                table.count(TRIGRAM, before, ids, after),
                table.count(TRIGRAM, ids, after, after2),
            ],
            axis=1,
        )
    )


def flags(words: list[str], condition: Callable[[str], bool]) -> NDArray[np.bool_]:
    """`condition` of each word."""
    return np.fromiter((condition(word) for word in words), dtype=np.bool_, count=len(words))
