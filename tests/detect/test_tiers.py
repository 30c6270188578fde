"""Which tier reads: what automatic depth decides, and what is said where the language model is not there.

No language model is needed here: the readings are stand-ins with a given probability.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from pipeline.detect import Detectors, discriminator, language_model, registry, spin_models, tiers
from pipeline.detect.deep_models import DEEP, MIDDLE, DeepModels
from pipeline.detect.matchers import Matcher
from pipeline.detect.reading import Reading
from pipeline.detect.spin_reading import SpinReading
from pipeline.detect.tiers import DOUBTFUL, UNDECIDED, Tiers, read
from pipeline.errors import ModelError
from pipeline.settings import Depth, Settings
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
    """Tiers whose discriminator says `near` and whose language model says `far`; notes who was asked."""

    near: float = field(kw_only=True)
    far: float = field(kw_only=True)
    asked: list[str] = field(kw_only=True, default_factory=list)

    def closely(self, text: str, low: str) -> SpinReading:  # noqa: ARG002
        """Say it."""
        self.asked.append("discriminator")
        return Said(cast(Any, None), cast(Any, None), said=self.near)

    def deeply(self, models: DeepModels, text: str, low: str) -> SpinReading:  # noqa: ARG002
        """Say it."""
        self.asked.append("language model")
        return Said(cast(Any, None), cast(Any, None), said=self.far)


def stub(
    monkeypatch: pytest.MonkeyPatch, fast: float, near: float = 0.0, first: Depth = "auto", there: bool = True
) -> Stub:
    """Tiers whose fast models say `fast`; `there` is whether there is a language model."""
    monkeypatch.setattr(tiers, "whole_or_window", lambda *_: Said(cast(Any, None), cast(Any, None), said=fast))
    deep = cast(DeepModels, object()) if there else None
    return Stub(cast(Any, None), cast(Any, None), deep, first, near=near, far=0.9)


def test_what_the_fast_tier_decides_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is plainly not spun costs no network."""
    made = stub(monkeypatch, fast=UNDECIDED / 2, near=0.9)
    assert made.read(PAGE, PAGE.lower()).probability == UNDECIDED / 2
    assert made.asked == []


def test_what_the_discriminator_clears_costs_no_language_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reading is the page's."""
    made = stub(monkeypatch, fast=UNDECIDED, near=DOUBTFUL / 2)
    assert made.read(PAGE, PAGE.lower()).probability == DOUBTFUL / 2
    assert made.asked == ["discriminator"]


def test_where_doubt_is_left_the_language_model_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """And its evidence is shown."""
    made = stub(monkeypatch, fast=0.5, near=DOUBTFUL)
    assert made.read(PAGE, PAGE.lower()).probability == 0.9
    assert made.asked == ["discriminator", "language model"]


def test_without_a_language_model_the_discriminator_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not fetched is not waited for."""
    made = stub(monkeypatch, fast=0.5, near=0.8, there=False)
    assert made.read(PAGE, PAGE.lower()).probability == 0.8


@pytest.mark.parametrize(("first", "asked"), [("middle", "discriminator"), ("deep", "language model")])
def test_a_depth_that_is_asked_for_reads_every_page(monkeypatch: pytest.MonkeyPatch, first: Depth, asked: str) -> None:
    """The fast tier has no say."""
    made = stub(monkeypatch, fast=0.0, near=0.8, first=first, there=first == "deep")
    made.read(PAGE, PAGE.lower())
    assert made.asked == [asked]


def test_detectors_share_one_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both rules of one article cost one reading, under tiers as under models."""
    made = stub(monkeypatch, fast=0.5, near=0.9)
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
def test_auto_without_the_language_model_has_the_discriminator() -> None:
    """What is shipped needs no fetching; the versions name what may be used."""
    made = Detectors(depth="auto")
    assert made.tiers
    assert made.tiers.deep is None
    assert MIDDLE in made.models
    assert DEEP not in made.models


@pytest.fixture
def no_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here to run a network with."""
    monkeypatch.setattr(discriminator, "missing", lambda: "the middle tier needs onnxruntime")


@pytest.mark.usefixtures("no_runtime")
def test_middle_without_its_runtime_is_an_error_at_set_up() -> None:
    """The error says what is missing."""
    with pytest.raises(ModelError, match="onnxruntime"):
        Detectors(depth="middle")


@pytest.mark.usefixtures("no_runtime")
def test_auto_without_a_runtime_is_the_fast_tier() -> None:
    """The same rules on the same models, and no other model among the versions."""
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
