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
class Vectors:
    """Vectors in 8-bit steps, made floats as they are taken: a page reads thousands, all over the memory."""

    values: NDArray[np.int8]
    step: np.float32

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, rows: slice) -> Floats:
        return self.values[rows].astype(np.float32) * self.step

    def take(self, rows: Ids) -> Floats:
        """(…, dimensions) of (…) row numbers; rows that are not there are like row 0."""
        made = self.values.take(np.where(rows < len(self), rows, 0), axis=0).astype(np.float32)
        made *= self.step
        return made


@dataclass(frozen=True)
class Embeddings:
    """Vectors by word id; ids beyond the rows have the zero vector of row 0."""

    words: Vectors
    """(words, dimensions)"""
    contexts: Vectors
    """(len(OFFSETS) contexts, dimensions): those of the first of OFFSETS, then those of the second, and so on."""
    topics: Vectors
    """(words, topics), each of length 1"""

    def expected(self, contexts: Ids) -> Floats:
        """(n, dimensions): the sum of the vectors of (len(OFFSETS), n) context ids; its product with a word's vector
        says how well the word fits the place."""
        count = len(self.contexts) // len(OFFSETS)
        rows = np.where(contexts < count, contexts, 0) + np.arange(len(OFFSETS))[:, None] * count
        total, *others = self.contexts.take(rows)
        for other in others:
            total += other
        return np.asarray(total)

    def surroundings(self, ids: Ids, reach: int) -> Floats:
        """(n, topics): for each token the mean topic of the tokens within `reach`, itself left out."""
        own = self.topics.take(ids)
        count = len(own)
        total = np.zeros((count + 1, own.shape[1]), dtype=np.float32)
        np.cumsum(own, axis=0, out=total[1:])
        around = np.empty_like(own)
        inner = max(0, count - reach)
        around[:inner] = total[reach + 1 :]
        around[inner:] = total[count]
        around[reach:] -= total[:inner]
        around -= own
        around /= np.linalg.norm(around, axis=1, keepdims=True) + 1e-6
        return around


def load() -> Embeddings:
    """The shipped vectors. Raises ModelError."""
    arrays = model_store.load(NAME).arrays
    for name, spaces in (("words", 1), ("contexts", len(OFFSETS)), ("topics", 1)):
        arrays[name][:: len(arrays[name]) // spaces] = 0
    return Embeddings(
        *(Vectors(arrays[name], np.float32(arrays[f"{name}_step"])) for name in ("words", "contexts", "topics"))
    )
