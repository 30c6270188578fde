"""The title line of a flattened page is found where there is one."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.clean.lines import Line
from pipeline.clean.title import find, line_of

PROSE = (
    "Ketamine therapy treats depression and anxiety, and doctors use it when the treatments that most people try first "
    "have not helped them for many months or even years."
)


def found(*lines: str) -> str | None:
    """The title found among `lines`, which prose follows."""
    cut = [Line(text) for text in (*lines, PROSE)]
    at = find(cut, np.full(len(cut), 0.5, np.float32))
    return cut[at].text if at is not None else None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ("Health News", "A Closer Look into Ketamine Therapy", "Ketamine Therapy"),
            "A Closer Look into Ketamine Therapy",
        ),
        (
            ("Ketamine Therapy for Beginners", "Wiki Article", "The Main Principles Of Ketamine Therapy"),
            "Ketamine Therapy for Beginners",
        ),
        (("Home | Mind | Body", "Is Ketamine Therapy Safe?", "By Ann Lee", "May 3, 2021"), "Is Ketamine Therapy Safe?"),
        (("Hello, thanks for your query.",), None),
        ((), None),
    ],
)
def test_find(lines: tuple[str, ...], title: str | None) -> None:
    """Not the menu, not the site category, not the byline, not the first section's heading."""
    assert found(*lines) == title


def test_line_of_a_given_title() -> None:
    """A title that is given is found in its own words, or as a heading that says the same."""
    lines = [Line("Well"), Line("Knee pain at night: what helps", "heading"), Line("Knee Pain at Night")]
    assert line_of("Knee Pain at Night", lines) == 2
    assert line_of("Knee Pain at Night – what helps", lines) == 1
    assert line_of("Gout", lines) is None
