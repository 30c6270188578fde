"""Learning an order from examples of what comes first: pairwise logistic regression (Bradley and Terry 1952)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Rows = NDArray[np.floating[Any]]


def leads(rows: Rows, first: int) -> Rows:
    """(2 (n - 1), features): what the row `first` has over each of the other n - 1, then the same negated."""
    lead = rows[first] - np.delete(rows, first, axis=0)
    return np.concatenate([lead, -lead])


def fit(compared: Sequence[Rows]) -> NDArray[np.float64]:
    """Weights of the features under which the first come first; `compared` holds the `leads` of each example.

    Every example weighs the same, however many it was compared with.
    """
    x = np.concatenate(compared)
    y = np.concatenate([np.arange(len(rows)) < len(rows) // 2 for rows in compared])
    weight = np.concatenate([np.full(len(rows), 1 / len(rows)) for rows in compared])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000).fit(x, y, sample_weight=weight)
    return np.asarray(model.coef_[0], dtype=np.float64)
