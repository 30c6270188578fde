"""Leave one spinner out: how well pages of a spinner are told from honest pages by models that never saw that spinner.

    python -m pipeline.learn.spinner_holdout GOLD NEGATIVES.tsv.gz

For each spinner, and each half of the honest groups: train without the spinner's pages and without that half, then
compare the spinner's pages with that half. Prints a row a spinner, the mean of both halves.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.detect import spin_models
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import SpinReading
from pipeline.learn import gold, spin_judge
from pipeline.learn.metrics import auc
from pipeline.learn.spin_training import corpus, examples_of
from pipeline.learn.spin_words import Example

HALVES = 2


def held_out(examples: Sequence[Example], spinner: str, half: int) -> tuple[list[float], list[float]]:
    """Log-odds of the spinner's pages, and of the honest gold pages of one half, by models that saw neither."""

    def aside(example: Example) -> bool:
        own = example.sample
        return own.origin == "gold" and not own.spun and spin_judge.part(own.group, HALVES, "honest") == half

    tested = {e.sample.group for e in examples if e.sample.spinner == spinner}
    seen = [e for e in examples if e.sample.spinner != spinner and e.sample.group not in tested and not aside(e)]
    models = SpinModels(*spin_models.tables(), spin_judge.fit(seen, f"{spinner}{half}"))

    def scores(chosen: Sequence[Example]) -> list[float]:
        return [SpinReading(models, e.under(models.judge.ranker).features).log_odds for e in chosen]

    return scores([e for e in examples if e.sample.spinner == spinner]), scores([e for e in examples if aside(e)])


def main() -> None:
    """Print the table."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    pages = [page for page in gold.read(Path(sys.argv[1])) if page.kind == "text"]
    examples = examples_of(corpus(pages, Path(sys.argv[2])))
    for spinner in sorted({e.sample.spinner for e in examples} - {""}):
        values = []
        for half in range(HALVES):
            positive, negative = held_out(examples, spinner, half)
            values.append(auc(np.array(positive), np.array(negative)))
        print(f"{spinner:12} pages {len(positive):2}  AUC {np.mean(values):.3f}", flush=True)


if __name__ == "__main__":
    main()
