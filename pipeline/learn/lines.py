"""Trains the body-lines model on WCXB pages and writes it with its metrics.

::

    python -m pipeline.learn.lines ../shared/data/html/wcxb-dev

Domains fall into train, choose (the threshold) and report (the numbers in metrics.json). The second stage and the word
weights are learnt from out-of-fold predictions, by domain. Trees are stored as plain arrays.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline import model_store
from pipeline.clean.body_lines import MODEL, STAGE_TWO, second_stage
from pipeline.clean.features import FEATURES, matrix
from pipeline.clean.text_features import Lexicon, Matrix, words_of
from pipeline.learn import wcxb
from pipeline.learn.boosting import export
from pipeline.learn.wcxb import Sample

VERSION = "1.0.0"
SEED = 7
FOLDS = 3
VOCABULARY = 6000
MIN_PAGES = 4
SHORT = 40
"""Words of the longest line that word weights are learnt from: furniture is short."""
TYPE_WEIGHT = {"article": 2.5, "documentation": 1.5, "forum": 1.0, "service": 1.0}
"""Weight of a page's lines by its type, 0.6 for the others: the pages to be cleaned are articles and posts."""
SHAPE: dict[str, Any] = {"learning_rate": 0.13, "l2_regularization": 1.0, "min_samples_leaf": 60}
FIRST: dict[str, Any] = SHAPE | {"max_iter": 120, "max_leaf_nodes": 40, "max_depth": 7}
SECOND: dict[str, Any] = SHAPE | {"max_iter": 45, "max_leaf_nodes": 24, "max_depth": 5}


def main(arguments: list[str] | None = None) -> None:
    """Train, measure and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="a WCXB folder: html/*.html.gz and ground-truth/*.json")
    folder = parser.parse_args(arguments).folder
    pages = list(wcxb.read(folder))
    if not pages:
        sys.exit(f"{folder}: no WCXB pages (html/*.html.gz with ground-truth/*.json) here")
    samples = [view for page in pages for view in (page, wcxb.flattened(page), wcxb.submitted(page, SEED))]
    of = {name: [s for s in samples if wcxb.split_of(s.domain) == name] for name in ("train", "choose", "report")}
    print(
        f"{len(pages)} pages; views: " + ", ".join(f"{name} {len(part)}" for name, part in of.items()), file=sys.stderr
    )
    model = fit(of["train"])
    threshold = choose(model, of["choose"])
    metrics = {"threshold": threshold, "report": measure(model, of["report"], threshold)}
    arrays = model.arrays() | {"threshold": np.float64(threshold)}
    place = model_store.save(
        MODEL,
        VERSION,
        arrays,
        metrics,
        features=[*FEATURES, *STAGE_TWO],
        data={"wcxb-dev": digest(folder)},
        libraries={name: version(name) for name in ("numpy", "scikit-learn", "selectolax")},
        seed=SEED,
        parameters={"first": FIRST, "second": SECOND, "vocabulary": VOCABULARY},
    )
    for row in metrics["report"]:  # type: ignore[attr-defined]
        print(*(f"{key}={value}" for key, value in row.items()))
    print(f"wrote {place} ({(place / 'model.npz').stat().st_size:,} bytes)", file=sys.stderr)


class Fitted:
    """Both stages and the word weights, as trained. `first` and `second` are scikit-learn models."""

    def __init__(self, weights: dict[str, float], first: Any, second: Any) -> None:
        self.weights, self.first, self.second = weights, first, second
        self.lexicon = Lexicon(weights)

    def arrays(self) -> dict[str, Any]:
        """The arrays that the run time reads."""
        return {
            "words": np.array(list(self.weights), dtype=str),
            "weights": np.array(list(self.weights.values()), dtype=np.float32),
            **export(self.first, len(FEATURES)).arrays("first_"),
            **export(self.second, len(STAGE_TWO)).arrays("second_"),
        }

    def probabilities(self, sample: Sample) -> Matrix:
        """P(body) of each line."""
        x = matrix(sample.lines, self.lexicon)
        p = self.first.predict_proba(x)[:, 1].astype(np.float32)
        return np.asarray(self.second.predict_proba(second_stage(sample.lines, x, p))[:, 1])


def fit(samples: list[Sample]) -> Fitted:
    """Train both stages; what one stage tells the next comes from folds that did not see the page's domain."""
    fold_of = [int(wcxb.share_of(sample.domain) * 1e6) % FOLDS for sample in samples]
    xs: list[Matrix] = [np.zeros(0, np.float32)] * len(samples)
    for fold in range(FOLDS):
        lexicon = Lexicon(word_weights([s for s, own in zip(samples, fold_of, strict=True) if own != fold]))
        for at, own in enumerate(fold_of):
            if own == fold:
                xs[at] = matrix(samples[at].lines, lexicon)
    y = [np.array(sample.body) for sample in samples]
    balance = [page_weight(sample) for sample in samples]
    outside: list[Matrix] = [np.zeros(0, np.float32)] * len(samples)
    for fold in range(FOLDS):
        seen = [at for at, own in enumerate(fold_of) if own != fold]
        model = boosted(FIRST, xs, y, balance, seen)
        for at, own in enumerate(fold_of):
            if own == fold:
                outside[at] = model.predict_proba(xs[at])[:, 1].astype(np.float32)
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    everything = list(range(len(samples)))
    second = [second_stage(s.lines, x, p) for s, x, p in zip(samples, xs, outside, strict=True)]
    return Fitted(
        word_weights(samples),
        boosted(FIRST, xs, y, balance, everything),
        boosted(SECOND, second, y, balance, everything),
    )


def page_weight(sample: Sample) -> Matrix:
    """Weight of each line: a page counts by the square root of its lines, a line by its length, gently."""
    chars = np.array([len(line.text) for line in sample.lines], dtype=np.float64)
    weight = np.log1p(chars) / math.sqrt(len(chars))
    return np.asarray(weight * TYPE_WEIGHT.get(sample.page_type, 0.6), dtype=np.float32)


def boosted(parameters: dict[str, Any], xs: list[Matrix], y: list[Any], weight: list[Matrix], rows: list[int]) -> Any:
    """One stage trained on the given samples."""
    model = HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **parameters)
    return model.fit(
        np.concatenate([xs[at] for at in rows]),
        np.concatenate([y[at] for at in rows]),
        sample_weight=np.concatenate([weight[at] for at in rows]),
    )


def word_weights(samples: list[Sample]) -> dict[str, float]:
    """Log-odds of a word standing in short body lines rather than short furniture, counted once a page and side."""
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    sides = [0, 0]
    for sample in samples:
        if sample.view != "flat":
            continue
        words: tuple[set[str], set[str]] = (set(), set())
        for found, body in zip(words_of([line.text for line in sample.lines]), sample.body, strict=True):
            if len(found) <= SHORT:
                words[body].update(found)
        for side in (0, 1):
            counts[side].update(words[side])
            sides[side] += 1
    both = [
        (word, n) for word, n in (counts[0] + counts[1]).most_common(40_000) if n >= MIN_PAGES and 0 < len(word) < 30
    ]
    odds = {word: math.log((counts[1][word] + 2) / (counts[0][word] + 2)) for word, _ in both}
    telling = sorted(both, key=lambda pair: -abs(odds[pair[0]]) * math.sqrt(pair[1]))[:VOCABULARY]
    return {word: round(odds[word], 3) for word, _ in sorted(telling)}


def choose(model: Fitted, samples: list[Sample]) -> float:
    """The threshold with the best mean word-bag F1 over the articles of the choose domains."""
    found = [(sample, model.probabilities(sample)) for sample in samples if sample.page_type == "article"]
    grid = [round(0.25 + 0.025 * step, 3) for step in range(15)]
    return max(grid, key=lambda t: np.mean([word_f1(s, p >= t) for s, p in found]))


def measure(model: Fitted, samples: list[Sample], threshold: float) -> list[dict[str, Any]]:
    """Rows by view and page type: pages, mean word-bag F1 against the main content, line F1 over all lines."""
    found = [(sample, model.probabilities(sample) >= threshold) for sample in samples]
    rows = []
    for view in ("html", "flat", "submitted"):
        for kind in ("all", *sorted({sample.page_type for sample in samples})):
            part = [(s, keep) for s, keep in found if s.view == view and kind in ("all", s.page_type)]
            truth = np.concatenate([s.body for s, _ in part])
            said = np.concatenate([keep for _, keep in part])
            rows.append(
                {
                    "view": view,
                    "type": kind,
                    "pages": len(part),
                    "word_f1": round(float(np.mean([word_f1(s, keep) for s, keep in part])), 4),
                    "line_f1": round(2 * float((truth & said).sum()) / max(float(truth.sum() + said.sum()), 1), 4),
                }
            )
    return rows


def word_f1(sample: Sample, keep: Any) -> float:
    """Word-bag F1 of the kept lines but the title against the annotated main content."""
    lines = [line for at, line in enumerate(sample.lines) if keep[at] and at != sample.title_line]
    ours = Counter(word for line in lines for word in wcxb.WORD.findall(line.text.lower()))
    truth = Counter(wcxb.WORD.findall(sample.content.lower()))
    return 2 * (ours & truth).total() / max(ours.total() + truth.total(), 1)


def digest(folder: Path) -> str:
    """sha256 over the names and bytes of the ground truth files, in order."""
    total = sha256()
    for path in sorted((folder / "ground-truth").glob("*.json")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    main()
