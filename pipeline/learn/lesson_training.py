"""The second course of both networks: they go on from what our engines taught them, with articles written to teach.

    python -m pipeline.learn.lesson_training discriminator BEGUN.npz samples/lessons/network --real NEGATIVES.tsv.gz
    python -m pipeline.learn.lesson_training corrector BEGUN.npz samples/lessons/judges samples/lessons/network

BEGUN is what `discriminator_training` made, the model.npz of version 1.0.0. A pass of the discriminator has each lesson
as it stands, each spun one as it was before, and real text of the even half of the negatives, drawn anew. One of the
corrector has the spun lessons alone, those of the judges too: what is weighed against its word learns from gold. Needs
torch, as the first course does. A quarter of an hour of two cores each. The embedding does not learn, so both have the
same to the bit.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from pipeline import model_store
from pipeline.detect import discriminator
from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn import discriminator_weights, lessons, spin_corpus
from pipeline.learn.digests import digests, versions
from pipeline.learn.discriminator_training import BATCH, Course, Encoder, batches, train
from pipeline.learn.paragraphs import paragraphs
from pipeline.learn.piece_runs import RUN, runs

VERSIONS = {discriminator.NAME: "1.3.0", discriminator.CORRECTOR: "1.1.0"}
PASSES = {discriminator.NAME: 4, discriminator.CORRECTOR: 9}
SECOND = {discriminator.NAME: Course(1e-4, 3e-4, 50), discriminator.CORRECTOR: Course(2e-4, 6e-4, 50, 1.0)}
DROPOUT = 0.1
REAL, LONGEST = 146, 260
"""Real texts of a pass (as many as teach the judges), and the words of each that are read."""
SEED = 7


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=(discriminator.NAME, discriminator.CORRECTOR))
    parser.add_argument("begun", type=Path)
    parser.add_argument("lessons", type=Path, nargs="+")
    parser.add_argument("--real", type=Path, metavar="NEGATIVES", help="for the discriminator: real honest texts")
    options = parser.parse_args()
    correcting = options.network == discriminator.CORRECTOR
    if correcting != (options.real is None):
        parser.error("the discriminator needs --real, the corrector has none")
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    with np.load(options.begun, allow_pickle=False) as arrays:
        begun = Weights.from_arrays(dict(arrays))
    pieces = WordPieces(begun.pieces)
    start = discriminator_weights.from_weights(begun)
    tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in start.items()}
    encoder = Encoder(tensors, len(begun.layers), begun.heads)
    for layer in encoder.layers:
        layer.dropout.p = layer.dropout1.p = layer.dropout2.p = DROPOUT
    taught = [sample for folder in options.lessons for sample in lessons.samples(folder)]
    real = [] if correcting else real_texts(options.real)
    course = (
        text
        for _ in range(PASSES[options.network])
        for text in (lessons.spun_pass(taught, rng) if correcting else lessons.one_pass(taught, real, REAL, rng))
    )
    all_runs = list(runs(course, pieces, rng))
    steps = len(all_runs) // BATCH
    train(encoder, batches(iter(all_runs), pieces, rng), steps, pieces, SECOND[options.network])
    used = np.arange(len(begun.pieces))
    weights = discriminator_weights.kept(encoder.state_dict(), begun.pieces, used, begun.heads, correcting)
    model_store.save(
        options.network,
        VERSIONS[options.network],
        weights.arrays(),
        {"steps": steps, "pieces": len(weights.pieces), "lessons": len(taught)},
        features=[],
        data=digests([options.begun, *options.lessons, *([] if correcting else [options.real])]),
        libraries=versions("numpy", "torch"),
        seed=SEED,
        parameters={"run": RUN, "batch": BATCH, "passes": PASSES[options.network], "dropout": DROPOUT}
        | SECOND[options.network]._asdict(),
    )


def real_texts(path: Path) -> list[str]:
    """Real texts of the half of the negatives that may teach, cut."""
    even = spin_corpus.texts(paragraph for paragraph in paragraphs(path) if paragraph.even)
    return [" ".join(text.split(" ")[:LONGEST]) for _, text in even]


if __name__ == "__main__":
    main()
