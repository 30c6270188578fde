"""Texts for the discriminator: what is marked was put there, and slips never are."""

from __future__ import annotations

import random

from pipeline.learn.awkward import slips
from pipeline.learn.replaced_tokens import apart, marked
from pipeline.learn.spinners import Edit
from pipeline.learn.spinners.observed import Observed

TEXT = (
    "The basics of a good night are simple and they are known to most of the people who sleep badly in the winter. " * 4
)
SWAPS = Observed({("basics",): ["essentials"], ("good", "night"): ["great evening"]})


def test_the_marks_are_the_swaps() -> None:
    """And every swap is marked, whatever slips beside it."""
    made = marked(TEXT, [SWAPS], 1.0, 0.3, random.Random(1))
    swapped = {made.text[span.start : span.end].lower(): span.original.lower() for span in made.spans}
    assert swapped == {"essentials": "basics", "great evening": "good night"}
    assert made.text.lower().count("essentials") + made.text.lower().count("great evening") == len(made.spans)


def test_slips_are_not_marked() -> None:
    """A text that only slips has no marks, and is another text."""
    made = marked(TEXT, [], 0.1, 0.3, random.Random(2))
    assert made.spans == ()
    assert made.text != TEXT


def test_slips_are_those_of_a_writer_not_of_a_thesaurus() -> None:
    """Articles, prepositions, agreement, endings: no other word is put in."""
    rng = random.Random(3)
    found = {
        (TEXT[edit.start : edit.end].strip().lower(), edit.new.lower()) for _ in range(30) for edit in slips(TEXT, rng)
    }
    assert ("the", "") in found
    assert ("are", "is") in found
    assert all(new.removeprefix("the ")[:1] == old[:1] or len(old) < 6 for old, new in found)


def test_edits_that_would_touch_are_left_out() -> None:
    """Also those inside one that was taken, and no more than asked for."""
    first = Edit(0, 9, "x")
    edits = [Edit(4, 6, "y"), Edit(8, 12, "y"), Edit(9, 12, "z"), Edit(20, 22, "z"), Edit(30, 31, "z")]
    assert apart(edits, [first], 2) == [first, Edit(9, 12, "z"), Edit(20, 22, "z")]
