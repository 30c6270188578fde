"""Our own spinners: marks point at what was put in, and taking the originals gives the text back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.learn.gold import Span
from pipeline.learn.spin_corpus import core
from pipeline.learn.spinners import Lexis, Spun, engines, spin

TEXT = (
    "Kidney stones are hard deposits that form in the kidney. They cause severe pain when they pass, and many people"
    " need help to deal with it. According to the National Institute of Mental Health, most of the patients get better."
)
ENGINES = engines(Lexis.shipped())


def restored(spun: Spun) -> str:
    """The text with the originals put back."""
    text, at = "", 0
    for span in spun.spans:
        text += spun.text[at : span.start] + span.original
        at = span.end
    return text + spun.text[at:]


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_an_engine_marks_what_it_does(name: str) -> None:
    """Every engine changes this text, within its strength, and its marks give the text back."""
    spun = spin(ENGINES[name], TEXT, 0.1, random.Random(2))
    assert 1 <= len(spun.spans) <= 5
    assert spun.text != TEXT
    assert restored(spun) == TEXT


@given(text=st.text(max_size=200), seed=st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_no_text_breaks_an_engine(text: str, seed: int) -> None:
    """Whatever stands there, marks give it back."""
    for engine in ENGINES.values():
        assert restored(spin(engine, text, 0.2, random.Random(seed))) == text


def test_core_leaves_out_what_did_not_change() -> None:
    """Words that used and original share at either end are not part of the substitution."""
    text = "An auto racing heart"
    assert core(text, Span(0, 14, "A racing")) == Span(0, 7, "A")
    assert core("severe kidney pebbles", Span(0, 21, "severe kidney stones")) == Span(14, 21, "stones")
