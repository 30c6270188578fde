"""What flattening spoilt is undone, and a page with a block a line is left as it is."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repairs import LONG_LINE, repaired

PARAGRAPHS = [
    "A kidney stone forms when salts in the urine clump together, often because a person drinks too little water. "
    "The stone may stay in the kidney for years, and cause no pain until it moves into the narrow tube below it.",
    "Most stones pass on their own within a few weeks, and tablets help with the pain while they do. "
    "Larger ones are broken up by sound waves, or taken out through a thin tube, and few people need an operation.",
    "What to do",
    "Drinking two litres of water a day halves the chance that another stone will form, a trial found last year.",
    "- rest",
    "- drink",
]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    """A line goes on where the next word did not fit; blank lines part paragraphs."""
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert list(repaired(wrapped)) == PARAGRAPHS


def test_a_block_a_line_stays() -> None:
    """Long lines are blocks: nothing is joined."""
    assert list(repaired("\n".join(PARAGRAPHS))) == PARAGRAPHS


def test_whole_sentences_of_one_length_are_not_wrapped_text() -> None:
    """Lines that happen to be equally long, and end as sentences do, are blocks."""
    lines = ["Most stones pass on their own in weeks, and tablets help with the pain meanwhile."] * 8
    assert list(repaired("\n".join(lines))) == lines


def test_short_lines_are_not_taken_for_wrapped_text() -> None:
    """A poem, a menu, a list of links: no line of theirs is full."""
    lines = ["Home", "About us", "Knee pain at night: what helps and what does not, by our team", "Contact", "Log in"]
    assert list(repaired("\n".join(lines * 3))) == lines * 3


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Table of ContentsWhat is gout?", ["Table of Contents", "What is gout?"]),
        ("AdvertisementGout is common.", ["Advertisement", "Gout is common."]),
        ("Contents of the stomach", ["Contents of the stomach"]),
        ("McDonald and iPhone are words", ["McDonald and iPhone are words"]),
    ],
)
def test_glued_headings_part_where_that_is_safe(row: str, expected: list[str]) -> None:
    """Only known headings are cut off, and only before a capital: names have capitals inside them too."""
    assert list(repaired(row)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [("rest &amp; drink", "rest & drink"), ("it&#8217;s &nbsp; fine", "it’s fine"), ("A&E; R&D", "A&E; R&D")],
)
def test_left_over_references_are_read(row: str, expected: str) -> None:
    """Character references of HTML become the characters; other ampersands stay."""
    assert list(repaired(row)) == [expected]


def test_a_page_on_one_line_becomes_paragraphs() -> None:
    """Cut at ends of sentences, nothing lost but the space there."""
    row = " ".join(f"Sentence number {n} of this page says a little about gout." for n in range(60))
    assert len(row) > LONG_LINE
    found = list(repaired(row))
    assert len(found) > 5
    assert " ".join(found) == row
    assert all(line.endswith(".") for line in found)


@given(st.text(max_size=400))
def test_no_character_is_lost_or_made_up(content: str) -> None:
    """White space apart, and where there are no references to read, the lines are the page."""
    content = content.replace("&", "+")
    assert "".join("".join(repaired(content)).split()) == "".join(content.split())
