"""Trains the body-lines model on WCXB pages and writes it with its metrics.

::

    python -m pipeline.learn.lines ../shared/data/html/wcxb-dev [--cross-validate html]

What is chosen (the shape of the trees, the constants of ``decision``) is chosen by cross-validation over all domains
but those kept to report on; the model that ships learns from all of those. The second stages and the weights of words
and names are learnt from out-of-fold predictions, by domain. Trees are stored as plain arrays.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline import model_store
from pipeline.clean.body_lines import INPUTS, MODEL, body_of, both, second_stage
from pipeline.clean.boxes import NameWeights
from pipeline.clean.features import Weights, describe
from pipeline.clean.text_features import Lexicon, Matrix
from pipeline.learn import labelled_pages
from pipeline.learn.boosting import export
from pipeline.learn.labelled_pages import Sample, split_of
from pipeline.learn.line_labels import WORD
from pipeline.learn.line_weights import name_weights, word_weights
from pipeline.records import PageKind

VERSION = "2.1.0"
SEED = 7
FOLDS = 3
ROWS, DRAWN = 160, 3
"""Lines of one page that are learnt from, and the seed by which they are drawn where it has more."""
TYPE_WEIGHT = {"article": 1.5}
"""Weight of a page by its type, 1 for the others: the pages to be cleaned are articles first."""
SHAPE: dict[str, Any] = {
    "learning_rate": 0.06, "l2_regularization": 2.0, "min_samples_leaf": 40, "max_iter": 160, "max_leaf_nodes": 31,
    "max_depth": 7, "max_features": 0.2,
}  # fmt: skip
FIRST: dict[str, Any] = SHAPE
SECOND: dict[str, Any] = SHAPE
View = Callable[[Sample], Sample | None]
VIEWS: dict[PageKind, tuple[View, ...]] = {
    "html": (lambda page: page,),
    "text": (labelled_pages.flattened, lambda page: labelled_pages.submitted(page, SEED), labelled_pages.by_nodes),
}
"""How the pages are seen by the model of each kind; each view is measured on its own."""


def main(arguments: list[str] | None = None) -> None:
    """Train, measure and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="a WCXB folder: html/*.html.gz and ground-truth/*.json")
    parser.add_argument("--cross-validate", choices=tuple(VIEWS), metavar="KIND", help="print figures, write nothing")
    options = parser.parse_args(arguments)
    folder = options.folder
    pages = list(labelled_pages.read(folder))
    if not pages:
        sys.exit(f"{folder}: no WCXB pages (html/*.html.gz with ground-truth/*.json) here")
    if options.cross_validate:
        show(cross_validated(options.cross_validate, [page for page in pages if split_of(page.domain) != "report"]))
        return
    arrays, metrics = train(pages)
    place = model_store.save(
        MODEL,
        VERSION,
        arrays,
        metrics,
        features=[*INPUTS["html"], *INPUTS["text"]],
        data={"wcxb-dev": digest(folder)},
        libraries={name: version(name) for name in ("numpy", "scikit-learn", "selectolax")},
        seed=SEED,
        parameters={"first": FIRST, "second": SECOND, "rows": ROWS, "folds": FOLDS},
    )
    show(metrics["report"])
    print(f"wrote {place} ({(place / 'model.npz').stat().st_size:,} bytes)", file=sys.stderr)


def show(rows: list[dict[str, Any]]) -> None:
    """Print rows of `measure`."""
    for row in rows:
        print(*(f"{key}={value}" for key, value in row.items()))


def cross_validated(kind: PageKind, pages: list[Sample]) -> list[dict[str, Any]]:
    """Rows by view and page type of the models of FOLDS parts of the domains, each measured on the others."""
    folds = fold_weights(pages)
    samples = seen(pages, *VIEWS[kind])
    found: list[tuple[Sample, NDArray[np.bool_]]] = []
    for fold in range(FOLDS):
        model = fit(kind, [sample for sample in samples if fold_of(sample) != fold], folds, folds[fold])
        found += kept_by(model, [sample for sample in samples if fold_of(sample) == fold])
    return measure(found)


def train(pages: list[Sample]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arrays and the metrics of a model trained on all of `pages` but those to report on."""
    reported = [page for page in pages if split_of(page.domain) == "report"]
    learnt = [page for page in pages if split_of(page.domain) != "report"]
    print(f"{len(learnt)} pages to learn from, {len(reported)} to report", file=sys.stderr)
    folds = fold_weights(learnt)
    words, names = word_weights(learnt), name_weights(learnt)
    weights = Weights(Lexicon(words), NameWeights(names))
    arrays: dict[str, Any] = {
        "words": np.array(list(words), dtype=str),
        "weights": np.array(list(words.values()), dtype=np.float32),
        "names": np.array(list(names), dtype=str),
        "name_weights": np.array(list(names.values()), dtype=np.float32),
    }
    metrics: dict[str, Any] = {"report": []}
    for kind, views in VIEWS.items():
        model = fit(kind, seen(learnt, *views), folds, weights)
        metrics["report"] += measure(kept_by(model, seen(reported, *views)))
        arrays |= model.arrays()
    return arrays, metrics


def seen(pages: Iterable[Sample], *views: View) -> list[Sample]:
    """The pages in each of the views."""
    return [found for page in pages for view in views if (found := view(page))]


class Fitted:
    """Both stages for one kind of page, as trained. `first` and `second` are scikit-learn models."""

    def __init__(self, kind: PageKind, weights: Weights, first: Any, second: Any) -> None:
        self.kind, self.weights, self.first, self.second = kind, weights, first, second

    def arrays(self) -> dict[str, Any]:
        """The arrays that the run time reads."""
        names = INPUTS[self.kind]
        return {
            **export(self.first, names.index("p")).arrays(f"{self.kind}_first_"),
            **export(self.second, len(names)).arrays(f"{self.kind}_second_"),
        }

    def probabilities(self, sample: Sample) -> Matrix:
        """P(body) of each line."""
        found = describe(sample.cut, self.weights)
        p = self.first.predict_proba(found.x)[:, 1].astype(np.float32)
        second = self.second.predict_proba(second_stage(sample.lines, found, p))[:, 1].astype(np.float32)
        return both(found, p, second)


def fold_of(sample: Sample) -> int:
    """The fold of a sample's domain."""
    return int(labelled_pages.share_of(sample.domain) * 1e6) % FOLDS


def fold_weights(samples: list[Sample]) -> list[Weights]:
    """For each fold, the weights of words and names learnt from the pages of the others."""
    found = []
    for fold in range(FOLDS):
        others = [sample for sample in samples if fold_of(sample) != fold]
        found.append(Weights(Lexicon(word_weights(others)), NameWeights(name_weights(others))))
    return found


def fit(kind: PageKind, samples: list[Sample], folds: list[Weights], weights: Weights) -> Fitted:
    """Train both stages; what one stage tells the next comes from folds that did not see the page's domain."""
    found = [describe(sample.cut, folds[fold_of(sample)]) for sample in samples]
    rows = drawn(samples)
    first = list(zip(samples, [page.x for page in found], rows, strict=True))
    outside: list[Matrix] = [np.zeros(0, np.float32)] * len(samples)
    for fold in range(FOLDS):
        model = boosted(FIRST, [page for page in first if fold_of(page[0]) != fold])
        for at, (sample, x, _) in enumerate(first):
            if fold_of(sample) == fold:
                outside[at] = model.predict_proba(x)[:, 1].astype(np.float32)
        print(f"{kind}: fold {fold + 1} of {FOLDS}", file=sys.stderr)
    both = [second_stage(s.lines, page, p) for s, page, p in zip(samples, found, outside, strict=True)]
    return Fitted(kind, weights, boosted(FIRST, first), boosted(SECOND, list(zip(samples, both, rows, strict=True))))


def drawn(samples: list[Sample]) -> list[NDArray[np.intp]]:
    """The lines of each page that are learnt from, at most ROWS."""
    dice = np.random.default_rng(DRAWN)
    return [
        np.sort(dice.choice(len(s.lines), ROWS, replace=False)) if len(s.lines) > ROWS else np.arange(len(s.lines))
        for s in samples
    ]


def page_weight(sample: Sample) -> Matrix:
    """Weight of each line: a page counts as one, a line in it by the root of its length."""
    chars = np.sqrt(np.array([len(line.text) for line in sample.lines], dtype=np.float64))
    weight = 100 * chars / chars.sum()
    return np.asarray(weight * TYPE_WEIGHT.get(sample.page_type, 1.0), dtype=np.float32)


def boosted(parameters: dict[str, Any], pages: list[tuple[Sample, Matrix, NDArray[np.intp]]]) -> Any:
    """One stage trained on the given lines of pages, each given with the features of all its lines."""
    model = HistGradientBoostingClassifier(random_state=SEED, early_stopping=False, **parameters)
    return model.fit(
        np.concatenate([x[rows] for _, x, rows in pages]),
        np.concatenate([np.array(sample.body)[rows] for sample, _, rows in pages]),
        sample_weight=np.concatenate([page_weight(s)[rows] * (len(s.lines) / len(rows)) for s, _, rows in pages]),
    )


def kept_by(model: Fitted, samples: list[Sample]) -> list[tuple[Sample, NDArray[np.bool_]]]:
    """Each sample and which of its lines the model takes for body."""
    return [(sample, body_of(model.probabilities(sample), sample.lines)) for sample in samples]


def measure(found: list[tuple[Sample, NDArray[np.bool_]]]) -> list[dict[str, Any]]:
    """Rows by view and page type: pages, mean word-bag F1 against the main content, line F1 over all lines."""
    rows = []
    for view in dict.fromkeys(sample.view for sample, _ in found):
        for kind in ("all", *sorted({sample.page_type for sample, _ in found})):
            part = [(s, keep) for s, keep in found if s.view == view and kind in ("all", s.page_type)]
            if not part:
                continue
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
    ours = Counter(word for line in lines for word in WORD.findall(line.text.lower()))
    truth = Counter(WORD.findall(sample.content.lower()))
    return 2 * (ours & truth).total() / max(ours.total() + truth.total(), 1)


def digest(folder: Path) -> str:
    """sha256 over the names and bytes of the ground truth files, in order."""
    total = sha256()
    for path in sorted((folder / "ground-truth").glob("*.json")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    main()
