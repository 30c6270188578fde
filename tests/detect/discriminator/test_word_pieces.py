"""Word pieces: the longest first, and where their run begins."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect.discriminator.word_pieces import LONGEST, WordPieces
from tests.detect.discriminator.small import PIECES

PIECES_OF = WordPieces(PIECES)


def cut(text: str) -> list[str]:
    """The pieces of a text, written out."""
    return [PIECES[number] for number in PIECES_OF.encode(text, sys.maxsize)[0]]


def test_the_longest_pieces_come_first_from_the_left() -> None:
    """What is left of a word begins with ##."""
    assert cut("Substance, sub-a") == ["sub", "##stance", ",", "sub", "-", "a"]


def test_accents_and_capitals_are_left_out() -> None:
    """As in the vocabulary."""
    assert cut("É") == ["e"]
    assert cut("ÀB") == ["a", "##b"]


def test_what_cannot_be_cut_is_one_unknown_piece() -> None:
    """A run with a letter that no piece has, or one too long to be a word."""
    assert cut("a语b c") == ["[UNK]", "c"]
    assert cut("a" * (LONGEST + 1)) == ["[UNK]"]


def test_every_piece_says_where_its_run_begins() -> None:
    """In code points of the text."""
    ids, starts = PIECES_OF.encode("x  substance.", sys.maxsize)
    assert [(PIECES[number], start) for number, start in zip(ids, starts, strict=True)] == [
        ("x", 0),
        ("sub", 3),
        ("##stance", 3),
        (".", 12),
    ]


def test_no_more_pieces_than_asked_for() -> None:
    """A page of a million words costs what its beginning costs."""
    ids, starts = PIECES_OF.encode("a b " * 100_000, 50)
    assert len(ids) == len(starts) == 50


@given(st.text())
def test_any_text_is_cut(text: str) -> None:
    """Starts rise and lie inside the text."""
    ids, starts = PIECES_OF.encode(text, sys.maxsize)
    assert len(ids) == len(starts)
    assert (starts[1:] >= starts[:-1]).all()
    assert all(0 <= start < len(text) for start in starts)
