"""The discriminator's second course: it goes on from what our engines taught it, with articles written to teach.

    python -m pipeline.learn.lesson_training BEGUN.npz samples/lessons/network NEGATIVES.tsv.gz

BEGUN is what `discriminator_training` made, the model.npz of discriminator 1.0.0. A pass has each lesson as it stands,
each spun one as it was before, and real text of the even half of the negatives, drawn anew. Needs torch, as the first
course does. A quarter of an hour of two cores. The embedding does not learn, so it stays the corrector's to the bit.
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

VERSION = "1.1.0"
PASSES = 4
SECOND = Course(1e-4, 3e-4, 50)
DROPOUT = 0.1
REAL, LONGEST = 146, 260
"""Real texts of a pass (as many as teach the judges), and the words of each that are read."""
SEED = 7


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("begun", "lessons", "negatives"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
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
    taught = lessons.samples(options.lessons)
    even = spin_corpus.texts(paragraph for paragraph in paragraphs(options.negatives) if paragraph.even)
    real = [" ".join(text.split(" ")[:LONGEST]) for _, text in even]
    course = (text for _ in range(PASSES) for text in lessons.one_pass(taught, real, REAL, rng))
    all_runs = list(runs(course, pieces, rng))
    steps = len(all_runs) // BATCH
    loss = train(encoder, batches(iter(all_runs), pieces, rng), steps, pieces, SECOND)
    used = np.arange(len(begun.pieces))
    weights = discriminator_weights.kept(encoder.state_dict(), begun.pieces, used, begun.heads, False)
    model_store.save(
        discriminator.NAME,
        VERSION,
        weights.arrays(),
        {"steps": steps, "pieces": len(weights.pieces), "lessons": len(taught), "loss": round(loss, 4)},
        features=[],
        data=digests([options.begun, options.lessons, options.negatives]),
        libraries=versions("numpy", "torch"),
        seed=SEED,
        parameters={"run": RUN, "batch": BATCH, "passes": PASSES, "rates": SECOND[:2], "dropout": DROPOUT},
    )


if __name__ == "__main__":
    main()
