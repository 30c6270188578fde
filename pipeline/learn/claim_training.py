"""Trains and ships the claim model, one for all and one for each fold of gold.

    python -m pipeline.learn.claim_training GOLD

The fold models let ``unspun evaluate`` judge every gold page by a model that never saw its article (`crossval`).
Word vectors (models/embeddings) lend the linear step what words have in common; what ships is one score a word.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from pipeline import model_store
from pipeline.detect import associations, claim_model, embeddings
from pipeline.detect.claim_features import FEATURES, TYPES
from pipeline.detect.claim_model import ALL_FEATURES, FARTHEST, HEADS, RARE, ClaimModel, Linear, Sentences, in_context
from pipeline.detect.claim_terms import terms as terms_of
from pipeline.detect.type_signs import TYPE_SIGNS
from pipeline.flow import Engine
from pipeline.learn import gold
from pipeline.learn.boosting import export
from pipeline.learn.claim_corpus import SUPPORTED, UNSUPPORTED, Labelled, labelled, more_types
from pipeline.learn.crossval import CLAIM_FOLD_MODEL, FOLDS, assign, fingerprint
from pipeline.learn.digests import digests, versions
from pipeline.trees import Trees

VERSION = "1.0.0"
TYPES_FILE = "claim-types.tsv"
SEED = 1
WORDS = 12_000
"""Commonest words of the reference that have a score."""
SEEN = 2
"""Sentences, those of excerpts among them, in which a term must stand to be known: nearly every term of gold is. With
only the terms of two sentences of pages F1 was .748, not .755, for .7 of the size."""
COST = 2.0
"""Inverse strength of the linear step's ridge (swept .3 to 3)."""
TYPE_COST, FURTHER_TYPES, TYPE_STRETCH, TYPE_VECTORS = 0.3, 0.2, 2.0, 0.5
"""For the types: cost; weight of a type that the page itself does not state (other hands typed those, and weighing them
fully cost .04 of accuracy); how much more readable features, and how much less word vectors, pull (swept)."""
TYPE_FEATURES = (
    "words, log", "reader", "hedge", "absolute", "negation", "reason", "quotation", "testimonial", "definition",
    "percentage", "instruction", "promise", "past tense", "digits", "first person", *TYPE_SIGNS,
)  # fmt: skip
"""Readable features by which types are told, beside the cues; the others describe the page."""
EXCERPT_WEIGHT = 0.4
FEATURE_SHARE, VECTOR_SHARE = 0.3, 0.1
"""How strongly readable features and word vectors pull, in standard deviations, beside terms of length 1."""
CLAIM_SHAPE: dict[str, Any] = {
    "learning_rate": 0.1,
    "max_iter": 100,
    "max_leaf_nodes": 8,
    "max_depth": 4,
    "min_samples_leaf": 25,
    "l2_regularization": 5.0,
    "max_features": 0.3,
}
SUPPORT_SHAPE = CLAIM_SHAPE | {"max_iter": 50, "max_leaf_nodes": 6, "max_depth": 3, "min_samples_leaf": 15}
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Vectors:
    """Word → row, and (words, plain and topic dimensions) with how rare each word is."""

    rows: dict[str, int]
    plain: Array
    rare: Array
    rarity: Array


@cache
def vectors() -> Vectors:
    """The shipped word vectors of the commonest words."""
    table, space = associations.load(), embeddings.load()
    rows = {word: row for row, word in enumerate(table.words[1 : WORDS + 1])}
    at = slice(1, WORDS + 1)
    rarity = RARE / (RARE + table.counts[at] / table.total)
    plain = space.words[at].astype(np.float64)
    return Vectors(rows, plain, np.hstack([plain, space.topics[at].astype(np.float64)]), rarity.astype(np.float64))


def averaged(words: Sequence[Sequence[str]]) -> Array:
    """(sentences, dimensions): the plain mean of the vectors of each sentence, and the mean that favours rare words."""
    space = vectors()
    out = np.zeros((len(words), space.plain.shape[1] + space.rare.shape[1]))
    for number, some in enumerate(words):
        at = np.array([space.rows[word] for word in some if word in space.rows], dtype=np.intp)
        if len(at):
            weight = space.rarity[at][:, None]
            out[number] = np.concatenate([space.plain[at].mean(0), (space.rare[at] * weight).sum(0) / weight.sum()])
    return out


def joined(pages: Sequence[Labelled]) -> Sentences:
    """The sentences of several pages as one text."""
    return Sentences(
        words=[words for page in pages for words in page.read.words],
        features=np.concatenate([page.read.features for page in pages]),
        blocks=np.concatenate([page.read.blocks for page in pages]),
    )


def fit_linear(pages: Sequence[Labelled]) -> Linear:
    """The linear step and the types, learnt from `pages`."""
    text = joined(pages)
    labels = np.array([label for page in pages for label in page.labels])
    terms = [terms_of(words) for words in text.words]
    seen = Counter(term for some in terms for term in some)
    rows = {term: row for row, term in enumerate(term for term, count in seen.items() if count >= SEEN)}
    idf = np.array([math.log((1 + len(text)) / (1 + seen[term])) + 1 for term in rows])
    by_term = term_matrix(terms, rows, idf)
    means, scales = text.features.mean(0), text.features.std(0) + 1e-6
    readable = np.clip((text.features - means) / scales, -FARTHEST, FARTHEST) * FEATURE_SHARE
    company = averaged(text.words)
    centre, spread = company.mean(0), company.std(0) + 1e-6
    matrix = hstack([by_term, csr_matrix(readable), csr_matrix((company - centre) / spread * VECTOR_SHARE)]).tocsr()
    targets = [labels > 0, labels == UNSUPPORTED, labels == SUPPORTED]
    weights_of = sample_weights(pages)
    fitted = [fit(matrix, target, COST, weights_of) for target in targets]
    typing, type_scale = fit_types(matrix, pages)
    weights = np.array([*(model.coef_[0] for model in fitted), *(model.coef_[0] * type_scale for model in typing)]).T
    of_terms, of_features, of_company = np.split(weights, [len(rows), len(rows) + len(FEATURES)])
    of_company = of_company * VECTOR_SHARE / spread[:, None]
    space = vectors()
    dimensions = space.plain.shape[1]
    word_weights = np.hstack(
        [space.rarity[:, None], space.plain @ of_company[:dimensions], space.rare @ of_company[dimensions:]]
    )
    intercepts = np.array([model.intercept_[0] for model in (*fitted, *typing)]) - centre @ of_company
    return Linear(
        terms=rows,
        term_weights=np.hstack([idf[:, None], of_terms * idf[:, None]]).astype(np.float32),
        words=space.rows,
        word_weights=word_weights.astype(np.float32),
        means=means.astype(np.float32),
        scales=scales.astype(np.float32),
        feature_weights=(of_features * FEATURE_SHARE).astype(np.float32),
        intercepts=intercepts.astype(np.float32),
    )


def fit_types(matrix: Any, pages: Sequence[Labelled]) -> tuple[list[Any], Array]:
    """A model of each type against the rest, and how far each column of `matrix` was stretched for them."""
    own = np.array([kind and not page.excerpt for page in pages for kind in page.types], dtype=bool)
    types = np.array([kind or "" for page in pages for kind in page.types])[own]
    stated = np.array([page.states_types for page in pages for _ in page.types])[own]
    readable = [TYPE_STRETCH * (feature in TYPE_FEATURES or feature.startswith("cue ")) for feature in FEATURES]
    company = averaged([["of"]]).shape[1]
    terms = matrix.shape[1] - len(readable) - company
    scale = np.concatenate([np.ones(terms), readable, np.full(company, TYPE_VECTORS)])
    chosen = csr_matrix(matrix[own].multiply(scale))
    weights = np.where(stated, 1.0, FURTHER_TYPES)
    return [fit(chosen, types == kind, TYPE_COST, weights, "balanced") for kind in TYPES], scale


def fit(matrix: Any, target: Any, cost: float, weights: Array, balance: str | None = None) -> Any:
    """A ridge logistic model of one target."""
    model = LogisticRegression(C=cost, solver="liblinear", max_iter=3000, random_state=SEED, class_weight=balance)
    return model.fit(matrix, target, sample_weight=weights)


def sample_weights(pages: Sequence[Labelled]) -> Array:
    """The weight of each sentence: what an excerpt repeats counts less."""
    return np.concatenate([np.full(len(page.labels), EXCERPT_WEIGHT if page.excerpt else 1.0) for page in pages])


def term_matrix(terms: Sequence[Sequence[str]], rows: dict[str, int], idf: Array) -> Any:
    """(sentences, terms): inverse document frequencies, each sentence of length 1."""
    known = [np.array([rows[term] for term in some if term in rows], dtype=np.intp) for some in terms]
    data = [idf[at] / (np.linalg.norm(idf[at]) + 1e-9) for at in known]
    pointers = np.cumsum([0, *(len(at) for at in known)])
    return csr_matrix((np.concatenate(data), np.concatenate(known), pointers), shape=(len(known), len(rows)))


def fit_model(pages: Sequence[Labelled]) -> ClaimModel:
    """Both steps; the second learns from log-odds that the first gave for pages that it had not seen."""
    seen: list[Any] = []
    judged: list[Labelled] = []
    for held in parts(pages):
        linear = fit_linear([page for page in pages if page.group not in held])
        for page in pages:
            if page.group in held:
                log_odds = linear.log_odds(linear.index.read(page.read.words), page.read.features)
                seen.append(in_context(log_odds[:, : len(HEADS)], page.read))
                judged.append(page)
    matrix, label = np.concatenate(seen), np.array([label for page in judged for label in page.labels])
    weights, claims = sample_weights(judged), label > 0
    return ClaimModel(
        linear=fit_linear(pages),
        claim=boosted(matrix, claims, weights, CLAIM_SHAPE),
        supported=boosted(matrix[claims], label[claims] == SUPPORTED, weights[claims], SUPPORT_SHAPE),
    )


def boosted(matrix: Any, target: Any, weights: Array, shape: dict[str, Any]) -> Trees:
    """Fitted trees as plain arrays."""
    model = HistGradientBoostingClassifier(early_stopping=False, random_state=SEED, **shape)
    return export(model.fit(matrix, target, sample_weight=weights), matrix.shape[1])


def parts(pages: Sequence[Labelled]) -> list[set[str]]:
    """The groups of `pages` in FOLDS parts."""
    groups = sorted({page.group for page in pages})
    random.Random(SEED).shuffle(groups)
    return [set(groups[number::FOLDS]) for number in range(FOLDS)]


def main() -> None:
    """Train and save."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    engine, gold_pages, types = Engine(), gold.read(folder), more_types(folder / TYPES_FILE)
    pages = [part for page in gold_pages for part in labelled(engine, page, types)]
    fold_of = assign(page.group for page in gold_pages)
    facts: dict[str, Any] = {
        "features": ALL_FEATURES,
        "data": digests([folder]),
        "libraries": versions("numpy", "scikit-learn"),
        "seed": SEED,
    }
    sizes = {"pages": len(gold_pages), "sentences": sum(len(page.labels) for page in pages if not page.excerpt)}
    shapes = {"claim trees": CLAIM_SHAPE, "support trees": SUPPORT_SHAPE}
    model_store.save(claim_model.NAME, VERSION, fit_model(pages).arrays(), sizes, parameters=shapes, **facts)
    arrays: dict[str, Any] = {}
    for fold in range(FOLDS):
        model = fit_model([page for page in pages if fold_of[page.group] != fold])
        arrays |= {f"{fold}_{key}": value for key, value in model.arrays().items()}
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    seen = {fingerprint(page): fold_of[page.group] for page in gold_pages}
    model_store.save(CLAIM_FOLD_MODEL, VERSION, arrays, sizes, parameters={"folds": seen}, **facts)


if __name__ == "__main__":
    main()
