"""The learned line classifier: P(body) of each line of a page, with and without tags.

Two stages of boosted trees for either kind of page. The first reads the features of the line; the second reads them
again, and what the first made of the line, its neighbours, its section and its boxes. With tags, what stands alone is
then doubted more (`chain`). Trained by ``python -m pipeline.learn.lines``; see the card.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store, trees
from pipeline.clean.boxes import NameWeights
from pipeline.clean.chain import doubted
from pipeline.clean.decision import threshold_of
from pipeline.clean.features import FEATURES, SHARED, Described, Weights, describe
from pipeline.clean.lines import Line, Lines
from pipeline.clean.stacking import STACKED, STACKED_BOXES, stacked
from pipeline.clean.text_features import Lexicon, Matrix
from pipeline.records import PageKind

MODEL = "body-lines"
SHORT_PAGE = 12
"""Lines below which a page has too few neighbours for the second stage, which then doubts plain prose (hardly any
training page was so short): the surer of the two stages speaks."""
FEW_LINES, PROSE = 3, 15
"""A page without tags of so few lines has nothing around its text to tell it from, and no training page was like it:
lines of PROSE words and more are body there."""
INPUTS: dict[PageKind, list[str]] = {
    "html": [*FEATURES, *STACKED, *STACKED_BOXES],
    "text": [*SHARED, *STACKED],
}
"""Features of the second stage by kind of page; the first reads those before STACKED."""
DISCUSSION = FEATURES.index("ld_forum")
"""Whether a page says that it is a discussion: short posts stand alone there, and are body."""


@dataclass(frozen=True)
class Stages:
    """Both stages for one kind of page."""

    first: trees.Trees
    second: trees.Trees


class BodyLines:
    """Says which lines are body. Raises ModelError where the model is missing or made for other features."""

    def __init__(self) -> None:
        model = model_store.load(MODEL, [*INPUTS["html"], *INPUTS["text"]])
        arrays = model.arrays
        self.version = model.manifest.version
        self.weights = Weights(
            Lexicon(dict(zip(arrays["words"].tolist(), arrays["weights"].tolist(), strict=True))),
            NameWeights(dict(zip(arrays["names"].tolist(), arrays["name_weights"].tolist(), strict=True))),
        )
        self.stages: dict[PageKind, Stages] = {
            kind: Stages(trees.from_arrays(arrays, f"{kind}_first_"), trees.from_arrays(arrays, f"{kind}_second_"))
            for kind in INPUTS
        }

    def probabilities(self, page: Lines) -> Matrix:
        """P(body) of each line, in order; shape (n_lines,)."""
        if not page.lines:
            return np.zeros(0, dtype=np.float32)
        stages = self.stages[kind_of(page)]
        found = describe(page, self.weights)
        first = stages.first.probability(found.x)
        second = stages.second.probability(second_stage(page.lines, found, first))
        return both(found, first, second)


def kind_of(page: Lines) -> PageKind:
    """Whether a page still has its tags."""
    return "html" if page.lines and page.lines[0].tags is not None else "text"


def both(found: Described, first: Matrix, second: Matrix) -> Matrix:
    """P(body) after both stages: their mean, which errs less than either; on a short page the surer of the two.

    On a page with tags that is prose, lines that stand alone are doubted more, unless it says that it is a discussion:
    cross-validated over 83 forums of WCXB (first stage alone), .786 rises to .797; no page of another type says so.
    """
    if len(first) < SHORT_PAGE:
        surer = np.maximum(first, second)
        alone = found.near is None and len(first) <= FEW_LINES
        return np.asarray(np.where(alone & (words_in(found) >= PROSE), 1.0, surer), dtype=np.float32)
    mean = np.asarray((first + second) / 2, dtype=np.float32)
    return mean if found.near is None or found.x[0, DISCUSSION] else doubted(mean, words_in(found))


def body_of(likely: Matrix, lines: list[Line]) -> NDArray[np.bool_]:
    """Which lines of a page are body by the classifier alone."""
    words = np.fromiter((line.text.count(" ") + 1 for line in lines), dtype=np.float64, count=len(lines))
    return likely >= threshold_of(likely, words) if lines else np.zeros(0, dtype=np.bool_)


def second_stage(lines: list[Line], found: Described, p: Matrix) -> Matrix:
    """(n_lines, features) of the second stage, from the first stage's probabilities `p`."""
    headings = np.fromiter((line.kind == "heading" for line in lines), dtype=np.bool_, count=len(lines))
    chars = np.expm1(found.x[:, 0])
    return np.concatenate([found.x, stacked(p, chars, headings, found.near)], axis=1, dtype=np.float32)


def words_in(found: Described) -> Matrix:
    """How many words each line has."""
    return np.expm1(found.x[:, 1])
