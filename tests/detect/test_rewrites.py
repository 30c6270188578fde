"""Rewrites of phrases: swaps, words that were added, phrases for words."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.detect.indefinite import indefinite
from pipeline.detect.rewrites import ADDED, WHOLE, likely, reach, rewrites


def best(words: str, odd: list[float], *options: dict[str, float]) -> list[str]:
    """The rewrites of a phrase, best first."""
    made = rewrites(words.split(), np.array(odd, dtype=np.float32), options)
    return sorted(made, key=lambda text: -made[text])


def test_likely_is_a_softmax_best_first() -> None:
    """Of the chooser's scores."""
    made = likely({"poor": 1.0, "good": 2.0})
    assert list(made) == ["good", "poor"]
    assert math.exp(made["good"]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert likely({}) == {}


def test_both_words_are_swapped_when_both_are_odd() -> None:
    """And one alone where the other is at home."""
    expecting, females = likely({"pregnant": 3.0, "waiting": 0.0}), likely({"women": 3.0, "mothers": 2.5})
    assert best("expecting females", [0.9, 0.9], expecting, females)[0] == "pregnant women"
    assert best("expecting females", [0.9, 0.1], expecting, females)[0] == "pregnant females"


def test_a_phrase_may_stand_for_a_word() -> None:
    """With the probability of the word that is sought in the place of its first."""
    made = rewrites(["anterior", "to"], np.array([0.9, 0.0]), [likely({"before": 1.0}), {}])
    assert made["before"] == pytest.approx(math.log(WHOLE))
    assert "anterior to" not in made


def test_added_words_are_left_out() -> None:
    """Before the word, and after it where "and" or "or" binds both."""
    made = rewrites(["physical", "body"], np.array([0.5, 0.5]), [likely({"body": 1.0}), likely({"health": 1.0})])
    assert made["body"] == pytest.approx(math.log(ADDED))
    words = ["change", "and", "alteration"]
    assert "change" in best(" ".join(words), [0.1, 0.0, 0.9], {}, {}, likely({"change": 1.0}))


def test_the_phrase_reaches_to_the_word_that_is_repeated() -> None:
    """Beside the odd word, or beyond "and"; not over other words nor beyond the bounds."""
    words = ["the", "stress", "and", "anxiety", "of", "a", "physical", "body", "that", "ails"]
    assert reach(words, 1, 1, likely({"anxiety": 1.0}), 0, 9) == (1, 3)
    assert reach(words, 3, 3, likely({"stress": 1.0}), 0, 9) == (1, 3)
    assert reach(words, 3, 3, likely({"stress": 1.0}), 2, 9) == (3, 3)
    assert reach(words, 6, 6, likely({"body": 1.0}), 0, 9) == (6, 7)
    assert reach(words, 6, 6, likely({"that": 1.0}), 0, 9) == (6, 6)
    assert reach(words, 6, 6, likely({"body": 1.0}), 0, 6) == (6, 6)


@pytest.mark.parametrize(
    ("word", "article"), [("hour", "an"), ("unit", "a"), ("step", "a"), ("action", "an"), ("one", "a")]
)
def test_the_article_goes_by_the_sound(word: str, article: str) -> None:
    """Of the word's beginning."""
    assert indefinite(word) == article
