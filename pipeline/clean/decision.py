"""From P(body) of the lines of a page to its body: the cut that makes the expected F1 of the page greatest.

A word bag of body is judged by F1, and the threshold with the best expected F1 is half of that F1 (Lipton, Elkan and
Narayanaswamy 2014): lower on pages where all is doubtful. It is found page by page, weighting lines by their words, and
held between two bounds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.text_features import Matrix

LOWEST, HIGHEST, ABOVE = 0.25, 0.52, 0.06
"""Bounds of the threshold, and what is added to the optimum: the probabilities promise a little more than they hold.
Swept by cross-validation over all but the report domains of WCXB: .8854 to .8869 over all types for a lowest of .25
in the place of .35, .8872 with a highest of .52 in the place of .5."""


def threshold_of(likely: Matrix, words: NDArray[np.float64]) -> float:
    """P(body) from which a line of this page is body; `words` of each line."""
    order = np.argsort(-likely, kind="stable")
    kept = np.cumsum(words[order])
    right = np.cumsum((likely * words)[order])
    expected = 2 * right / np.maximum(kept + float(right[-1]), 1e-9)
    best = float(likely[order][int(expected.argmax())])
    return min(max(best + ABOVE, LOWEST), HIGHEST)
