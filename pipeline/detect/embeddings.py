"""Word vectors of health English: what is likely to stand beside what, seen or not, and what belongs to a topic.

The counts of `associations` are exact but know only what was seen; vectors tell that "boulder" does not belong beside
"kidney" nor among the words of this page, though nobody counted either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store
from pipeline.detect.associations import Floats, Ids

NAME = "embeddings"
OFFSETS = (-1, 1, -2, 2)


@dataclass(frozen=True)
class Embeddings:
    """Vectors by word id; ids beyond the rows have the zero vector of row 0."""

    words: Floats
    """(words, dimensions)"""
    contexts: Floats
    """(len(OFFSETS), contexts, dimensions)"""
    topics: Floats
    """(words, topics), each of length 1"""

    def rows(self, ids: Ids) -> Ids:
        """The rows of word ids."""
        return np.where(ids < len(self.words), ids, 0)

    def expected(self, contexts: Ids) -> Floats:
        """(n, dimensions): the sum of the vectors of (n, len(OFFSETS)) context ids; its product with a word's vector
        says how well the word fits the place."""
        inside = np.where(contexts < self.contexts.shape[1], contexts, 0)
        return np.asarray(sum(self.contexts[number][inside[:, number]] for number in range(len(OFFSETS))))

    def surroundings(self, ids: Ids, reach: int) -> Floats:
        """(n, topics): for each token the mean topic of the tokens within `reach`, itself left out."""
        own = self.topics[self.rows(ids)]
        total = np.concatenate([np.zeros((1, own.shape[1]), dtype=np.float32), np.cumsum(own, axis=0)])
        at = np.arange(len(ids))
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(ids))
        around = total[high] - total[low] - own
        return np.asarray(around / (np.linalg.norm(around, axis=1, keepdims=True) + 1e-6), dtype=np.float32)


def load() -> Embeddings:
    """The shipped vectors. Raises ModelError."""
    arrays = model_store.load(NAME).arrays
    words, contexts, topics = (
        unpacked(arrays[name], arrays[f"{name}_step"]) for name in ("words", "contexts", "topics")
    )
    words[0], topics[0] = 0, 0
    contexts = contexts.reshape(len(OFFSETS), -1, contexts.shape[1])
    contexts[:, 0] = 0
    return Embeddings(words, contexts, topics)


def unpacked(values: NDArray[np.int8], step: NDArray[np.float32]) -> Floats:
    """8-bit integers as floats."""
    return values.astype(np.float32) * np.float32(step)
