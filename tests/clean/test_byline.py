"""Author and date of a page without tags are read from its byline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.byline import day_in, read


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Rosalind Achebe, Health Correspondent", "Rosalind Achebe"),
        ("Posted by Doreen P. at 18:40", "Doreen P."),
        ("Written by Dr. Ana de Sousa | 3 min read", "Dr. Ana de Sousa"),
        ("by Guest Contributor | 0 Comments", "Guest Contributor"),
        ("Mind / March 9 / 4 comments / by Team Calm", "Team Calm"),
        ("Posted on March 9th, 2021 by Ann Lee", "Ann Lee"),
        ("Posted by admin in Heart on June 3", None),
        ("by leilamurphy8812 » Tue Nov 07", None),
        ("Published: Sep 02, 06:14 AM ET | Views: 31", None),
        ("Medically reviewed by our clinical director.", None),
        ("Medically reviewed by Dr. Ana de Sousa", None),
        ("Updated by hand", None),
    ],
)
def test_the_name_in_a_byline(line: str, name: str | None) -> None:
    """Two to four words with capitals after "by"; a log-in name, a date, an office or a reviewer is no author."""
    assert read([line], []).author == name


def test_a_byline_goes_before_a_note_about_the_author() -> None:
    """Wherever the two stand."""
    about = "My name is David Ode. I am a health specialist."
    assert read(["By Ann Li"], [about]).author == "Ann Li"
    assert read(["4 min read"], [about]).author == "David Ode"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted on March 9th, 2021 by Ann", "2021-03-09"),
        ("9 Sept. 2021", "2021-09-09"),
        ("2021-02-30", None),
        ("2021-02-28 10:00", "2021-02-28"),
        ("03/04/2021", None),
    ],
)
def test_day(line: str, day: str | None) -> None:
    """Days that can be read one way only; a date that is none says nothing."""
    assert day_in(line) == day


def test_each_field_says_where_it_was_found() -> None:
    """And a field that is not there is null."""
    found = read(["4 min read", "By Ann Lee"], [])
    assert (found.author, found.date, found.sources) == ("Ann Lee", None, {"author": "byline"})


@given(st.text(max_size=400))
def test_any_line_gives_a_short_name_or_none(text: str) -> None:
    """Nothing in a line breaks it."""
    found = read([f"By {text}"], []).author
    assert found is None or 0 < len(found) <= 300
