"""Reads the lessons: marked pages that teach and are never measured on.

Written by the project in the format of gold, spun in the manner of many engines or honest in ways that are taken for
spinning. Those in ``network`` teach the discriminator; those in ``judges`` teach the word and page models of the deeper
tiers, which should hear the discriminator on texts that it did not learn from. (Real texts teach both.) The corrector
learns from all.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.learn import gold
from pipeline.learn.replaced_tokens import Marked
from pipeline.learn.spin_corpus import Sample, core, gold_sample

ORIGIN = "lesson"


def samples(folder: Path) -> list[Sample]:
    """The lessons below `folder`, each a group of its own. Raises GoldError."""
    return [
        replace(gold_sample(page), group=f"{ORIGIN}/{page.name}", spinner="", origin=ORIGIN)
        for page in gold.read(folder)
    ]


def marked(sample: Sample) -> Marked:
    """A lesson as the discriminator learns from it."""
    return Marked(sample.text, tuple(core(sample.text, span) for span in sample.spans))


def restored(sample: Sample) -> str:
    """The text as it was before it was spun."""
    text = sample.text
    for span in sorted(sample.spans, key=lambda span: -span.start):
        text = text[: span.start] + span.original + text[span.end :]
    return text


def one_pass(taught: Sequence[Sample], real: Sequence[str], most: int, rng: random.Random) -> list[Marked]:
    """Each spun lesson, every lesson as it was before, and up to `most` of the `real` texts, shuffled."""
    drawn = [marked(sample) for sample in taught if sample.spun]
    honest = [restored(sample) for sample in taught]
    drawn += [Marked(text, ()) for text in (*honest, *rng.sample(real, min(most, len(real))))]
    rng.shuffle(drawn)
    return drawn


def spun_pass(taught: Sequence[Sample], rng: random.Random) -> list[Marked]:
    """Each spun lesson as it stands, shuffled."""
    drawn = [marked(sample) for sample in taught if sample.spun]
    rng.shuffle(drawn)
    return drawn
