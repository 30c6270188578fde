"""Sentence splitting."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect.sentences import sentences


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith gave 2.5 mg. of it.",
        "Fruit, e.g. Apples, helps.",
        "It was shown by J. Prather et al. In mice.",
        "The U.S. Centers say so.",
        "It costs approx. 5 pounds.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    """A point after an abbreviation, an initial or inside a number is not the end."""
    if "mg." in sentence:
        assert split(sentence) == [sentence]
    else:
        assert split(f"{sentence} Then more.") == [sentence, "Then more."]


def test_the_number_of_an_item_stays_with_it() -> None:
    """A list's number is no sentence."""
    assert split("1. Epilepsy Action, 2023. Third edition.") == ["1. Epilepsy Action, 2023.", "Third edition."]


def test_quotes_brackets_and_references_stay_with_their_sentence() -> None:
    """Closing quotes, brackets and a reference number belong to the sentence that they close."""
    assert split('"It hurts." She left. (He too.) It helps [4]. And more.[5] End') == [
        '"It hurts."', "She left.", "(He too.)", "It helps [4].", "And more.[5]", "End",
    ]  # fmt: skip


@given(st.text(alphabet="aB.!? \"'()[1]…", max_size=80))
def test_nothing_is_lost(text: str) -> None:
    """Sentences are in order, do not overlap, and together hold every character but white space."""
    spans = list(sentences(text, 0, len(text)))
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")
