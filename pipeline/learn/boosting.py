"""A fitted HistGradientBoostingClassifier as the plain arrays that `pipeline.trees` reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.trees import Trees


def export(model: Any, width: int) -> Trees:
    """A fitted HistGradientBoostingClassifier as plain arrays, children of a node side by side."""
    rows: list[tuple[int, float, int, float]] = []
    roots, depth = [], 0
    for (predictor,) in model._predictors:
        nodes = predictor.nodes
        roots.append(len(rows))
        queue = [(0, 0)]
        following = len(rows) + 1
        while queue:
            number, level = queue.pop(0)
            node, depth = nodes[number], max(depth, level)
            if node["is_leaf"]:
                rows.append((0, math.inf, len(rows), float(node["value"])))
                continue
            column = int(node["feature_idx"]) + (0 if node["missing_go_to_left"] else width)
            rows.append((column, rounded_down(float(node["num_threshold"])), following, 0.0))
            queue += [(int(node["left"]), level + 1), (int(node["right"]), level + 1)]
            following += 2
    feature, threshold, left, value = (np.array(column) for column in zip(*rows, strict=True))
    return Trees(
        feature.astype(np.intp),
        threshold.astype(np.float32),
        left.astype(np.intp),
        value.astype(np.float32),
        np.array(roots, np.intp),
        depth,
        float(model._baseline_prediction.ravel()[0]),
    )


def mean(models: Sequence[Trees]) -> Trees:
    """One model whose log-odds are the mean of those of several over the same features."""
    starts = np.cumsum([0, *(len(model.left) for model in models[:-1])])
    return Trees(
        np.concatenate([model.feature for model in models]),
        np.concatenate([model.threshold for model in models]),
        np.concatenate([model.left + start for model, start in zip(models, starts, strict=True)]),
        np.concatenate([model.value / np.float32(len(models)) for model in models]),
        np.concatenate([model.roots + start for model, start in zip(models, starts, strict=True)]),
        max(model.depth for model in models),
        sum(model.baseline for model in models) / len(models),
    )


def rounded_down(threshold: float) -> float:
    """The greatest finite float32 not above `threshold`: float32 features fall on the side they fell in training.

    An infinite threshold parts all values from the missing ones, which are +inf where they go right.
    """
    near = np.float32(min(threshold, float(np.finfo(np.float32).max)))
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))
