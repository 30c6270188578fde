"""Trains and ships the middle and the deep spin models, one for all and one for each fold of gold.

    python -m pipeline.learn.deep_training GOLD LESSONS NEGATIVES.tsv.gz [--kept FOLDER]

LESSONS are those for the judges (samples/lessons/judges), which discriminator and probe have not learnt from.

What the language model and the probe make of the texts (half an hour the first time) is kept in FOLDER, by default in
the user's cache, so that training anew, after a change of the fast tier's features, takes minutes. Folds are those of
`spin_training`: run that first. Nothing of the negatives ships.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import Any

from pipeline import model_store
from pipeline.detect import deep_models, discriminator
from pipeline.detect.deep_models import ALL_FEATURES, DEEP, MIDDLE
from pipeline.detect.language_model import store
from pipeline.learn import deep_judge, gold, lessons, spin_corpus
from pipeline.learn.crossval import FOLDS, assign, fingerprint, folds_of
from pipeline.learn.deep_examples import DeepExample, examples_of
from pipeline.learn.digests import digests, versions
from pipeline.learn.paragraphs import paragraphs
from pipeline.learn.spin_corpus import Sample, gold_sample

VERSION = "1.5.0"
SEED = 1
NEGATIVES = 40
"""Texts of each source of the real negatives that both models learn from."""
LONGEST = 260
"""Words of such a text that are read."""


def negatives(path: Path) -> list[Sample]:
    """The real texts that are learnt from, cut: of the half that may be, as many of each source."""
    rng = random.Random(SEED)
    by_source: dict[str, list[tuple[str, str]]] = {}
    for name, text in spin_corpus.texts(paragraph for paragraph in paragraphs(path) if paragraph.even):
        by_source.setdefault(name.split("#")[0], []).append((name, " ".join(text.split(" ")[:LONGEST])))
    return [
        Sample(text, (), name, origin="negative")
        for source in sorted(by_source)
        for name, text in rng.sample(by_source[source], min(NEGATIVES, len(by_source[source])))
    ]


def without(examples: list[DeepExample], fold_of: dict[str, int], fold: int) -> list[DeepExample]:
    """The examples of no group of a fold."""
    return [example for example in examples if fold_of.get(example.sample.group) != fold]


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "lessons", "negatives"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--kept", type=Path, default=store.cache() / "training")
    options = parser.parse_args()
    pages = [page for page in gold.read(options.gold) if page.kind == "text"]
    samples = [*map(gold_sample, pages), *lessons.samples(options.lessons), *negatives(options.negatives)]
    examples: list[DeepExample] = []
    for example in examples_of(samples, deep_models.reader(), discriminator.load(), options.kept):
        examples.append(example)
        if len(examples) % 20 == 0:
            print(f"{len(examples)} of {len(samples)} texts read", file=sys.stderr)
    facts: dict[str, Any] = {
        "features": ALL_FEATURES,
        "data": digests([options.gold, options.lessons, options.negatives])
        | {name: discriminator.digest(name) for name in (discriminator.NAME, discriminator.CORRECTOR)},
        "libraries": versions("numpy", "scikit-learn", "onnxruntime"),
        "seed": SEED,
    }
    fold_of = assign(page.group for page in pages)
    seen = {fingerprint(page): fold_of[page.group] for page in pages}
    ship(MIDDLE, [example.without_language_model() for example in examples], fold_of, seen, facts)
    facts["data"] |= {store.NAME: store.WHEEL_SHA256, discriminator.PROBE: discriminator.digest(discriminator.PROBE)}
    ship(DEEP, examples, fold_of, seen, facts)


def ship(
    name: str, examples: list[DeepExample], fold_of: dict[str, int], seen: dict[str, int], facts: dict[str, Any]
) -> None:
    """Train and save the models `name`, and those of the folds; `seen` is each page's fold by its fingerprint."""
    print(name, file=sys.stderr)
    sizes = {"texts": len(examples), "words": sum(len(e.fast.labels) for e in examples)}
    judge = deep_judge.fit(name, examples, discriminator.load_corrector())
    model_store.save(
        name, VERSION, judge.arrays(), sizes, parameters={"trees": deep_judge.SHAPE, "bag": deep_judge.BAG}, **facts
    )
    arrays: dict[str, Any] = {}
    for fold in range(FOLDS):
        judge = deep_judge.fit(name, without(examples, fold_of, fold), discriminator.load_corrector(), str(fold))
        arrays |= {f"{fold}_{key}": value for key, value in judge.arrays().items()}
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr)
    model_store.save(folds_of(name), VERSION, arrays, sizes, parameters={"folds": seen}, **facts)


if __name__ == "__main__":
    main()
