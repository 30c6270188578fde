"""Trains a whole `Judge` from examples: ranker, odd-word trees, document model, strength.

The document model and the strength learn from word probabilities of trees that did not see the text (inner folds by
group), for the trees are surer of what they were trained on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from pipeline.detect.associations import Floats
from pipeline.detect.document_features import document_features
from pipeline.detect.spin_models import Judge, Logistic
from pipeline.learn.spin_corpus import Sample
from pipeline.learn.spin_words import Example, fit_ranker, fit_trees
from pipeline.trees import Trees

INNER = 3
DOCUMENT_WEIGHTS = {"gold": 1.0, "negative": 0.5}
"""Weight of a text by where it comes from."""
REGULARISATION = 0.3
"""Inverse strength of the document model's ridge: with so few spun pages it must not lean on any one feature."""


class Marked(Protocol):
    """An example of either tier: a text, and which of its words were substituted."""

    @property
    def sample(self) -> Sample:
        """The text and where it comes from."""

    @property
    def matrix(self) -> Floats:
        """(words, features)."""

    @property
    def labels(self) -> NDArray[np.bool_]:
        """For each word whether it was substituted."""


def fit(examples: Sequence[Example], salt: str = "") -> Judge:
    """A judge that has seen `examples` and nothing else. `salt` varies the inner folds."""
    ranker = fit_ranker(examples)
    ranked = [example.under(ranker) for example in examples]
    inner = np.array([part(example.sample.group, INNER, salt) for example in ranked])
    odd = odd_words(ranked, inner, fit_trees)
    rows = np.array([document_features(e.features, p) for e, p in zip(ranked, odd, strict=True)])
    document = fit_document(ranked, rows)
    held = held_out(ranked, rows, inner, fit_document)
    return Judge(ranker, fit_trees(ranked), document, fit_strength(ranked, odd, held))


def odd_words(
    examples: Sequence[Marked], inner: NDArray[np.int64], fit: Callable[[Sequence[Any]], Trees]
) -> list[Floats]:
    """For each text the probabilities of its words by trees, made by `fit`, that did not see it."""
    odd: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(examples)
    for fold in range(INNER):
        trees = fit([examples[i] for i in np.flatnonzero(inner != fold).tolist()])
        for i in np.flatnonzero(inner == fold).tolist():
            odd[i] = trees.probability(examples[i].matrix)
    return odd


def fit_document(examples: Sequence[Example], rows: NDArray[np.float32]) -> Logistic:
    """Ridge-penalised logistic regression: is this text spun?"""
    weight = np.array([DOCUMENT_WEIGHTS[e.sample.origin] for e in examples])
    spun = np.array([e.sample.spun for e in examples])
    means = np.average(rows, axis=0, weights=weight)
    scales = np.sqrt(np.average((rows - means) ** 2, axis=0, weights=weight)) + 1e-6
    x = np.clip((rows - means) / scales, -4, 4)
    model = LogisticRegression(C=REGULARISATION, max_iter=2000).fit(x, spun, sample_weight=weight)
    return Logistic(
        means.astype(np.float32),
        scales.astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]),
    )


def held_out(
    examples: Sequence[Marked],
    rows: NDArray[np.float32],
    inner: NDArray[np.int64],
    fit: Callable[[Sequence[Any], NDArray[np.float32]], Logistic],
) -> NDArray[np.float64]:
    """Log-odds of each text by a document model, made by `fit`, that did not see it."""
    made = np.zeros(len(examples))
    for fold in range(INNER):
        model = fit([e for e, own in zip(examples, inner, strict=True) if own != fold], rows[inner != fold])
        made[inner == fold] = [model.log_odds(row) for row in rows[inner == fold]]
    return made


def fit_strength(examples: Sequence[Marked], odd: Sequence[Floats], log_odds: NDArray[np.float64]) -> Floats:
    """Logistic regression of a gold or negative word's label on its own log-odds and the document's."""
    x, y = [], []
    for example, p, document in zip(examples, odd, log_odds, strict=True):
        if example.sample.origin in ("gold", "negative"):
            own = np.log(np.clip(p, 1e-4, 1 - 1e-4) / np.clip(1 - p, 1e-4, 1))
            x.append(np.column_stack([own, np.full(len(own), np.clip(document, -6, 6))]))
            y.append(example.labels)
    model = LogisticRegression(C=10.0, max_iter=1000).fit(np.concatenate(x), np.concatenate(y))
    return np.append(model.coef_[0], model.intercept_).astype(np.float32)


def part(group: str, parts: int, salt: str) -> int:
    """The part that a group falls into."""
    return int(sha256(f"{salt}{group}".encode()).hexdigest(), 16) % parts
