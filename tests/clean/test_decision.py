"""The cut of a page is where its expected F1 is greatest."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.decision import HIGHEST, LOWEST, threshold_of


def cut(likely: list[float], words: list[float]) -> float:
    """The threshold of a page."""
    return threshold_of(np.array(likely, dtype=np.float32), np.array(words, dtype=np.float64))


def test_a_sure_page_is_cut_high_and_a_doubtful_one_low() -> None:
    """Where all body is doubtful, leaving the doubtful lines out would leave the body out."""
    assert cut([0.99, 0.98, 0.47, 0.05], [50, 50, 5, 5]) == HIGHEST
    assert cut([0.42, 0.41, 0.42, 0.02], [50, 50, 50, 50]) < 0.5


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 500)), min_size=1, max_size=40))
def test_the_cut_stays_within_its_bounds(lines: list[tuple[float, int]]) -> None:
    """Whatever the page."""
    assert LOWEST <= cut([p for p, _ in lines], [float(n) for _, n in lines]) <= HIGHEST
