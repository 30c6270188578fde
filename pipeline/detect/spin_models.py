"""The models that judge whether text is spun: loaded once, on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from pipeline import model_store, trees
from pipeline.detect import associations, embeddings, thesaurus
from pipeline.detect.associations import Associations, Floats
from pipeline.detect.document_features import DOCUMENT_FEATURES
from pipeline.detect.embeddings import Embeddings
from pipeline.detect.replacements import COLUMNS
from pipeline.detect.thesaurus import Thesaurus
from pipeline.detect.word_features import FEATURES
from pipeline.trees import Trees

NAME = "spin-words"
ALL_FEATURES = [*COLUMNS, *FEATURES, *DOCUMENT_FEATURES]


@dataclass(frozen=True)
class Logistic:
    """A logistic model over standardised features."""

    means: Floats
    scales: Floats
    weights: Floats
    intercept: float

    def log_odds(self, row: Floats) -> float:
        """Log-odds of one row of features: a missing one (nan) says nothing, none pulls beyond four deviations."""
        return float(np.nan_to_num(np.clip((row - self.means) / self.scales, -4, 4)) @ self.weights + self.intercept)


@dataclass(frozen=True)
class Judge:
    """What is trained on marked text: the ranker of replacements, the odd-word trees, the document model."""

    ranker: Floats
    """Weights of replacements.COLUMNS, then the intercept."""
    words: Trees
    document: Logistic
    strength: Floats
    """Log-odds that a word was substituted: weights of the log-odds of word and document, then the intercept."""

    def arrays(self) -> dict[str, Any]:
        """The arrays to store."""
        return {
            "ranker": self.ranker,
            "strength": self.strength,
            "document_means": self.document.means,
            "document_scales": self.document.scales,
            "document_weights": self.document.weights,
            "document_intercept": np.float64(self.document.intercept),
            **self.words.arrays("words_"),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, Any]) -> Judge:
        """A judge from stored arrays."""
        document = Logistic(
            arrays["document_means"],
            arrays["document_scales"],
            arrays["document_weights"],
            float(arrays["document_intercept"]),
        )
        return cls(arrays["ranker"], trees.from_arrays(arrays, "words_"), document, arrays["strength"])


@dataclass(frozen=True)
class SpinModels:
    """Tables and judge together."""

    table: Associations
    vectors: Embeddings
    thesaurus: Thesaurus
    judge: Judge


@cache
def tables() -> tuple[Associations, Embeddings, Thesaurus]:
    """The shipped association table with the words that only the thesaurus knows, word vectors and thesaurus.

    Raises ModelError.
    """
    known = thesaurus.load()
    return associations.load().with_words(known.extra), embeddings.load(), known


@cache
def load() -> SpinModels:
    """The shipped models. Raises ModelError."""
    return SpinModels(*tables(), Judge.from_arrays(model_store.load(NAME, ALL_FEATURES).arrays))


def versions() -> dict[str, str]:
    """Name → version of the models used, without loading them. Raises ModelError."""
    return {
        name: model_store.folder_of(name).name for name in (associations.NAME, embeddings.NAME, thesaurus.NAME, NAME)
    }
