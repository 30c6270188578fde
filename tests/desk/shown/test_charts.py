"""Columns are as high as their numbers, and every number is in the table."""

from __future__ import annotations

import pytest

from pipeline.desk.shown.charts import HEIGHT, LEAST, TOP, WIDTH, Series, columns


def test_heights_are_linear_and_nothing_is_lost() -> None:
    """The highest fills the picture, half of it is half as high, one of a thousand still shows, none is no column."""
    chart = columns("x", "Day", "about", ["a", "b", "c", "d"], [Series("k", "kind", [1000, 500, 1, 0])])
    assert [float(bar.height) for bar in chart.bars] == [HEIGHT, HEIGHT / 2, LEAST]
    assert chart.rows == [("a", [1000]), ("b", [500]), ("c", [1]), ("d", [0])]


def test_stacked_columns_stand_on_each_other() -> None:
    """Their parts touch, and the whole is as high as the sum."""
    chart = columns("x", "Day", "", ["a"], [Series("p", "p", [3]), Series("q", "q", [1])], stacked=True)
    lower, upper = chart.bars
    assert float(upper.y) + float(upper.height) == pytest.approx(float(lower.y))
    assert float(upper.y) == pytest.approx(TOP)
    assert [label.text for label in chart.labels] == ["4", "a"]


@pytest.mark.parametrize("number", [0, 1, 7, 28, 365])
def test_everything_is_inside_the_picture(number: int) -> None:
    """Also a year of days; labels are left out before they meet."""
    days = [f"{day:02} Nov" for day in range(number)]
    chart = columns("x", "Day", "", days, [Series("p", "p", [2] * number), Series("q", "q", [1] * number)])
    assert all(float(bar.x) >= 0 and float(bar.x) + float(bar.width) <= WIDTH for bar in chart.bars)
    assert len(chart.labels) <= 25
