"""Two texts side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.shown.aligned import Row, aligned, compared, sentences

ONE = (
    "Marian Oakes got out of bed at 2 a.m. for years. It is twice as usual in females as in males. "
    "Dr. Blackwood begins iron when ferritin is below 75 micrograms. Most people sleep well."
)
TWO = (
    "Whenever ferritin sits beneath 75 micrograms Dr. Blackwood initiates iron pills. "
    "Marian Oakes left bed at 2 a.m. for ages. It is doubly as widespread amid ladies as amid gentlemen. Buy now!"
)


def words(row: Row) -> tuple[str, str]:
    """Both sides as text."""
    return "".join(bit.text for bit in row.left), "".join(bit.text for bit in row.right)


def test_sentences_find_their_partner_wherever_it_stands() -> None:
    """In the order of the left text; the moved one is marked as such; what has no partner stands alone."""
    rows = [(left[:6], right[:6], row.moved, row.kind) for row in aligned(ONE, TWO) for left, right in (words(row),)]
    assert rows == [
        ("Marian", "Marian", False, "changed"),
        ("It is ", "It is ", False, "changed"),
        ("", "Buy no", False, "alone"),
        ("Dr. Bl", "Whenev", True, "changed"),
        ("Most p", "", False, "alone"),
    ]


def test_the_changed_words_are_marked() -> None:
    """Swapped words with the space between them as one, equal words not, whatever their case."""
    left, right = compared("The kidney failing is bad.", "the kidney disappointment was bad.")
    assert [bit.text for bit in left if bit.changed] == ["failing is"]
    assert [bit.text for bit in right if bit.changed] == ["disappointment was"]


@given(st.text(max_size=400), st.text(max_size=400))
def test_nothing_is_lost_or_made_up(left: str, right: str) -> None:
    """Every sentence of both texts stands in one row, whole; those of the left text in their order."""
    rows = [words(row) for row in aligned(left, right)]
    assert [ours for ours, _ in rows if ours] == sentences(left)
    assert sorted(theirs for _, theirs in rows if theirs) == sorted(sentences(right))
