"""An article read by a deeper tier: as `spin_reading`, with the features of the networks beside the counted ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipeline.detect.associations import Floats
from pipeline.detect.company import Company
from pipeline.detect.deep_document_features import deep_document_features
from pipeline.detect.deep_models import DeepModels
from pipeline.detect.deep_suggestions import chosen
from pipeline.detect.deep_word_features import DeepWords
from pipeline.detect.discriminator.runtime import Discriminator
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.spin_reading import SpinReading
from pipeline.detect.word_features import WordFeatures


@dataclass(frozen=True)
class DeepReading(SpinReading):
    """The features of one text, and the verdicts of the middle or the deep models on them."""

    models: DeepModels
    deep: DeepWords = field(kw_only=True)

    @classmethod
    def by(
        cls, runtime: Runtime | None, discriminator: Discriminator, models: DeepModels, text: str, low: str
    ) -> DeepReading:
        """Read `text` (seconds a page; tenths of one without `runtime`); `low` is the text normalised."""
        company = Company.of(models.table, models.vectors, text, low)
        features = WordFeatures.of(company, models.thesaurus, models.judge.ranker)
        return cls(models, features, deep=DeepWords.of(company, models.thesaurus, runtime, discriminator))

    @cached_property
    def odd(self) -> Floats:
        """For each word the probability, by its company and the networks, that it was substituted."""
        matrix = word_matrix(self.features, self.deep)
        return self.models.judge.words.probability(matrix) if len(matrix) else np.zeros(0, dtype=np.float32)

    @cached_property
    def log_odds(self) -> float:
        """Log-odds that the text is spun."""
        return self.models.judge.document.log_odds(deep_document_features(self.features, self.deep, self.odd))

    @property
    def deep_words(self) -> int:
        """Words that the language model read."""
        return int((self.deep.scores.tokens[self.features.words] > 0).sum())

    def options(self, places: list[int]) -> dict[int, dict[str, float]]:
        """As the fast tier, of more neighbours and in the order of the chooser."""
        return chosen(self.features, self.deep, self.models.judge.chooser, places)


def word_matrix(features: WordFeatures, deep: DeepWords) -> Floats:
    """(words, FEATURES and DEEP_FEATURES)."""
    return np.concatenate([features.matrix, deep.matrix(features.company)], axis=1)
