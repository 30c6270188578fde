"""Author and date of a page without tags are read from its byline."""

from __future__ import annotations

import pytest

from pipeline.clean.byline import author_in, day_in, read


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee", "Ann Lee"),
        ("Mind / March 9 / 4 comments / by Team Calm", "Team Calm"),
        ("Written by Dr. Anna de Vries, March 2020", "Dr. Anna de Vries"),
        ("Medically reviewed by the board", None),
        ("Updated by hand", None),
    ],
)
def test_author(line: str, author: str | None) -> None:
    """A name stands after "by" and begins with a capital."""
    assert author_in(line) == author


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
    found = read(["4 min read", "By Ann Lee"])
    assert (found.author, found.date, found.sources) == ("Ann Lee", None, {"author": "byline"})
