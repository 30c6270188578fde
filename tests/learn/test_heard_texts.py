"""Marked texts as the probe hears them, by a random language model."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from pipeline.detect.discriminator.probe import RUN, SCORES
from pipeline.learn.gold import Span
from pipeline.learn.heard_texts import FEWEST, LATEST, Heard, listen, runs
from pipeline.learn.replaced_tokens import Marked
from tests.detect.language_model.conftest import SHAPE, runtimes, tokeniser

__all__ = ["runtimes", "tokeniser"]
TEXT = "the substance abats a bat, the\n\nsubstances the bat"


def test_marks_are_the_tokens_of_spans(runtimes: dict[str, Any], tokeniser: Any) -> None:
    """A token is marked that begins in a span, whatever white space stands before it; the states are those read."""
    spans = (Span(4, 13, "drug"), Span(TEXT.index("bat,"), TEXT.index("bat,") + 3, "dog"))
    heard = listen(runtimes["float32"], Marked(TEXT, spans))
    places = tokeniser.encode(TEXT)[1].tolist()
    marked = [TEXT[a:b].strip() for (a, b), mark in zip(places, heard.marks.tolist(), strict=True) if mark]
    assert "".join(marked) == "substancebat"
    assert heard.states.shape == (len(places), (len(SHAPE.taps) + 2) * SHAPE.width + 2 * SCORES)
    assert np.isfinite(heard.states).all()


def test_an_honest_text_has_no_mark(runtimes: dict[str, Any]) -> None:
    """Nothing was put there."""
    assert not listen(runtimes["float32"], Marked(TEXT, ())).marks.any()


def test_runs_cover_a_text() -> None:
    """Each token is in one run but those before the first and a rest that is too short."""
    count = 3 * RUN + FEWEST - 1
    text = Heard(np.arange(count, dtype=np.float16)[:, None], np.zeros(count, dtype=np.bool_))
    for seed in range(5):
        made = sorted(runs([text], random.Random(seed)), key=lambda run: float(run.states[0, 0]))
        whole = np.concatenate([run.states[:, 0] for run in made])
        assert whole[0] < LATEST
        assert (np.diff(whole) == 1).all()
        assert count - 1 - whole[-1] < FEWEST
        assert all(FEWEST <= len(run.marks) <= RUN for run in made)
    assert runs([Heard(text.states[: FEWEST - 1], text.marks[: FEWEST - 1])], random.Random(0)) == []
