"""A text as the association table sees it: its tokens, and how well each keeps company with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import PAIR, SKIP, TRIGRAM, Associations, Floats, Ids, attraction, keys
from pipeline.detect.embeddings import OFFSETS, Embeddings
from pipeline.detect.tokens import tokens_of_text

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
    ids: Ids
    """The tokens' ids."""
    padded: Ids
    """The same for n-grams (`Associations.padded`), with the stops."""

    @classmethod
    def of(cls, table: Associations, vectors: Embeddings, text: str, low: str) -> Company:
        """The company of `text`; `low` is the text normalised."""
        words, spans = tokens_of_text(low)
        ids = table.encode(words)
        return cls(table, vectors, text, words, spans, ids, table.padded(ids, REACH))

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> Ids:
        """For each token, the id of the token `offset` places on."""
        return self.padded[REACH + offset : REACH + offset + len(self)]

    @cached_property
    def bounds(self) -> tuple[Ids, Ids]:
        """Where the tokens begin and end in the text."""
        flat = np.fromiter(chain.from_iterable(self.spans), dtype=np.int64, count=2 * len(self))
        return flat[::2], flat[1::2]

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which tokens are words."""
        return self.table.is_word[self.ids]

    @cached_property
    def is_function(self) -> NDArray[np.bool_]:
        """Which tokens are function words."""
        return self.table.is_function[self.ids]

    @cached_property
    def uses(self) -> Ids:
        """How often each word of the vocabulary stands in the text."""
        return np.bincount(self.ids, minlength=len(self.table.counts))

    @cached_property
    def frequency(self) -> Floats:
        """log2 of each token's weighted count, plus one."""
        return self.table.frequency[self.ids]

    @cached_property
    def counts(self) -> tuple[Floats, Floats, Floats]:
        """The counts of the pairs, skip pairs and trigrams of `padded`, in order."""
        first, second, third = self.padded[:-2], self.padded[1:-1], self.padded[2:]
        pairs, skips, trigrams = self.table.look_up(
            keys(PAIR, self.padded[:-1], self.padded[1:]), keys(SKIP, first, third), keys(TRIGRAM, first, second, third)
        )
        return pairs, skips, trigrams

    @cached_property
    def chance(self) -> Floats:
        """How often chance would make each of the pairs of `padded`."""
        return self.table.chance(self.padded[:-1], self.padded[1:])

    @cached_property
    def bonds(self) -> Floats:
        """(tokens + 3): affinity of each of `padded` with the next; the token before token i is number i + 1 there."""
        return attraction(self.counts[0], self.chance)

    @cached_property
    def affinities(self) -> Floats:
        """(4, tokens): affinity with the word before, after, two before, two after."""
        skips = attraction(self.counts[1], self.table.chance(self.padded[:-2], self.padded[2:]))
        count, bonds = len(self), self.bonds
        return np.stack([bonds[1 : count + 1], bonds[2 : count + 2], skips[:count], skips[2:]])

    @cached_property
    def fit(self) -> Floats:
        """The sum of each token's affinities."""
        return np.asarray(np.ascontiguousarray(self.affinities.T).sum(axis=1))

    @cached_property
    def trigrams(self) -> Floats:
        """(3, tokens): log2 of one plus the counts of the trigrams that the token ends, is the middle of, begins."""
        logs, count = np.log2(1 + self.counts[2]), len(self)
        return np.stack([logs[number : number + count] for number in range(3)])

    @cached_property
    def expected(self) -> Floats:
        """(tokens, dimensions): what each token's context expects, as a vector."""
        return self.vectors.expected(np.stack([self.at(offset) for offset in OFFSETS]))

    @cached_property
    def smooth(self) -> Floats:
        """How well each token fits its context by the word vectors."""
        return np.asarray(np.einsum("ij,ij->i", self.expected, self.vectors.words.take(self.ids)))

    @cached_property
    def surroundings(self) -> Floats:
        """(tokens, topics): the topic of the words around each token."""
        return self.vectors.surroundings(self.ids, TOPIC_REACH)

    @cached_property
    def topical(self) -> Floats:
        """How well each token fits the topic of the words around it, as a cosine."""
        return np.asarray(np.einsum("ij,ij->i", self.surroundings, self.vectors.topics.take(self.ids)))
