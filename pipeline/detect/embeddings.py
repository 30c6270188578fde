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
    contexts: tuple[Vectors, ...]
    """For each of OFFSETS (contexts, dimensions)"""
    topics: Vectors
    """(words, topics), each of length 1"""

    def expected(self, *contexts: Ids) -> Floats:
        """(n, dimensions): the sum of the vectors of the context ids, an array for each of OFFSETS; its product with a
        word's vector says how well the word fits the place."""
        total, *others = (space.take(ids) for space, ids in zip(self.contexts, contexts, strict=True))
        for other in others:
            total += other
        return total

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
    contexts = arrays["contexts"].reshape(len(OFFSETS), -1, arrays["contexts"].shape[1])
    arrays["words"][0], arrays["topics"][0], contexts[:, 0] = 0, 0, 0
    words, topics = (Vectors(arrays[name], np.float32(arrays[f"{name}_step"])) for name in ("words", "topics"))
    return Embeddings(words, tuple(Vectors(space, np.float32(arrays["contexts_step"])) for space in contexts), topics)
