"""Runs of pieces: marks, and what stood where each marked word stands."""

from __future__ import annotations

import random

import pytest

from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn.gold import Span
from pipeline.learn.piece_runs import FEWEST, RUN, UNTOLD, runs, words_before
from pipeline.learn.replaced_tokens import Marked

WORDS = [
    "the",
    "good",
    "sign",
    "##s",
    "indicator",
    "of",
    "great",
    "evening",
    "night",
    "sleep",
    "before",
    "anterior",
    "to",
]
PIECES = WordPieces(["[UNK]", "[CLS]", "[SEP]", *WORDS])


def name(number: int) -> str:
    """The piece of a number; "" where it is not told."""
    return "" if number == UNTOLD else list(PIECES.ids)[number]


def test_the_first_piece_of_a_swapped_word_is_told_what_stood_there() -> None:
    """Every piece of it is marked; elsewhere a piece that is told is its own original."""
    text = "the indicators of " + "good sleep " * 20
    [run] = runs(iter([Marked(text, (Span(4, 14, "signs"),))]), PIECES, random.Random(1))
    assert [name(number) for number in run.ids[:4]] == ["the", "indicator", "##s", "of"]
    assert [name(number) for number in run.originals[1:3]] == ["sign", ""]
    assert [at for at, marked in enumerate(run.marks) if marked] == [1, 2]
    others = [(a, b) for a, b in zip(run.ids[3:], run.originals[3:], strict=True) if b != UNTOLD]
    assert all(own == told for own, told in others)


@pytest.mark.parametrize(
    ("used", "original", "expected"),
    [
        ("great evening", "good night", [(4, "good"), (10, "night")]),
        ("anterior to", "before", [(4, "before")]),
        ("sign", "", []),
    ],
)
def test_words_are_paired_where_there_are_as_many(used: str, original: str, expected: list[tuple[int, str]]) -> None:
    """Else the first of the phrase is told the first of what it replaced."""
    text = f"the {used} of sleep"
    assert words_before(text, Span(4, 4 + len(used), original)) == expected


def test_short_ends_are_not_read() -> None:
    """And no run is longer than it may be."""
    text = "sleep " * (2 * RUN + FEWEST - 1 + 50)
    found = list(runs(iter([Marked(text, ())]), PIECES, random.Random(2)))
    assert len(found) >= 2
    assert all(FEWEST <= len(run.ids) <= RUN for run in found)
    assert not list(runs(iter([Marked("sleep " * (FEWEST - 1), ())]), PIECES, random.Random(2)))
