"""Metrics over documents, with bootstrap confidence intervals.

Intervals are percentile bootstraps (Efron 1979) over groups of documents (siblings stay together), 95 %, with a fixed
seed so that a run can be repeated to the digit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20_251
Floats = NDArray[np.float64]
Interval = tuple[float, float, float]
"""Value, lower and upper bound."""


def precision_recall_f1(counts: Floats) -> tuple[float, float, float]:
    """From summed (found right, found, expected, expected found) to precision, recall and F1; 0 where undefined.

    Right findings and found expectations differ when one finding covers two expectations.
    """
    right, found, expected, hit = (float(value) for value in counts)
    precision = right / found if found else 0.0
    recall = hit / expected if expected else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def auc(positive: Floats, negative: Floats) -> float:
    """Area under the ROC curve: the chance that a positive scores above a negative, ties as halves; nan if empty."""
    if not len(positive) or not len(negative):
        return float("nan")
    above = (positive[:, None] > negative[None, :]).sum() + 0.5 * (positive[:, None] == negative[None, :]).sum()
    return float(above) / (len(positive) * len(negative))


def recall_at(positive: Floats, negative: Floats, false_positives: float) -> float:
    """Share of positives above the threshold that lets at most `false_positives` (a share) of the negatives through."""
    if not len(positive) or not len(negative):
        return float("nan")
    allowed = int(np.floor(false_positives * len(negative)))
    threshold = np.sort(negative)[::-1][allowed] if allowed < len(negative) else -np.inf
    return float((positive > threshold).mean())


def bootstrap(groups: Sequence[str], statistic: Callable[[NDArray[np.intp]], float]) -> Interval:
    """`statistic` of all documents (given their indices), with its bootstrap interval over `groups`."""
    rng = np.random.default_rng(SEED)
    members: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    parts = [np.array(indices, dtype=np.intp) for indices in members.values()]
    value = statistic(np.arange(len(groups), dtype=np.intp))
    if not parts:
        return value, float("nan"), float("nan")
    draws = []
    for _ in range(RESAMPLES):
        chosen = rng.integers(0, len(parts), len(parts))
        draws.append(statistic(np.concatenate([parts[i] for i in chosen])))
    low, high = np.nanpercentile(draws, [2.5, 97.5]) if not np.all(np.isnan(draws)) else (np.nan, np.nan)
    return value, float(low), float(high)
