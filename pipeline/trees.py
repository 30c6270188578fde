"""Gradient-boosted trees as plain arrays, and their prediction in numpy (scikit-learn takes 1.3 s to import).

All trees stand in one table of nodes; the children of a node are neighbours, and a leaf points to itself. A missing
value goes left or right as the node says: nodes that send it left read a copy of the features in which it is -inf, the
others one in which it is +inf.

No tree is walked (after QuickScorer, Lucchese et al. 2015): all tests of all trees are made at once, a test that sends
a row to the right rules out the leaves on its left, and the first leaf that no test rules out is where the row ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
"""Indices as numpy takes them without converting: a third of the time of int32."""
BLOCK = 256
"""Rows predicted at a time, so that what is worked out for them stays in the processor's cache."""
TOGETHER = 20_000
"""Tests of all trees on all rows of a block that are made in one go: fewer cost calls, more the cache."""
SETS = (np.uint16, np.uint32, np.uint64)
"""Sets of leaves, a bit a leaf: the smallest that holds the leaves of every tree is used."""


@dataclass(frozen=True)
class Leaves:
    """Tests and leaves tree by tree, as many as the largest tree has; tests that a tree has not never speak."""

    feature: Places
    """(tests, trees), flat: the doubled feature that a test looks at."""
    threshold: Floats
    """(tests, trees, 1)"""
    ruled_out: NDArray[Any]
    """(tests, trees, 1): the leaves that a value above the threshold rules out."""
    value: Floats
    """(trees, leaves), flat."""
    first: Places
    """(trees, 1): where the leaves of each tree begin in `value`."""

    def values(self, doubled: Floats) -> Floats:
        """(trees, n): the value of the leaf where each column of the doubled features (features, n) ends.

        A few tests at a time, in the same small arrays: all at once took arrays of megabytes, and most of the time
        went into getting their memory from the system.
        """
        tests, trees, _ = self.threshold.shape
        n = doubled.shape[1]
        together = min(tests, max(1, TOGETHER // max(1, trees * n)))
        size, kind = (together, trees, n), self.ruled_out.dtype
        seen, above = np.empty(size, dtype=np.float32), np.empty(size, dtype=np.bool_)
        gone, out = np.empty(size, dtype=kind), np.zeros(size[1:], dtype=kind)
        for start in range(0, tests, together):
            some = slice(start, start + together)
            count = min(together, tests - start)
            feature = self.feature[start * trees : (start + count) * trees]
            doubled.take(feature, axis=0, mode="clip", out=seen[:count].reshape(count * trees, n))
            np.greater(seen[:count], self.threshold[some], out=above[:count])
            np.copyto(gone[:count], above[:count].view(np.uint8))
            np.multiply(gone[:count], self.ruled_out[some], out=gone[:count])
            for ruled_out in gone[:count]:
                np.bitwise_or(out, ruled_out, out=out)
        left = ~out
        lowest = left & (~left + self.ruled_out.dtype.type(1))
        leaf = (lowest.astype(np.float32).view(np.int32) >> 23) - 127
        return np.asarray(self.value.take(leaf + self.first, mode="clip"))


@dataclass(frozen=True)
class Trees:
    """`feature` indexes the doubled features (missing low, then missing high); `left` of a leaf is itself."""

    feature: Places
    threshold: Floats
    left: Places
    value: Floats
    roots: Places
    depth: int
    baseline: float

    @cached_property
    def leaves(self) -> Leaves:
        """The trees for prediction. Raises ValueError for a tree of more than 64 leaves."""
        return by_leaves(self)

    def probability(self, x: Floats) -> Floats:
        """The positive probability of each row of `x` (n, features)."""
        blocks = [x[start : start + BLOCK] for start in range(0, max(1, len(x)), BLOCK)]
        scores = [self.leaves.values(doubled(block)).sum(axis=0, dtype=np.float64) for block in blocks]
        return np.asarray(1 / (1 + np.exp(-(np.concatenate(scores) + self.baseline))), dtype=np.float32)

    def arrays(self, prefix: str) -> dict[str, Any]:
        """The arrays to store, each name beginning with `prefix`."""
        return {
            f"{prefix}feature": self.feature.astype(np.int16),
            f"{prefix}threshold": self.threshold,
            f"{prefix}left": self.left.astype(np.int32),
            f"{prefix}value": self.value,
            f"{prefix}roots": self.roots.astype(np.int32),
            f"{prefix}depth": np.int32(self.depth),
            f"{prefix}baseline": np.float64(self.baseline),
        }


def doubled(x: Floats) -> Floats:
    """(2 × features, n) of (n, features): missing values as -inf, then the same with missing values as +inf."""
    width = x.shape[1]
    made = np.empty((2 * width, len(x)), dtype=np.float32)
    low, high = made[:width], made[width:]
    low[:] = x.T
    high[:] = low
    missing = np.isnan(low)
    low[missing] = -np.inf
    high[missing] = np.inf
    return made


def by_leaves(trees: Trees) -> Leaves:
    """The trees as tests and sets of leaves, these numbered from the left."""
    inner = levels(trees)
    tree, number, count = np.zeros((3, len(trees.left)), dtype=np.intp)
    tree[trees.roots] = np.arange(len(trees.roots))
    count[:] = 1
    for nodes in reversed(inner):
        left = trees.left[nodes]
        count[nodes] = count[left] + count[left + 1]
    for nodes in inner:
        left = trees.left[nodes]
        tree[left] = tree[left + 1] = tree[nodes]
        number[left], number[left + 1] = number[nodes], number[nodes] + count[left]
    most = int(count[trees.roots].max())
    kind = next((kind for kind in SETS if most <= np.iinfo(kind).bits), None)
    if kind is None:
        raise ValueError(f"a tree of {most} leaves; at most 64 can be predicted with")
    tests = np.sort(np.concatenate(inner))
    tests = tests[np.argsort(tree[tests], kind="stable")]
    sizes = np.bincount(tree[tests], minlength=len(trees.roots))
    at = np.arange(len(tests)) - np.repeat(np.cumsum(sizes) - sizes, sizes), tree[tests]
    shape = (max(1, int(sizes.max())), len(trees.roots))
    feature, threshold = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf, dtype=np.float32)
    feature[at], threshold[at] = trees.feature[tests], trees.threshold[tests]
    ruled_out, value = np.zeros(shape, dtype=kind), np.zeros((len(trees.roots), most), dtype=np.float32)
    beside = np.uint64(1) << count[trees.left[tests]].astype(np.uint64)
    ruled_out[at] = ((beside - np.uint64(1)) << number[tests].astype(np.uint64)).astype(kind)
    ends = np.flatnonzero(trees.left == np.arange(len(trees.left)))
    value[tree[ends], number[ends]] = trees.value[ends]
    first = np.arange(len(trees.roots), dtype=np.intp)[:, None] * most
    return Leaves(feature.ravel(), threshold[:, :, None], ruled_out[:, :, None], value.ravel(), first)


def levels(trees: Trees) -> list[Places]:
    """The nodes that are no leaves, level by level from the roots."""
    found, nodes = [], trees.roots
    while True:
        nodes = nodes[trees.left[nodes] != nodes]
        found.append(nodes)
        if not len(nodes):
            return found
        nodes = np.concatenate([trees.left[nodes], trees.left[nodes] + 1])


def from_arrays(arrays: dict[str, Any], prefix: str) -> Trees:
    """Trees from stored arrays."""
    return Trees(
        feature=arrays[f"{prefix}feature"].astype(np.intp),
        threshold=arrays[f"{prefix}threshold"],
        left=arrays[f"{prefix}left"].astype(np.intp),
        value=arrays[f"{prefix}value"],
        roots=arrays[f"{prefix}roots"].astype(np.intp),
        depth=int(arrays[f"{prefix}depth"]),
        baseline=float(arrays[f"{prefix}baseline"]),
    )
