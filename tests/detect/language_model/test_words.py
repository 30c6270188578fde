"""Scores of words and substitutes, in the random model and in hostile text."""

from __future__ import annotations

import re
from dataclasses import replace
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from pipeline.detect import language_model
from pipeline.detect.language_model import runtime, words
from pipeline.detect.language_model.runtime import BEGIN
from tests.detect.language_model.conftest import naive

TEXT = "the substance, a tance subs the “é” bat. A the\n\nsub tancé the the 12 at"
WORD = re.compile(r"\w+")
SPANS = [match.span() for match in WORD.finditer(TEXT)]


def log_p(tokeniser: Any, text: str) -> tuple[Any, Any]:
    """The twin's log-probability of each token of `text`, and the tokens' spans."""
    ids, spans = tokeniser.encode(text)
    scores = naive(np.concatenate([[BEGIN], ids]))
    return scores[np.arange(len(ids)), ids], spans


def test_words_and_tokens_align(runtimes: dict[str, Any], tokeniser: Any) -> None:
    """A word's surprisal is that of all tokens that begin in it, whatever stands around it."""
    scores = words.read(runtimes["float32"], TEXT, SPANS)
    each, places = log_p(tokeniser, TEXT)
    for number, (start, end) in enumerate(SPANS):
        inside = [n for n, (a, b) in enumerate(places.tolist()) if a < end and TEXT[max(a, start) : b].strip()]
        assert scores.tokens[number] == len(inside)
        assert scores.surprisal[number] == pytest.approx(-each[inside].sum(), abs=2e-3)
        if inside[-1] + 1 < len(each):
            assert scores.following[number] == pytest.approx(-each[inside[-1] + 1], abs=2e-3)


class Counting:
    """A listener that says of each token its number."""

    heard = 0

    def hear(self, chunk: runtime.Chunk, scores: runtime.Scores) -> None:
        """Count its tokens."""
        assert len(chunk.tapped) == len(scores.rank)
        self.heard += len(chunk.tapped)

    def log_odds(self) -> Any:
        """The numbers."""
        return np.arange(self.heard, dtype=np.float32)


def test_a_listener_speaks_of_words(runtimes: dict[str, Any], tokeniser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It follows every chunk, and a word has the highest of what it said of the word's tokens; without it, nan."""
    monkeypatch.setattr(runtime, "CHUNK", 7)
    scores = words.read(replace(runtimes["float32"], listener=Counting), TEXT, SPANS)
    places = tokeniser.encode(TEXT)[1].tolist()
    last = [max(n for n, (a, b) in enumerate(places) if a < end and TEXT[a:b].strip()) + 1 for _, end in SPANS]
    assert scores.replaced.tolist() == last
    assert np.isnan(words.read(runtimes["float32"], TEXT, SPANS).replaced).all()


@pytest.mark.parametrize("chunk", [256, 7])
def test_gain(runtimes: dict[str, Any], tokeniser: Any, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """A substitute's gain is what reading the text anew with it would give, to the `RIGHT` tokens after it."""
    monkeypatch.setattr(runtime, "CHUNK", chunk)
    monkeypatch.setattr(words, "PROMISING", -99.0)
    for number in (1, 3, 5, 9, len(SPANS) - 1):
        start, end = SPANS[number]
        options = ["bs", "substances"]
        scores = words.read(
            runtimes["float32"], TEXT, SPANS, [options if n == number else [] for n in range(len(SPANS))]
        )
        totals = []
        first = int(np.searchsorted(tokeniser.encode(TEXT)[1][:, 1], start, side="right"))
        for word in (TEXT[start:end], *options):
            each, places = log_p(tokeniser, TEXT[:start] + word + TEXT[end:])
            after = int(np.searchsorted(places[:, 0], start + len(word)))
            totals.append(each[first : after + words.RIGHT].sum())
        assert scores.gain[number] == pytest.approx(max(totals[1:]) - totals[0], abs=5e-3)
        assert scores.best[number] == int(np.argmax(totals[1:]))


def test_nothing_to_read(runtimes: dict[str, Any]) -> None:
    """No text and no words give no scores, and no error."""
    assert len(words.read(runtimes["int8"], "", []).surprisal) == 0
    assert np.isnan(words.read(runtimes["int8"], "a b", [(0, 1), (2, 3)], [["c"], []]).gain[1])


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "👩‍⚕️" * 2_000,
        "e" + "\u0301" * 20_000,
        "\x00 \x01" * 5_000,
        "\ud800 a" * 50,
        " \n" * 20_000,
        "1 " * 50_000,
    ],
    ids=["no spaces", "emoji", "combining marks", "control characters", "lone surrogates", "white space", "digits"],
)
def test_hostile_text_is_bounded(runtimes: dict[str, Any], text: str) -> None:
    """Whatever the text, no more than `most_tokens` are read, in bounded time, and the rest has no scores."""
    spans = [match.span() for match in re.finditer(r"\S{1,40}", text)][:20_000]
    begun = perf_counter()
    scores = words.read(runtimes["int8"], text, spans, [["the"]] * len(spans), most_tokens=1_000)
    assert perf_counter() - begun < 20
    assert len(scores.surprisal) == len(spans)
    assert np.isfinite(scores.surprisal[~np.isnan(scores.surprisal)]).all()


@pytest.mark.skipif(bool(language_model.missing()), reason=f"the fetched model is not here: {language_model.missing()}")
def test_fetched_model_finds_the_original() -> None:
    """The fetched model prefers "substance abuse" to "compound abuse", and leaves "blood pressure" alone."""
    text = "A history of compound abuse rules the treatment out. The nurse will check your blood pressure again."
    spans = [match.span() for match in WORD.finditer(text)]
    options = {"compound": ["mixture", "substance"], "pressure": ["force", "compulsion"]}
    scores = words.read(language_model.load(1), text, spans, [options.get(text[a:b], []) for a, b in spans])
    found = {text[a:b]: n for n, (a, b) in enumerate(spans)}
    assert scores.best[found["compound"]] == 1
    assert scores.gain[found["compound"]] > 5
    assert not scores.gain[found["pressure"]] > 0
