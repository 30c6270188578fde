"""The company that words keep in health English: counts of pairs, skip pairs and trigrams, looked up in vectors.

The counts (some 8 million) stand in one memory-mapped array of 16-bit cells, a Bloomier filter (Chazelle et al. 2004):
the three cells that a key hashes to, joined by exclusive or, give a 12-bit fingerprint and a 4-bit log count. A key
that was never counted is taken for one that was once in 4,096 times. Workers that map the file share its memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store
from pipeline.detect.matchers import lexicon
from pipeline.detect.tokens import SPECIAL, STOP

Ids = NDArray[np.int64]
Floats = NDArray[np.float32]

NAME = "associations"
GRAMS = "grams.npy"
PAIR, SKIP, TRIGRAM = 1, 2, 3
"""Kinds of n-gram: adjacent words, words with one between, three in a row."""
LEVELS = np.array([1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 48, 96, 200, 600, 2500, 12000], dtype=np.float32)
"""The weighted count that each 4-bit level stands for."""
SPECIAL_TOKENS = (*SPECIAL, "'s")
SHRINK = 2.0
"""Added to counts and expectations alike, so that rare words neither attract nor repel strongly (swept 0.5 to 8)."""
M1, M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S16, S27, S31, S32, S48 = (np.uint64(n) for n in (16, 27, 31, 32, 48))
LOW, FINGER = np.uint64(0xFFFFFFFF), np.uint16(0xFFF0)
ANSWERS = np.append(LEVELS, np.float32(0))
"""The count for each level, and 0 for a key whose cells and fingerprint do not agree."""
NEVER = np.uint16(len(LEVELS))


UNCOUNTED = 0xFFFF
"""In n-grams the id of this word and of all after it, none of which was ever counted."""


def keys(kind: int, a: Ids, b: Ids, c: Ids | None = None) -> NDArray[np.uint64]:
    """The 64-bit keys of n-grams of word ids up to UNCOUNTED."""
    made = unsigned(b) << S16 | unsigned(a)
    made |= np.uint64(kind) << S48
    if c is not None:
        made |= unsigned(c) << S32
    return made


def unsigned(ids: Ids) -> NDArray[np.uint64]:
    """Ids as numpy shifts them fastest; those of the usual type are not copied."""
    return ids.view(np.uint64) if ids.dtype == np.int64 else ids.astype(np.uint64)


def mix(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014)."""
    x = x ^ (x >> S31)
    x *= M1
    x ^= x >> S27
    x *= M2
    x ^= x >> S31
    return x


def cells(key: NDArray[np.uint64], segment: int) -> tuple[tuple[Ids, Ids, Ids], NDArray[np.uint16]]:
    """The three cells of each key, one in each third of the array, and its 12-bit fingerprint in the high bits."""
    h = mix(key)
    g = h * M2
    made = h & LOW, h >> S32, g >> S32
    for number, cell in enumerate(made):
        cell *= np.uint64(segment)
        cell >>= S32
        cell += np.uint64(number * segment)
    one, two, three = (cell.view(np.int64) for cell in made)
    return (one, two, three), (g >> S16).astype(np.uint16) & FINGER


def attraction(counted: Floats, chance: Floats) -> Floats:
    """log2 of how much oftener n-grams were counted than `chance` would have it, shrunk towards 0."""
    return np.log2((counted + SHRINK) / (chance + SHRINK))


@dataclass(frozen=True)
class Associations:
    """The table. Word id 0 is the unknown word, which keeps no company."""

    words: tuple[str, ...]
    ids: dict[str, int]
    counts: Floats
    """Weighted count of each word."""
    grams: NDArray[np.uint16]

    @cached_property
    def total(self) -> np.float32:
        """Weighted words counted."""
        return np.float32(self.counts.sum(dtype=np.float64))

    @cached_property
    def frequency(self) -> Floats:
        """log2 of each word's weighted count, plus one."""
        return np.log2(self.counts + 1)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """For each id whether it is a word, and no mark, number or possessive ending."""
        return self.mask(SPECIAL_TOKENS, inside=False)

    @cached_property
    def is_function(self) -> NDArray[np.bool_]:
        """For each id whether it is a function word."""
        return self.mask([entry.phrase for entry in lexicon("function-words")], inside=True)

    def mask(self, words: Sequence[str], inside: bool) -> NDArray[np.bool_]:
        """For each id `inside` where it is one of `words`, its opposite elsewhere."""
        made = np.full(len(self.counts), not inside)
        made[[self.ids[word] for word in words if word in self.ids]] = inside
        return made

    def with_words(self, more: Sequence[str]) -> Associations:
        """The same table with words that were never counted, their ids after the others'."""
        words = (*self.words, *more)
        ids = self.ids | {word: number for number, word in enumerate(more, len(self.words))}
        return Associations(
            words, ids, np.concatenate([self.counts, np.zeros(len(more), dtype=np.float32)]), self.grams
        )

    def encode(self, tokens: Sequence[str]) -> Ids:
        """The ids of tokens."""
        return np.fromiter(map(self.ids.get, tokens, repeat(0)), dtype=np.int64, count=len(tokens))

    def padded(self, ids: Ids, reach: int) -> Ids:
        """The ids of a text for n-grams: none above UNCOUNTED, and `reach` stops before and after."""
        stops = np.full(reach, self.ids.get(STOP, 0), dtype=np.int64)
        return np.asarray(np.minimum(np.concatenate([stops, ids, stops]), UNCOUNTED))

    def look_up(self, *asked: NDArray[np.uint64]) -> list[Floats]:
        """The weighted counts of n-grams, 0 where never counted (or counted too seldom to be kept).

        `asked` are arrays of `keys`; all are looked up at once, for a look-up takes as long as some 500 keys.
        """
        (one, two, three), finger = cells(np.concatenate([some.ravel() for some in asked]), len(self.grams) // 3)
        found = self.grams.take(one)
        found ^= self.grams.take(two)
        found ^= self.grams.take(three)
        found ^= finger
        counts = ANSWERS.take(np.minimum(found, NEVER))
        ends = accumulate(some.size for some in asked)
        return [counts[end - some.size : end].reshape(some.shape) for some, end in zip(asked, ends, strict=True)]

    def count(self, kind: int, a: Ids, b: Ids, c: Ids | None = None) -> Floats:
        """The weighted counts of n-grams of one kind."""
        return self.look_up(keys(kind, a, b, c))[0]

    def chance(self, a: Ids, b: Ids) -> Floats:
        """How often chance would put `a` at a given distance before `b`."""
        made = self.counts.take(a) * self.counts.take(b)
        made /= self.total
        return made

    def affinity(self, kind: int, a: Ids, b: Ids) -> Floats:
        """`attraction` of pairs of one kind."""
        return attraction(self.count(kind, a, b), self.chance(a, b))


def load() -> Associations:
    """The shipped table, its n-grams memory-mapped. Raises ModelError."""
    model = model_store.load(NAME)
    words = tuple(bytes(model.arrays["words"]).decode().split("\n"))
    return Associations(
        words=("", *words),
        ids={word: number for number, word in enumerate(words, 1)},
        counts=model.arrays["counts"],
        grams=np.asarray(model_store.open_array(NAME, GRAMS)),
    )
