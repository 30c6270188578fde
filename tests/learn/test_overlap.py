"""The measures of extraction are those that the benchmarks print."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learn.overlap import bag, f1_of_means, mean_of_f1, shingles


def test_bag_counts_words_without_order() -> None:
    """Two of three extracted words are among four true ones."""
    assert bag("The knee hurts", "knee, the bad knee") == (2, 3, 4)


def test_shingles_are_sequences_of_four() -> None:
    """A text of five words has two; a shorter one is one sequence of its own length."""
    assert shingles("a b c d e", "x b c d e") == (1, 2, 2)
    assert shingles("a b", "a b") == (1, 1, 1)


def test_averages() -> None:
    """The mean of the pages' F1, and the F1 of mean precision and recall."""
    counts = np.array([[1, 1, 2], [1, 2, 1]], dtype=np.float64)
    assert mean_of_f1(counts) == pytest.approx((0.75, 0.75, 2 / 3))
    assert f1_of_means(counts) == pytest.approx((0.75, 0.75, 0.75))


def test_empty_texts() -> None:
    """Nothing found where nothing is to be found is right; nothing found elsewhere does not count as precise."""
    assert mean_of_f1(np.array([[0, 0, 0]], dtype=np.float64))[2] == 1
    precision, recall, _ = f1_of_means(np.array([[0, 0, 5], [5, 5, 5]], dtype=np.float64))
    assert (precision, recall) == (1.0, 0.5)
