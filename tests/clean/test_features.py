"""The feature matrix: its shape, its missing values, and that it costs no loop over characters."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.boxes import NameWeights
from pipeline.clean.features import FEATURES, SHARED, Weights, describe
from pipeline.clean.flat_lines import cut as cut_text
from pipeline.clean.head import PAGE_KIND
from pipeline.clean.html_lines import cut as cut_html
from pipeline.clean.lines import Line, Lines
from pipeline.clean.text_features import Lexicon, Matrix
from pipeline.settings import Limits


def matrix(page: Lines, weights: Weights | None = None) -> Matrix:
    """The features of a page."""
    return describe(page, weights or Weights(Lexicon({}), NameWeights({}))).x


def page_with_tags(html: str) -> Lines:
    """The lines of an HTML page, which says nothing of its kind."""
    page = cut_html(LexborHTMLParser(html), Limits())
    page.kind = (0.0,) * len(PAGE_KIND)
    return page


def column(lines: list[Line], name: str) -> list[float]:
    """One feature of all lines."""
    return [float(value) for value in matrix(Lines(lines))[:, FEATURES.index(name)]]


def test_names_match_columns() -> None:
    """Every column has one name."""
    assert len(set(SHARED)) == len(SHARED) == matrix(Lines([Line("One line.")])).shape[1]
    assert len(set(FEATURES)) == len(FEATURES) == matrix(page_with_tags("<p>One line.")).shape[1]


def test_text_counts() -> None:
    """Counts are those of the line's own characters."""
    lines = [Line("ABC def, 12."), Line("© 2024 | x@y.com"), Line("ends:")]
    assert np.allclose(np.expm1(column(lines, "chars")), [12, 16, 5])
    assert np.allclose(np.expm1(column(lines, "words")), [3, 4, 1])
    assert column(lines, "upper")[0] == 0.5
    assert column(lines, "has_copyright") == [0, 1, 0]
    assert column(lines, "ends_stop") == [1, 0, 0]
    assert column(lines, "ends_colon") == [0, 0, 1]


def test_only_the_place_of_a_heading_may_be_missing() -> None:
    """Lines of a page with tags have every feature, but for their distance from a main heading that is not there."""
    x = matrix(page_with_tags("<p>One<p>Two<a href=x>y</a>"))
    missing = np.isnan(x).any(axis=0)
    assert [FEATURES[at] for at in np.flatnonzero(missing)] == ["since_h1"]
    assert not np.isnan(matrix(page_with_tags("<h1>Head</h1><p>One"))).any()
    assert not np.isnan(matrix(cut_text("One\nTwo", Limits()))).any()


@given(st.lists(st.text(min_size=1).map(lambda s: " ".join(s.split())).filter(bool), min_size=1, max_size=30))
def test_any_text_has_features(texts: list[str]) -> None:
    """No line, whatever its characters, breaks the matrix or leaves it infinite."""
    x = matrix(Lines([Line(text) for text in texts]), Weights(Lexicon({"the": 1.0}), NameWeights({})))
    assert x.shape == (len(texts), len(SHARED))
    assert not np.isinf(x).any()
