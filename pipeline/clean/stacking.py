"""What the first stage's probabilities say of a line: of itself, its neighbours, its section, its boxes, its like."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.boxes import LEVELS, Around
from pipeline.clean.text_features import Matrix

NEAR = (-4, -3, -2, -1, 1, 2, 3, 4)
WINDOWS = (3, 10)
SURE = 0.7
REACH = 40
STACKED = [
    "p", *(f"p{shift:+d}" for shift in NEAR), *(f"p~{window}" for window in WINDOWS), "p_before", "p_after", "p_page",
    "p_lines", "sure_above", "sure_below", "p_section", "p_following",
]  # fmt: skip
STACKED_BOXES = [*(f"p_box_{level}" for level in range(LEVELS)), "p_shape", "p_shape_chars", "shape_lines", "p_outside"]


def stacked(p: Matrix, chars: Matrix, headings: NDArray[np.bool_], near: Around | None) -> Matrix:
    """(n_lines, STACKED, and STACKED_BOXES for a page with tags) of the first stage's `p` and the lines' `chars`."""
    n = len(p)
    padded = np.zeros(n + 2 * max(WINDOWS), dtype=np.float64)
    reach = max(WINDOWS)
    padded[reach : reach + n] = p
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    mass = p * chars
    total = max(float(mass.sum()), 1.0)
    until = np.cumsum(mass)
    index = np.arange(n)
    above = np.maximum.accumulate(np.where(p >= SURE, index, -1))
    below = np.minimum.accumulate(np.where(p >= SURE, index, n)[::-1])[::-1]
    columns = [
        p,
        *(padded[reach + shift : reach + shift + n] for shift in NEAR),
        *((sums[reach + w + 1 :][:n] - sums[reach - w :][:n]) / (2 * w + 1) for w in WINDOWS),
        (until - mass) / total,
        1 - until / total,
        np.full(n, total / max(float(chars.sum()), 1.0)),
        np.full(n, p.mean()),
        np.where(above < 0, REACH, np.minimum(index - above, REACH)),
        np.where(below >= n, REACH, np.minimum(below - index, REACH)),
        *sections(mass, chars, headings),
    ]
    if near is not None:
        columns += of_boxes(p, mass, chars, near)
    return np.stack(columns, axis=1).astype(np.float32)


def sections(mass: Matrix, chars: Matrix, headings: NDArray[np.bool_]) -> list[Matrix]:
    """Body share of the lines from the heading above each line to the next, and of those below the line itself."""
    number = np.cumsum(headings)
    weight, held = np.bincount(number, chars), np.bincount(number, mass)
    own = held[number] / np.maximum(weight[number], 1)
    ends = np.cumsum(weight)[number], np.cumsum(held)[number]
    left = ends[0] - np.cumsum(chars), ends[1] - np.cumsum(mass)
    return [own, np.where(left[0] > 0, left[1] / np.maximum(left[0], 1), own)]


def of_boxes(p: Matrix, mass: Matrix, chars: Matrix, near: Around) -> list[Matrix]:
    """Body share of the boxes around each line, of the lines of its shape, and of the page outside its second box."""
    size = int(near.up.max()) + 1
    held = [np.bincount(box, mass, size) for box in near.up]
    weight = [np.bincount(box, chars, size) for box in near.up]
    shares = [(h / np.maximum(w, 1))[box] for h, w, box in zip(held, weight, near.up, strict=True)]
    alike = np.bincount(near.shape)
    mean = np.bincount(near.shape, p) / alike
    by_chars = np.bincount(near.shape, mass) / np.maximum(np.bincount(near.shape, chars), 1)
    rest_mass, rest = mass.sum() - held[1][near.up[1]], chars.sum() - weight[1][near.up[1]]
    return [
        *shares,
        mean[near.shape],
        by_chars[near.shape],
        np.log1p(alike[near.shape]),
        rest_mass / np.maximum(rest, 1),
    ]
