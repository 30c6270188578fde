"""Metrics."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learn.metrics import auc, bootstrap, precision_recall_f1, recall_at


def floats(*values: float) -> np.ndarray:
    """An array."""
    return np.array(values, dtype=np.float64)


def test_precision_recall_f1() -> None:
    """By hand: 3 of 4 findings right, 2 of 5 expectations found."""
    assert precision_recall_f1(floats(3, 4, 5, 2)) == pytest.approx((0.75, 0.4, 2 * 0.75 * 0.4 / 1.15))
    assert precision_recall_f1(floats(0, 0, 0, 0)) == (0.0, 0.0, 0.0)


def test_auc_counts_ties_as_halves() -> None:
    """By hand: of four pairs three are in order and one is tied."""
    assert auc(floats(0.9, 0.5), floats(0.5, 0.1)) == 0.875
    assert np.isnan(auc(floats(), floats(1)))


def test_recall_at_false_positives() -> None:
    """At 0 % every positive must beat the best negative; at 50 % the median one."""
    positive, negative = floats(0.9, 0.6, 0.2), floats(0.7, 0.1)
    assert recall_at(positive, negative, 0.0) == pytest.approx(1 / 3)
    assert recall_at(positive, negative, 0.5) == 1.0


def test_bootstrap_is_repeatable_and_keeps_groups_together() -> None:
    """The same figure twice; with one group there is nothing to resample, so no spread."""
    values = floats(0, 1, 1, 0, 1)
    mean = lambda i: float(values[i].mean())  # noqa: E731
    assert bootstrap("abcde", mean) == bootstrap("abcde", mean)
    value, low, high = bootstrap("abcde", mean)
    assert low < value < high
    assert bootstrap("aaaaa", mean) == (0.6, pytest.approx(0.6), pytest.approx(0.6))
