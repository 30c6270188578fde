"""Text from strangers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.safe_text import one_line, printable, shorten, well_formed
from tests.report.conftest import SPUN, page


def test_control_characters_and_bidi_overrides_are_gone() -> None:
    """No escape sequence, bell, C1 control or right-to-left override is left; tab, newline and Arabic stay."""
    assert printable("a\x1b[31mb\x07\x9bc\u202egpj.exe\u2069") == "a[31mbcgpj.exe"
    assert printable("a\tb\nc السكري 🩺") == "a\tb\nc السكري 🩺"


@given(st.text(), st.integers(1, 40))
def test_a_shortened_line_fits(text: str, width: int) -> None:
    """At most `width` characters, on one line; short text is only folded."""
    short = shorten(text, width)
    assert len(short) <= width
    assert len(short.splitlines()) <= 1
    if len(one_line(text)) <= width:
        assert short == one_line(text)


def test_a_long_line_is_cut_at_a_word() -> None:
    """A cut shows as an ellipsis after a whole word."""
    assert shorten("substance abuse and dependence", 20) == "substance abuse and…"


def test_lone_surrogates_become_replacement_characters_one_for_one() -> None:
    """Spans still hold; a well-formed assessment is not copied."""
    odd = page("a\udcff", "b\ud800c")
    assert well_formed(odd).source == "a\ufffd"
    assert well_formed(odd).text == "b\ufffdc"
    assert well_formed(SPUN) is SPUN
