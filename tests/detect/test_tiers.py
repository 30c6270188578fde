"""Which tier reads: what automatic depth decides, and what is said where the language model is not there.

No language model is needed here: the readings are stand-ins with a given probability.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from pipeline.detect import Detectors, language_model, registry, spin_models, tiers
from pipeline.detect.matchers import Matcher
from pipeline.detect.reading import Reading
from pipeline.detect.spin_reading import SpinReading
from pipeline.detect.tiers import CLEAR, DOUBTFUL, UNDECIDED, WINDOW, Tiers, read
from pipeline.errors import ModelError
from pipeline.settings import Settings
from tests.detect.articles import article

PAGE = "The nurse will check your blood pressure again and write it down. " * 60


@dataclass(frozen=True)
class Said(SpinReading):
    """A reading that says what it is told."""

    said: float = field(kw_only=True)

    @property
    def probability(self) -> float:
        """What it was told."""
        return self.said


@dataclass(frozen=True)
class Stub(Tiers):
    """Tiers whose language model says `window` of a part of a page and `page` of the whole; notes what it read."""

    window: float = field(kw_only=True)
    page: float = field(kw_only=True)
    asked: list[str] = field(kw_only=True, default_factory=list)

    def deeply(self, text: str, low: str) -> SpinReading:  # noqa: ARG002
        """Say it."""
        self.asked.append(text)
        return Said(cast(Any, None), cast(Any, None), said=self.page if text == PAGE else self.window)


def stub(monkeypatch: pytest.MonkeyPatch, fast: float, window: float = 0.0, whole: bool = False) -> Stub:
    """Tiers whose fast models say `fast`."""
    monkeypatch.setattr(tiers, "whole_or_window", lambda *_: Said(cast(Any, None), cast(Any, None), said=fast))
    return Stub(cast(Any, None), cast(Any, None), whole, window=window, page=0.9)


def test_what_the_fast_tier_decides_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is plainly not spun costs no language model."""
    made = stub(monkeypatch, fast=UNDECIDED / 2)
    assert made.read(PAGE, PAGE.lower()).probability == UNDECIDED / 2
    assert made.asked == []


def test_a_clear_window_speaks_for_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an undecided page the middle is read; its spans count from where it stands."""
    made = stub(monkeypatch, fast=0.5, window=CLEAR / 2)
    seen = made.read(PAGE, PAGE.lower())
    assert len(made.asked) == 1
    assert WINDOW - 40 < len(made.asked[0]) <= WINDOW
    assert PAGE[seen.offset :].startswith(made.asked[0])
    assert seen.probability == CLEAR / 2


def test_a_page_taken_for_spun_is_read_whole_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window would only be read twice."""
    made = stub(monkeypatch, fast=DOUBTFUL, window=0.0)
    assert made.read(PAGE, PAGE.lower()).probability == 0.9
    assert made.asked == [PAGE]


@pytest.mark.parametrize("fast", [UNDECIDED, DOUBTFUL - 0.01])
def test_a_doubtful_window_has_the_whole_page_read(monkeypatch: pytest.MonkeyPatch, fast: float) -> None:
    """The whole page is read where the window leaves doubt, and its evidence shown."""
    made = stub(monkeypatch, fast=fast, window=CLEAR)
    assert made.read(PAGE, PAGE.lower()).probability == 0.9
    assert [len(text) == len(PAGE) for text in made.asked] == [False, True]


def test_a_short_page_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page no longer than the window has none."""
    made = stub(monkeypatch, fast=0.5)
    short = PAGE[:WINDOW]
    made.read(short, short.lower())
    assert made.asked == [short]


def test_deep_reads_every_page_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth deep does not ask the fast tier."""
    made = stub(monkeypatch, fast=0.0, whole=True)
    made.read(PAGE, PAGE.lower())
    assert made.asked == [PAGE]


def test_detectors_share_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both rules of one article cost one reading, under tiers as under models."""
    made = stub(monkeypatch, fast=0.5, window=0.9)
    reading = Reading(article(PAGE), Matcher(()))
    assert read(reading, made) is read(reading, made)
    assert read(reading, None) is not read(reading, made)


@pytest.fixture
def nothing_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language model here."""
    monkeypatch.setattr(language_model, "missing", lambda: "the model is not here (`unspun models fetch deep`)")


@pytest.mark.usefixtures("nothing_fetched")
def test_deep_without_the_model_is_an_error_at_set_up() -> None:
    """The error names the command that fetches the model."""
    with pytest.raises(ModelError, match="unspun models fetch deep"):
        Detectors(depth="deep")


@pytest.mark.usefixtures("nothing_fetched")
def test_auto_without_the_model_is_the_fast_tier() -> None:
    """The same rules on the same models, and no deep model among the versions."""
    assert Detectors(depth="auto").tiers is None
    assert Detectors(depth="auto").models == Detectors().models


def test_fast_is_the_default_and_never_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in a cache changes no verdict unless the settings say so."""
    monkeypatch.setattr(language_model, "missing", lambda: pytest.fail("asked"))
    assert Settings().depth == "fast"
    assert Detectors().tiers is None


def test_without_rules_that_read_for_spun_text_no_model_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A depth costs nothing where nobody asks."""
    monkeypatch.setattr(language_model, "missing", lambda: pytest.fail("asked"))
    asking = [rule.name for detector in registry.detectors() if hasattr(detector, "using") for rule in detector.rules]
    assert len(asking) > 1
    assert Detectors(disable=asking, depth="deep").tiers is None


def test_a_missing_feature_says_nothing() -> None:
    """nan counts as the mean of a feature, not as zero."""
    model = spin_models.Logistic(
        np.array([5.0, 1.0], np.float32), np.ones(2, np.float32), np.array([1.0, 1.0], np.float32), 0.5
    )
    assert model.log_odds(np.array([np.nan, 2.0], np.float32)) == model.log_odds(np.array([5.0, 2.0], np.float32))
