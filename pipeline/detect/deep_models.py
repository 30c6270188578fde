"""The models of the deep tier: as `spin_models`, trained on the features of both tiers, with a chooser of originals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline import model_store
from pipeline.detect import spin_models
from pipeline.detect.associations import Floats
from pipeline.detect.deep_document_features import DEEP_DOCUMENT_FEATURES
from pipeline.detect.deep_word_features import DEEP_FEATURES
from pipeline.detect.language_model import store
from pipeline.detect.replacements import COLUMNS
from pipeline.detect.spin_models import Judge, SpinModels
from pipeline.detect.word_features import FEATURES

NAME = "deep-spin-words"
ALL_FEATURES = [*COLUMNS, *FEATURES, *DEEP_FEATURES, *DEEP_DOCUMENT_FEATURES]


@dataclass(frozen=True)
class DeepJudge(Judge):
    """A judge over the features of both tiers."""

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
    """The tables, and the judge over both tiers."""

    judge: DeepJudge


@cache
def load() -> DeepModels:
    """The shipped models. Raises ModelError."""
    return DeepModels(*spin_models.tables(), DeepJudge.from_arrays(model_store.load(NAME, ALL_FEATURES).arrays))


def versions() -> dict[str, str]:
    """Name → version of what the deep tier has beside the fast one, without loading it. Raises ModelError."""
    return {NAME: model_store.folder_of(NAME).name, store.NAME: store.VERSION}
