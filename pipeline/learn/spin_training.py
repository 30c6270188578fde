"""Trains and ships the spin models, one for all and one for each fold of gold.

    python -m pipeline.learn.spin_training GOLD NEGATIVES.tsv.gz

The fold judges let ``unspun evaluate`` judge every gold page by models that never saw its article (`crossval`). The
even half of the internal negatives serves as negatives of the document model; nothing of them ships.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import model_store
from pipeline.detect import spin_models
from pipeline.detect.spin_models import ALL_FEATURES, Judge
from pipeline.learn import gold, spin_corpus, spin_judge
from pipeline.learn.crossval import FOLD_MODEL, FOLDS, assign, fingerprint
from pipeline.learn.digests import digests, versions
from pipeline.learn.gold import GoldPage
from pipeline.learn.spin_corpus import Sample, gold_sample
from pipeline.learn.spin_words import SHAPE, Example

VERSION = "1.1.0"
SEED = 1
NEGATIVES = 90
"""Texts of the real negatives that the document model learns from."""


def corpus(pages: Sequence[GoldPage], negatives: Path) -> list[Sample]:
    """What is learnt from; the pages' own samples first, in their order."""
    return [*(gold_sample(page) for page in pages), *spin_corpus.negatives(negatives, NEGATIVES, random.Random(SEED))]


def examples_of(samples: Sequence[Sample]) -> list[Example]:
    """Samples with their features."""
    return [Example.of(sample, *spin_models.tables()) for sample in samples]


def without(examples: Sequence[Example], groups: set[str]) -> list[Example]:
    """The examples of no group among `groups`."""
    return [example for example in examples if example.sample.group not in groups]


def fold_judges(pages: Sequence[GoldPage], examples: Sequence[Example]) -> list[Judge]:
    """For each fold a judge that has not seen the fold's groups."""
    fold_of = assign(page.group for page in pages)
    judges = []
    for fold in range(FOLDS):
        judges.append(spin_judge.fit(without(examples, {g for g, f in fold_of.items() if f == fold}), str(fold)))
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    return judges


def main() -> None:
    """Train and save."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    folder, negatives = (Path(argument) for argument in sys.argv[1:])
    pages = [page for page in gold.read(folder) if page.kind == "text"]
    examples = examples_of(corpus(pages, negatives))
    facts: dict[str, Any] = {
        "features": ALL_FEATURES,
        "data": digests([folder, negatives]),
        "libraries": versions("numpy", "scikit-learn"),
        "seed": SEED,
    }
    judge = spin_judge.fit(examples)
    sizes = {"texts": len(examples), "words": sum(len(e.labels) for e in examples)}
    model_store.save(spin_models.NAME, VERSION, judge.arrays(), sizes, parameters={"trees": SHAPE}, **facts)
    arrays: dict[str, Any] = {}
    for number, fold_judge in enumerate(fold_judges(pages, examples)):
        arrays |= {f"{number}_{key}": value for key, value in fold_judge.arrays().items()}
    fold_of = assign(page.group for page in pages)
    seen = {fingerprint(page): fold_of[page.group] for page in pages}
    model_store.save(FOLD_MODEL, VERSION, arrays, sizes, parameters={"folds": seen}, **facts)


if __name__ == "__main__":
    main()
