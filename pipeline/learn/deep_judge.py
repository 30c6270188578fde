"""Trains a whole `DeepJudge` from examples of the middle or the deep tier.

As `spin_judge`, with more columns, features that may be missing, and lessons and real texts beside gold for the word
and page models. Ranker, strength and chooser learn from gold (the strength from real texts too).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from pipeline.detect.associations import Floats
from pipeline.detect.deep_models import DEEP, MIDDLE, DeepJudge
from pipeline.detect.deep_suggestions import choices
from pipeline.detect.discriminator.corrector import Corrector
from pipeline.detect.matchers import normalise
from pipeline.detect.spin_models import Logistic
from pipeline.learn import pairwise
from pipeline.learn.boosting import export, mean
from pipeline.learn.deep_examples import DeepExample
from pipeline.learn.spin_judge import INNER, fit_strength, held_out, odd_words, part
from pipeline.learn.spin_words import fit_ranker
from pipeline.trees import Trees

SHAPE: dict[str, Any] = {
    "learning_rate": 0.1,
    "max_iter": 100,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 60,
    "l2_regularization": 5.0,
    "max_features": 0.3,
}
BAG = 3
"""Models whose mean is taken, each with other unmarked words and other features at its splits."""
WORD_WEIGHTS = {"gold": 1.0, "lesson": 1.0, "negative": 1.0}
"""Weight of a word by where its text comes from."""
DOCUMENT_WEIGHTS = {"gold": 1.0, "lesson": 1.0, "negative": 0.3}
REGULARISATION = 0.1
"""Inverse strength of the document model's ridge: 12 features, 400 marked pages. On held-out lessons .05 is a little
better without the language model; with it .3 is better against unusual honest pages, .05 against the others."""
SURER = 0.4
"""Added to the document's log-odds, so that the rules' threshold, set for the fast tier (.65), stands at .56 here:
what that lets through is in the card of models/deep-spin-words."""
WARIER = {MIDDLE: 0.65, DEEP: 0.4}
"""Taken from a word's log-odds, so that the rules' .30 and .50 stand at .45 and .66, or .39 and .60, of the true share:
one odd word in four that is shown may be honest, not one in two."""
KEPT = 0.5
"""Share of the unmarked words that trees are trained on, each standing for 1 / KEPT."""
SEED = 3
Rows = NDArray[np.float32]


def fit(name: str, examples: Sequence[DeepExample], corrector: Corrector, salt: str = "") -> DeepJudge:
    """A judge of the tier `name` that has seen `examples` and nothing else. `salt` varies the inner folds."""
    ranker = fit_ranker([example.fast for example in examples])
    ranked = [example.under(ranker) for example in examples]
    inner = np.array([part(example.sample.group, INNER, salt) for example in ranked])
    odd = odd_words(ranked, inner, fit_trees)
    rows = np.array([example.document(p) for example, p in zip(ranked, odd, strict=True)])
    strength = fit_strength(ranked, odd, held_out(ranked, rows, inner, fit_document))
    strength[-1] -= WARIER[name]
    return DeepJudge(ranker, fit_trees(ranked), fit_document(ranked, rows), strength, fit_chooser(ranked, corrector))


def fit_trees(examples: Sequence[DeepExample]) -> Trees:
    """Boosted trees over the words of examples that are under one ranker: the mean of BAG models."""
    return mean([fit_model(examples, SEED + number) for number in range(BAG)])


def fit_model(examples: Sequence[DeepExample], seed: int) -> Trees:
    """One of them."""
    rng = np.random.default_rng(seed)
    x, y, weights = [], [], []
    for example in examples:
        if weight := WORD_WEIGHTS.get(example.sample.origin):
            labels = example.fast.labels
            rows = labels | (rng.random(len(labels)) < KEPT)
            x.append(example.matrix[rows])
            y.append(labels[rows])
            weights.append(weight * np.where(labels[rows], 1.0, 1.0 / KEPT))
    every = np.concatenate(x)
    every[:, np.isnan(every).all(axis=0)] = 0  # a column that nobody knows would not be binned
    model = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, **SHAPE)
    model.fit(every, np.concatenate(y), sample_weight=np.concatenate(weights))
    return export(model, x[0].shape[1])


def fit_document(examples: Sequence[DeepExample], rows: Rows) -> Logistic:
    """Ridge-penalised logistic regression: is this text spun? A missing feature counts as its mean."""
    weight = np.array([DOCUMENT_WEIGHTS[e.sample.origin] for e in examples])
    spun = np.array([e.sample.spun for e in examples])
    known = weight[:, None] * ~np.isnan(rows)
    share = known / np.maximum(known.sum(axis=0), 1e-9)
    means = (share * np.nan_to_num(rows)).sum(axis=0)
    scales = np.sqrt((share * np.nan_to_num(rows - means) ** 2).sum(axis=0)) + 1e-6
    x = np.nan_to_num(np.clip((rows - means) / scales, -4, 4))
    model = LogisticRegression(C=REGULARISATION, max_iter=3000).fit(x, spun, sample_weight=weight)
    return Logistic(
        means.astype(np.float32),
        scales.astype(np.float32),
        model.coef_[0].astype(np.float32),
        float(model.intercept_[0]) + SURER,
    )


def fit_chooser(examples: Sequence[DeepExample], corrector: Corrector) -> Floats:
    """Weights of CHOICE under which the original of a substituted word comes before its other suggestions."""
    compared = []
    for example in examples:
        if example.sample.origin == "gold":
            originals = alone(example)
            for place, names, rows in choices(example.fast.features, example.deep, corrector, list(originals)):
                if originals[place] in names and len(names) > 1:
                    compared.append(pairwise.leads(rows, names.index(originals[place])))
    return pairwise.fit(compared).astype(np.float32)


def alone(example: DeepExample) -> dict[int, str]:
    """Place → original of each substituted word that stands alone."""
    inside = example.fast.inside
    size = np.bincount(inside[inside >= 0], minlength=len(example.fast.spans) + 1)
    return {
        place: normalise(example.fast.spans[number].original)
        for place, number in enumerate(inside.tolist())
        if number >= 0 and size[number] == 1
    }
