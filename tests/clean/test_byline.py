"""The name in a byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.byline import author
from pipeline.records import Removed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Rosalind Achebe, Health Correspondent", "Rosalind Achebe"),
        ("Posted by Doreen P. at 18:40", "Doreen P."),
        ("Written by Dr. Ana de Sousa | 3 min read", "Dr. Ana de Sousa"),
        ("by Guest Contributor | 0 Comments", "Guest Contributor"),
        ("Posted by admin in Heart on June 3", None),
        ("by leilamurphy8812 » Tue Nov 07", None),
        ("Published: Sep 02, 06:14 AM ET | Views: 31", None),
        ("Medically reviewed by our clinical director.", None),
    ],
)
def test_the_name_in_a_byline(text: str, name: str | None) -> None:
    """Two to four words with capitals after "by"; a log-in name, a date or an office is no name."""
    assert author([Removed(text=text, reason="byline")]) == name


def test_a_byline_goes_before_a_note_about_the_author() -> None:
    """Wherever the two stand; what was removed for another reason is not asked."""
    about = Removed(text="My name is David Ode. I am a health specialist.", reason="author-bio")
    assert author([about, Removed(text="By Ann Li", reason="byline")]) == "Ann Li"
    assert author([about]) == "David Ode"
    assert author([Removed(text="By Ann Li", reason="comment-form")]) is None


@given(st.text(max_size=400))
def test_any_line_gives_a_short_name_or_none(text: str) -> None:
    """Nothing in a line breaks it."""
    found = author([Removed(text=f"By {text}", reason="byline")])
    assert found is None or 0 < len(found) <= 300
