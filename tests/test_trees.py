"""Trees in plain arrays end where a walk from the root ends, whatever their size."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline import trees
from pipeline.trees import BLOCK, Trees

FEATURES = 4


def grown(sizes: list[int]) -> Trees:
    """Trees of so many leaves each, split at random places by random tests."""
    dice = np.random.default_rng(7)
    feature, threshold, left, roots = [], [], [], []
    for leaves in sizes:
        roots.append(len(left))
        open_ends = [len(left)]
        feature.append(0), threshold.append(np.inf), left.append(len(left))
        for _ in range(leaves - 1):
            node = open_ends.pop(int(dice.integers(len(open_ends))))
            feature[node], threshold[node] = int(dice.integers(2 * FEATURES)), float(dice.normal())
            left[node] = len(left)
            for _ in range(2):
                open_ends.append(len(left))
                feature.append(0), threshold.append(np.inf), left.append(len(left))
    columns = np.array(feature), np.array(threshold, dtype=np.float32), np.array(left)
    return Trees(*columns, dice.normal(size=len(left)).astype(np.float32), np.array(roots), max(sizes), 0.25)


def walked(model: Trees, row: np.ndarray) -> float:
    """The probability of one row, test by test."""
    missing = np.isnan(row)
    seen = np.concatenate([np.where(missing, -np.inf, row), np.where(missing, np.inf, row)])
    total = model.baseline
    for node in model.roots.tolist():
        while model.left[node] != node:
            node = model.left[node] + int(seen[model.feature[node]] > model.threshold[node])
        total += float(model.value[node])
    return float(1 / (1 + np.exp(-total)))


@pytest.mark.parametrize("sizes", [[1], [2, 1, 3], [16] * 5, [17, 4], [32, 5], [33, 2], [64]])
def test_a_row_ends_where_a_walk_ends(sizes: list[int]) -> None:
    """Sets of leaves of every width, trees of one leaf beside large ones, missing values on either side."""
    model = grown(sizes)
    rows = np.random.default_rng(1).normal(size=(60, FEATURES)).astype(np.float32)
    rows[np.random.default_rng(2).random(rows.shape) < 0.2] = np.nan
    rows[0] = np.float32(model.threshold[model.roots[0]])
    expected = [walked(model, row) for row in rows]
    assert np.allclose(model.probability(rows), expected, rtol=1e-6)


def test_many_rows_are_as_few_rows() -> None:
    """Blocks leave no trace, and no rows are no trouble."""
    model = grown([16, 9])
    rows = np.random.default_rng(3).normal(size=(2 * BLOCK + 5, FEATURES)).astype(np.float32)
    one_by_one = np.concatenate([model.probability(row[None]) for row in rows])
    assert np.array_equal(model.probability(rows), one_by_one)
    assert model.probability(rows[:0]).shape == (0,)


def test_stored_trees_are_the_same() -> None:
    """Arrays keep all there is."""
    model = grown([5, 8])
    rows = np.random.default_rng(4).normal(size=(9, FEATURES)).astype(np.float32)
    assert np.array_equal(trees.from_arrays(model.arrays("a_"), "a_").probability(rows), model.probability(rows))


def test_trees_too_large_are_refused() -> None:
    """A tree of more leaves than the widest set holds cannot be predicted with, and the error says so."""
    with pytest.raises(ValueError, match="65 leaves"):
        grown([3, 65]).probability(np.zeros((1, FEATURES), dtype=np.float32))
