"""The likeliest other submission from the same source."""

from __future__ import annotations

from pipeline.desk.services.likeness import likeliest, rare_words
from tests.desk.assessments import assessment, put
from tests.desk.conftest import Desk

OURS = (
    "For eleven years Marian Oakes got out of bed at 2 a.m. The trial of 312 patients by the Tolverne Sleep Study "
    "found that pramipexole functioned well, and gabapentin came second."
)
SPUN = (
    "Over 11 years, Marian Oakes left her cot. A test of 312 sufferers of the Tolverne Slumber Exploration showed "
    "pramipexole working, gabapentin behind it."
)
OTHER = "Feet carry us through life. In Winter, Gabapentin is not for feet, says the Society of Podiatrists of 1998."


def test_shared_names_numbers_and_terms_find_the_sibling(desk: Desk) -> None:
    """Best first, only with two words shared or more, never the item itself nor an old version of another."""
    item = put("a", text=OURS, blocks=()).item
    put("b", text=SPUN, blocks=(), title="Slumber")
    put("c", text=OTHER, blocks=(), title="Feet")
    put("d", text=SPUN, blocks=(), title="Slumber again")
    put("d", text="Something else altogether.", blocks=())
    found = likeliest(item, assessment(text=OURS))
    assert [(one.source, shared) for one, shared in found] == [("b", 5)], (
        "pramipexole, Tolverne, Marian, Oakes, 312; gabapentin is in every text here"
    )


def test_a_word_that_all_have_tells_nothing(desk: Desk) -> None:
    """Sixty items with the same two names are no siblings."""
    items = [put(f"p/{n}", text="We thank the Tolverne Foundation, in Tolverne.", blocks=()).item for n in range(60)]
    assert likeliest(items[0], assessment(text="We thank the Tolverne Foundation, in Tolverne.")) == []


def test_rare_words() -> None:
    """Names inside sentences first, then numbers and long terms; words that begin a sentence prove nothing."""
    assert rare_words("Doctors agree. The Oakes family of 312 took gabapentin. It helped.") == [
        "oakes",
        "312",
        "gabapentin",
    ]
