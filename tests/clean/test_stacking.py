"""What the first stage's probabilities say of a line's surroundings."""

from __future__ import annotations

import numpy as np

from pipeline.clean.boxes import Around
from pipeline.clean.stacking import REACH, STACKED, STACKED_BOXES, stacked

P = np.array([0.0, 1.0, 0.5, 0.0])
CHARS = np.array([10.0, 30.0, 20.0, 40.0])
NO_HEADINGS = np.zeros(4, dtype=np.bool_)


def column(name: str, headings: np.ndarray = NO_HEADINGS, near: Around | None = None) -> list[float]:
    """One column for the four lines."""
    names = [*STACKED, *(STACKED_BOXES if near else ())]
    made = stacked(P, CHARS, headings, near)
    assert made.shape == (len(P), len(names))
    return [round(float(value), 4) for value in made[:, names.index(name)]]


def test_neighbours_beyond_the_page_are_no_body() -> None:
    """Shifts look up and down."""
    assert column("p-1") == [0, 0, 1, 0.5]
    assert column("p+1") == [1, 0.5, 0, 0]
    assert column("p+3") == [0, 0, 0, 0]


def test_body_before_and_after_are_shares_of_the_page() -> None:
    """In characters: 40 of body, 30 in the second line."""
    assert column("p_before") == [0, 0, 0.75, 1]
    assert column("p_after") == [1, 0.25, 0, 0]
    assert column("p_page") == [0.4] * 4


def test_distance_from_a_sure_line() -> None:
    """Lines up and down to one that is surely body; REACH where there is none."""
    assert column("sure_above") == [REACH, 0, 1, 2]
    assert column("sure_below") == [1, 0, REACH, REACH]


def test_a_section_ends_at_the_next_heading() -> None:
    """The share of its own section, and of what follows the line in it."""
    headings = np.array([False, False, True, False])
    assert column("p_section", headings) == [0.75, 0.75, round(10 / 60, 4), round(10 / 60, 4)]
    assert column("p_following", headings)[0] == 1


def test_boxes_and_likeness() -> None:
    """Share of the boxes around a line, of the lines of its shape, and of the page outside its second box."""
    box = np.array([1, 1, 2, 2], dtype=np.intp)
    page = np.zeros(4, dtype=np.intp)
    near = Around(np.stack([box, box, page, page, page]), np.array([0, 1, 0, 1], dtype=np.intp))
    assert column("p_box_0", near=near) == [0.75, 0.75, round(10 / 60, 4), round(10 / 60, 4)]
    assert column("p_box_2", near=near) == [0.4] * 4
    assert column("p_shape", near=near) == [0.25, 0.5, 0.25, 0.5]
    assert column("p_outside", near=near) == [round(10 / 60, 4)] * 2 + [0.75] * 2
