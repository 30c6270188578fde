"""Leave one spinner out: how well pages of a spinner are told from honest pages by models that never saw that spinner.

    python -m pipeline.learn.spinner_holdout GOLD LESSONS NEGATIVES.tsv.gz [--depth fast|middle|deep] [--spinner NAME]

For each spinner, and each half of the honest groups: train without the spinner's pages and without that half, then
compare the spinner's pages with that half. Prints a row a spinner, the mean of both halves. The deeper tiers need what
the language model made of the texts, as `deep_training` keeps it (--kept FOLDER). They also learn from lessons (the
fast tier does not), some of them spun in the same manner, as does the discriminator, which saw no page of gold.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.detect import deep_models, discriminator, spin_models
from pipeline.detect.deep_models import DEEP, MIDDLE, DeepModels
from pipeline.detect.deep_reading import DeepReading
from pipeline.detect.language_model import store
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import SpinReading
from pipeline.learn import deep_examples, deep_judge, deep_training, gold, lessons, spin_judge
from pipeline.learn.gold import GoldPage
from pipeline.learn.metrics import auc
from pipeline.learn.spin_corpus import gold_sample
from pipeline.learn.spin_training import corpus, examples_of

HALVES = 2
Scores = Callable[[Sequence[Any]], list[float]]
Fit = Callable[[Sequence[Any], str], Scores]
"""From the examples that may be seen, and a salt, to what gives the log-odds of others."""


def fit_fast(seen: Sequence[Any], salt: str) -> Scores:
    """The fast tier."""
    models = SpinModels(*spin_models.tables(), spin_judge.fit(seen, salt))
    return lambda chosen: [SpinReading(models, e.under(models.judge.ranker).features).log_odds for e in chosen]


def fit_deep(name: str, seen: Sequence[Any], salt: str) -> Scores:
    """The middle or the deep tier, by the name of its models."""
    models = DeepModels(*spin_models.tables(), deep_judge.fit(name, seen, discriminator.load_corrector(), salt))

    def scores(chosen: Sequence[Any]) -> list[float]:
        ranked = [example.under(models.judge.ranker) for example in chosen]
        return [
            DeepReading(models, e.fast.features, deep=e.deep, corrector=discriminator.load_corrector).log_odds
            for e in ranked
        ]

    return scores


def held_out(examples: Sequence[Any], spinner: str, half: int, fit: Fit) -> tuple[list[float], list[float]]:
    """Log-odds of the spinner's pages, and of the honest gold pages of one half, by models that saw neither."""

    def aside(example: Any) -> bool:
        own = example.sample
        return own.origin == "gold" and not own.spun and spin_judge.part(own.group, HALVES, "honest") == half

    tested = {e.sample.group for e in examples if e.sample.spinner == spinner}
    seen = [e for e in examples if e.sample.spinner != spinner and e.sample.group not in tested and not aside(e)]
    scores = fit(seen, f"{spinner}{half}")
    return scores([e for e in examples if e.sample.spinner == spinner]), scores([e for e in examples if aside(e)])


def examples_at(depth: str, pages: Sequence[GoldPage], taught: Path, negatives: Path, kept: Path) -> list[Any]:
    """What the tier `depth` learns from."""
    if depth == "fast":
        return examples_of(corpus(pages, negatives))
    samples = [*map(gold_sample, pages), *lessons.samples(taught), *deep_training.negatives(negatives)]
    made = list(deep_examples.examples_of(samples, deep_models.reader(), discriminator.load(), kept))
    return made if depth == "deep" else [example.without_language_model() for example in made]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "lessons", "negatives"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--depth", choices=("fast", "middle", "deep"), default="fast")
    parser.add_argument("--spinner", action="append", help="leave out this one alone; may be given again")
    parser.add_argument("--kept", type=Path, default=store.cache() / "training")
    options = parser.parse_args()
    pages = [page for page in gold.read(options.gold) if page.kind == "text"]
    examples = examples_at(options.depth, pages, options.lessons, options.negatives, options.kept)
    spinners = sorted({e.sample.spinner for e in examples} - {""})
    if unknown := set(options.spinner or ()) - set(spinners):
        raise SystemExit(f"{options.gold}: no pages of {', '.join(sorted(unknown))}; there are {', '.join(spinners)}")
    for spinner in options.spinner or spinners:
        values = []
        for half in range(HALVES):
            fit = (
                fit_fast if options.depth == "fast" else partial(fit_deep, DEEP if options.depth == "deep" else MIDDLE)
            )
            positive, negative = held_out(examples, spinner, half, fit)
            values.append(auc(np.array(positive), np.array(negative)))
        print(f"{spinner:12} pages {len(positive):2}  AUC {np.mean(values):.3f}", flush=True)


if __name__ == "__main__":
    main()
