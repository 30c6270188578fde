"""The tokeniser: byte-level BPE with spans."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect import language_model
from pipeline.detect.language_model.tokeniser import LONGEST, Tokeniser
from tests.detect.language_model.conftest import MERGES, tokens

TOKENISER = Tokeniser(tokens(), MERGES)


def pieces(text: str) -> list[str]:
    """The characters that each token covers."""
    _, spans = TOKENISER.encode(text)
    return [text[start:end] for start, end in spans.tolist()]


@given(st.text(max_size=80))
def test_round_trip(text: str) -> None:
    """Decoding gives the text back, and spans cover it in order, whatever the text is."""
    ids, spans = TOKENISER.encode(text)
    assert TOKENISER.decode(ids.tolist()) == text.encode("utf-8", "surrogatepass").decode(errors="replace")
    assert all(0 <= start < end <= len(text) for start, end in spans.tolist())
    assert sorted(spans.tolist()) == spans.tolist()
    assert {at for start, end in spans.tolist() for at in range(start, end)} == set(range(len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the substance", ["t", "he", " ", "su", "bs", "tance"]),
        (" the a", [" the", " a"]),
        ("the  the", ["t", "he", " ", " the"]),
        ("10 a", ["1", "0", " a"]),
        ("a 10", ["a", " ", "1", "0"]),
    ],
)
def test_merges(text: str, expected: list[str]) -> None:
    """Merges apply in their order inside a run; digits stand alone; a run takes the space before it."""
    assert pieces(text) == expected


def test_no_spaces_is_bounded() -> None:
    """A megabyte without a space costs what a megabyte with spaces does, and `most` stops it early."""
    begun = perf_counter()
    ids, _ = TOKENISER.encode("a" * 1_000_000, most=8_000)
    assert 8_000 <= len(ids) <= 8_000 + LONGEST
    assert perf_counter() - begun < 10


@pytest.mark.skipif(bool(language_model.missing()), reason=f"the fetched model is not here: {language_model.missing()}")
@pytest.mark.parametrize(
    ("text", "expected"),
    [("substance abuse", [28936, 524, 5648]), ("H₂O, 3.5 mg", [56, 44059, 63, 28, 216, 35, 30, 37, 9209])],
)
def test_fetched_vocabulary(text: str, expected: list[int]) -> None:
    """The fetched vocabulary cuts text as the model's own tokeniser does (ids taken from the `tokenizers` library)."""
    ids, _ = language_model.load(1).tokeniser.encode(text)
    assert ids.tolist() == expected
