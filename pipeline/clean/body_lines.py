"""The learned line classifier: P(body) of each line of a page, with and without tags.

Two stages of boosted trees. The first reads the line features; the second reads what the first made of the line, of
its neighbours and of its box, and a few features again. Trained by ``python -m pipeline.learn.lines``; see the card.
"""

from __future__ import annotations

import numpy as np

from pipeline import model_store, trees
from pipeline.clean.features import FEATURES, matrix
from pipeline.clean.lines import Line
from pipeline.clean.text_features import Lexicon, Matrix

MODEL = "body-lines"
SHORT_PAGE = 12
"""Lines below which a page has too few neighbours for the second stage, which then doubts plain prose (hardly any
training page was so short): the surer of the two stages speaks."""
NEAR = (-4, -3, -2, -1, 1, 2, 3, 4)
AGAIN = [
    "chars", "words", "ends_stop", "stopwords", "weight_mean", "position", "from_start", "from_end", "repeats",
    "name", "zone", "link_density", "share_1", "share_2", "gap_before", "gap_after", "page_lines", "page_long",
]  # fmt: skip
AGAIN_AT = [FEATURES.index(name) for name in AGAIN]
STAGE_TWO = [
    "p", *(f"p{shift:+d}" for shift in NEAR), "p~3", "p~10", "body_before", "body_after", "p_page",
    "box_0", "box_1", "box_2", *AGAIN,
]  # fmt: skip


class BodyLines:
    """Says which lines are body. Raises ModelError where the model is missing or made for other features."""

    def __init__(self) -> None:
        model = model_store.load(MODEL, [*FEATURES, *STAGE_TWO])
        self.version = model.manifest.version
        self.threshold = float(model.arrays["threshold"])
        words, weights = model.arrays["words"].tolist(), model.arrays["weights"].tolist()
        self.lexicon = Lexicon(dict(zip(words, weights, strict=True)))
        self.first = trees.from_arrays(model.arrays, "first_")
        self.second = trees.from_arrays(model.arrays, "second_")

    def probabilities(self, lines: list[Line]) -> Matrix:
        """P(body) of each line, in order; shape (n_lines,)."""
        if not lines:
            return np.zeros(0, dtype=np.float32)
        x = matrix(lines, self.lexicon)
        first = self.first.probability(x)
        second = self.second.probability(second_stage(lines, x, first))
        return np.maximum(first, second) if len(lines) < SHORT_PAGE else second


def second_stage(lines: list[Line], x: Matrix, p: Matrix) -> Matrix:
    """(n_lines, len(STAGE_TWO)) features from the first stage's probabilities `p` and features `x`."""
    n = len(p)
    reach = 10
    padded = np.zeros(n + 2 * reach, dtype=np.float64)
    padded[reach : reach + n] = p
    shifted = [padded[reach + shift : reach + shift + n] for shift in NEAR]
    sums = np.concatenate([[0.0], np.cumsum(padded)])
    means = [(sums[reach + w + 1 :][:n] - sums[reach - w :][:n]) / (2 * w + 1) for w in (3, 10)]
    chars = np.expm1(x[:, 0])
    mass = p * chars
    total = max(float(mass.sum()), 1.0)
    before = np.cumsum(mass)
    context = [(before - mass) / total, 1 - before / total, np.full(n, np.average(p, weights=chars))]
    columns = [p, *shifted, *means, *context, *boxes(lines, mass, chars)]
    return np.concatenate([np.stack(columns, axis=1), x[:, AGAIN_AT]], axis=1, dtype=np.float32)


def boxes(lines: list[Line], mass: Matrix, chars: Matrix) -> list[Matrix]:
    """Share of body characters in the three innermost boxes around each line; NaN without tags."""
    if lines[0].tags is None:
        return [np.full(len(lines), np.nan, dtype=np.float32)] * 3
    held = np.array([line.tags.containers[:3] for line in lines if line.tags])
    size = int(held.max()) + 1
    return [
        (np.bincount(box, mass, size)[box] / np.maximum(np.bincount(box, chars, size)[box], 1)).astype(np.float32)
        for box in held.T
    ]
