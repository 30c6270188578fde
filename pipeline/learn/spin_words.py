"""Trains the odd-word model: the ranker of replacements and the boosted trees over word features.

Used by `crossval` fold by fold and by `spin_models`, which ships the result. Features are counted in `detect`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from pipeline.detect.associations import Associations, Floats
from pipeline.detect.company import Company
from pipeline.detect.embeddings import Embeddings
from pipeline.detect.matchers import normalise
from pipeline.detect.thesaurus import Thesaurus
from pipeline.detect.word_features import FEATURES, WordFeatures
from pipeline.learn.boosting import export
from pipeline.learn.gold import Span
from pipeline.learn.spin_corpus import Sample, core
from pipeline.trees import Trees

SHAPE: dict[str, Any] = {
    "learning_rate": 0.12,
    "max_iter": 80,
    "max_leaf_nodes": 16,
    "max_depth": 5,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
}
FIRST_RANKER = np.array([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 1.0, 0.2, 1.0, -4.0], dtype=np.float32)
"""A ranker to begin with, so that features can be counted before one is trained."""
WEIGHTS = {"gold": 1.0}
"""Weight of a word by where its text comes from; other texts do not teach the word model. Our own spins and the real
negatives were tried and lost (card of models/spin-words)."""
KEPT = 0.35
"""Share of the unmarked words that trees are trained on, each standing for 1 / KEPT: there are twenty to one."""
SEED = 3


@dataclass
class Example:
    """A sample with its words' features under some ranker, and the labels of its words."""

    sample: Sample
    features: WordFeatures
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def of(cls, sample: Sample, table: Associations, vectors: Embeddings, thesaurus: Thesaurus) -> Example:
        """Count the features of `sample`."""
        company = Company.of(table, vectors, sample.text, normalise(sample.text))
        spans = [core(sample.text, span) for span in sample.spans]
        return cls(sample, WordFeatures.of(company, thesaurus, FIRST_RANKER), spans)

    def under(self, ranker: Floats) -> Example:
        """The same with another ranker."""
        return replace(self, features=replace(self.features, ranker=ranker))

    @cached_property
    def inside(self) -> NDArray[np.int64]:
        """For each token the number of the span that it is in; -1 for none."""
        spans = self.features.company.spans
        made = np.full(len(spans), -1, dtype=np.int64)
        starts = np.array([start for start, _ in spans])
        ends = np.array([end for _, end in spans])
        for number, span in enumerate(self.spans):
            made[(starts < span.end) & (ends > span.start)] = number
        return made

    @cached_property
    def labels(self) -> NDArray[np.bool_]:
        """For each row of the matrix whether the word was substituted."""
        return self.inside[self.features.words] >= 0

    @property
    def matrix(self) -> Floats:
        """(words, FEATURES)."""
        return self.features.matrix

    def replacements(self) -> tuple[Floats, NDArray[np.bool_]]:
        """COLUMNS of the replacements of substituted single words, and which of them are the original."""
        single, company = self.features.single, self.features.company
        size = np.bincount(self.inside[self.inside >= 0], minlength=len(self.spans)) if self.spans else np.zeros(0)
        number = self.inside[single.places]
        asked = np.flatnonzero(number >= 0)
        asked = asked[size[number[asked]] == 1]
        originals = company.table.encode([normalise(span.original) for span in self.spans])
        return single.columns[asked], single.ids[asked] == originals[number[asked]]


def fit_ranker(examples: Sequence[Example]) -> Floats:
    """Logistic regression: is this replacement of a substituted word the original?"""
    examples = [example for example in teaching(examples) if example.sample.spun]
    parts = [example.replacements() for example in examples]
    x, y = np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts])
    weight = np.concatenate(
        [np.full(len(y), WEIGHTS[e.sample.origin]) for e, (_, y) in zip(examples, parts, strict=True)]
    )
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x, y, sample_weight=weight)
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def teaching(examples: Sequence[Example]) -> list[Example]:
    """Those that teach the word model."""
    return [example for example in examples if example.sample.origin in WEIGHTS]


def fit_trees(examples: Sequence[Example]) -> Trees:
    """Boosted trees over the words of examples that are under one ranker."""
    rng = np.random.default_rng(SEED)
    x, y, weights = [], [], []
    for example in teaching(examples):
        labels = example.labels
        rows = labels | (rng.random(len(labels)) < KEPT)
        x.append(example.features.matrix[rows])
        y.append(labels[rows])
        weights.append(WEIGHTS[example.sample.origin] * np.where(labels[rows], 1.0, 1.0 / KEPT))
    model = HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **SHAPE)
    model.fit(np.concatenate(x), np.concatenate(y), sample_weight=np.concatenate(weights))
    return export(model, len(FEATURES))
