"""The models of the deeper tiers: as `spin_models`, trained on more features, with a chooser of originals.

The middle tier has the discriminator beside the counts, the deep one the language model and the probe on it too; where
they did not read, their features are missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import model_store
from pipeline.detect import discriminator, language_model, spin_models
from pipeline.detect.associations import Floats
from pipeline.detect.deep_document_features import DEEP_DOCUMENT_FEATURES
from pipeline.detect.deep_word_features import DEEP_FEATURES
from pipeline.detect.replacements import COLUMNS
from pipeline.detect.spin_models import Judge, SpinModels
from pipeline.detect.word_features import FEATURES

if TYPE_CHECKING:
    from pipeline.detect.language_model.runtime import Runtime

MIDDLE, DEEP = "middle-spin-words", "deep-spin-words"
ALL_FEATURES = [*COLUMNS, *FEATURES, *DEEP_FEATURES, *DEEP_DOCUMENT_FEATURES]


@dataclass(frozen=True)
class DeepJudge(Judge):
    """A judge over the features of all tiers."""

    chooser: Floats
    """Weights of deep_suggestions.CHOICE."""

    def arrays(self) -> dict[str, Any]:
        """The arrays to store."""
        return super().arrays() | {"chooser": self.chooser}

    @classmethod
    def from_arrays(cls, arrays: dict[str, Any]) -> DeepJudge:
        """A judge from stored arrays."""
        judge = Judge.from_arrays(arrays)
        return cls(judge.ranker, judge.words, judge.document, judge.strength, arrays["chooser"])


@dataclass(frozen=True)
class DeepModels(SpinModels):
    """The tables, and the judge."""

    judge: DeepJudge


@cache
def load(name: str) -> DeepModels:
    """The shipped models `name`, MIDDLE or DEEP. Raises ModelError."""
    return DeepModels(*spin_models.tables(), DeepJudge.from_arrays(model_store.load(name, ALL_FEATURES).arrays))


def versions(name: str) -> dict[str, str]:
    """Name → version of the models `name` and of the networks, without loading them. Raises ModelError."""
    networks = (discriminator.NAME, discriminator.CORRECTOR, *([discriminator.PROBE] if name == DEEP else []))
    return {each: model_store.folder_of(each).name for each in (name, *networks)}


def reader(threads: int = 0) -> Runtime:
    """The fetched language model with the shipped probe listening. Raises ModelError."""
    return replace(language_model.load(threads), listener=discriminator.load_probe(threads).listener)
