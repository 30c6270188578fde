"""What stood in a word's place: a network that speaks of every piece of the vocabulary.

As the generator of ELECTRA (Clark et al. 2020) or BERT's masked word, but with the word that stands there in sight, so
that it knows what it must mean. A word of several pieces is known by its first. It reads only around the words that it
is asked about, and is loaded when the first is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.runtime import MOST, Network
from pipeline.detect.discriminator.weights import Floats

Ids = NDArray[np.int64]
KIN, FLOOR = 15.0, 12.0
"""What a cosine of 1 between a proposal and the word that stands there is worth, and from where on a word is just
unlikely; nats. Chosen on gold among 0, 5, 10, 15, 20, 30 and 50 by the originals among the first eight."""
BLOCKS = 16
"""Parts in which the embedding is gone through, so that no copy of all of it is made."""
SHORTEST = 3
"""Letters of a word that is proposed."""


class Corrector(Network):
    """Names what stood in the place of words."""

    @property
    def embedding(self) -> Floats:
        """(pieces, width)."""
        return self.weights.embedding

    def sought(self, text: str, spans: Sequence[tuple[int, int]], places: Sequence[int]) -> Floats:
        """(places, width) what is sought in the place of each of the spans `places`; 0 where none was read.

        `spans` are the tokens of the text, in order, none overlapping.
        """
        ids, starts = self.pieces.encode(text, MOST)
        owner = self.owners(starts, spans)
        first = np.full(len(spans) + 1, -1, dtype=np.int64)
        first[owner[::-1]] = np.arange(len(owner))[::-1]
        first[-1] = -1
        at = first[np.array(places, dtype=np.int64)]
        made = np.zeros((len(places), self.embedding.shape[1]), dtype=np.float32)
        if (at >= 0).any():
            asked = np.zeros(len(ids), dtype=np.bool_)
            asked[at[at >= 0]] = True
            made[at >= 0] = self.of_pieces(ids, asked)[at[at >= 0]]
        return made

    @cached_property
    def names(self) -> list[str]:
        """The pieces by number."""
        return list(self.pieces.ids)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """Which pieces are whole words of letters."""
        return np.array([name.isalpha() and name.isascii() and len(name) >= SHORTEST for name in self.names])

    def log_probabilities(self, sought: Floats) -> Floats:
        """(rows, pieces): how probably each piece stood where `sought`, (rows, width), is sought; nats."""
        scores = sought @ self.embedding.T + self.weights.top["piece_bias"]
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return np.asarray(scores, dtype=np.float32)

    def first_pieces(self, words: Sequence[str]) -> Ids:
        """The first piece of each word; no word may be empty."""
        return np.array([self.pieces.cut(word)[0] for word in words], dtype=np.int64)

    @cached_property
    def centre(self) -> Floats:
        """(width,): the mean of the words' vectors, which says nothing of any."""
        return np.asarray(self.embedding[self.is_word].mean(axis=0))

    @cached_property
    def lengths(self) -> Floats:
        """(pieces,): the length of each vector from the centre."""
        blocks = np.array_split(self.embedding, BLOCKS)
        lengths = np.concatenate([np.linalg.norm(block - self.centre, axis=1) for block in blocks])
        return np.asarray(lengths + 1e-6, dtype=np.float32)

    def direction(self, word: str) -> Floats:
        """(width,): the mean of a word's pieces, seen from the centre, of length 1."""
        vector = self.embedding[self.pieces.cut(word)].mean(axis=0) - self.centre
        return np.asarray(vector / (np.linalg.norm(vector) + 1e-6), dtype=np.float32)

    def kinship(self, word: str, others: Sequence[str]) -> Floats:
        """How near each of `others` is to a word wherever they stand: cosines of their vectors."""
        own = self.direction(word)
        return np.array([self.direction(other) @ own for other in others], dtype=np.float32)

    def proposed(self, likely: Floats, word: str, most: int) -> list[str]:
        """The `most` words that are both likely, by log-probabilities (pieces,), and kin to `word`, best first."""
        own = self.direction(word)
        kin = (self.embedding @ own - self.centre @ own) / self.lengths
        scores = np.where(self.is_word, np.maximum(likely, -FLOOR) + KIN * kin, -np.inf)
        best = np.argpartition(-scores, most)[:most]
        return [self.names[number] for number in best[np.argsort(-scores[best])]]
