"""The feature matrix: its shape, its missing values, and that it costs no loop over characters."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.features import FEATURES, MARKUP, PAGE, SAME_BOX, matrix
from pipeline.clean.flat_lines import cut as cut_text
from pipeline.clean.html_lines import cut as cut_html
from pipeline.clean.lines import Line
from pipeline.clean.text_features import TEXT, Lexicon
from pipeline.settings import Limits


def column(lines: list[Line], name: str) -> list[float]:
    """One feature of all lines."""
    return [float(value) for value in matrix(lines, Lexicon({}))[:, FEATURES.index(name)]]


def test_names_match_columns() -> None:
    """Every column has one name."""
    assert len(set(FEATURES)) == len(FEATURES) == matrix([Line("One line.")], Lexicon({})).shape[1]


def test_text_counts() -> None:
    """Counts are those of the line's own characters."""
    lines = [Line("ABC def, 12."), Line("© 2024 | x@y.com"), Line("ends:")]
    assert np.allclose(np.expm1(column(lines, "chars")), [12, 16, 5])
    assert np.allclose(np.expm1(column(lines, "words")), [3, 4, 1])
    assert column(lines, "upper")[0] == 0.5
    assert column(lines, "has_copyright") == [0, 1, 0]
    assert column(lines, "ends_stop") == [1, 0, 0]
    assert column(lines, "ends_colon") == [0, 0, 1]


def test_markup_is_missing_without_tags_and_only_then() -> None:
    """Flattened lines have NaN in the markup features; lines of a page with tags have NaN nowhere."""
    flat = matrix(cut_text("One\nTwo", Limits()).lines, Lexicon({}))
    start = len(TEXT) + len(PAGE)
    assert np.isnan(flat[:, start : start + len(MARKUP) + len(SAME_BOX)]).all()
    assert not np.isnan(
        matrix(cut_html(LexborHTMLParser("<p>One<p>Two<a href=x>y</a>"), Limits()).lines, Lexicon({}))
    ).any()


@given(st.lists(st.text(min_size=1).map(lambda s: " ".join(s.split())).filter(bool), min_size=1, max_size=30))
def test_any_text_has_features(texts: list[str]) -> None:
    """No line, whatever its characters, breaks the matrix or leaves it infinite."""
    x = matrix([Line(text) for text in texts], Lexicon({"the": 1.0}))
    assert x.shape == (len(texts), len(FEATURES))
    assert not np.isinf(x).any()
