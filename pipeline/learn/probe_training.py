"""Trains models/probe: which tokens stand in another's place, by the states of the language model.

    python -m pipeline.learn.probe_training samples/lessons/network NEGATIVES.tsv.gz

It learns from the lessons that teach the discriminator, each spun one also as it was before, and from real text of the
even half of the negatives. The language model reads each text once (a quarter of an hour of two cores; the states take
5 GB of memory) and does not learn; the network on them learns in a quarter of an hour of one core. Needs torch, as the
discriminator's training does, and the fetched language model.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipeline import model_store
from pipeline.detect import discriminator, language_model
from pipeline.detect.discriminator.probe import RUN
from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.language_model import store
from pipeline.learn import discriminator_weights, lessons
from pipeline.learn.digests import digests, versions
from pipeline.learn.discriminator_training import BATCH, EMPTY, rate_at
from pipeline.learn.heard_texts import Heard, listen, runs
from pipeline.learn.lesson_training import REAL, real_texts
from pipeline.learn.replaced_tokens import Marked

VERSION = "1.0.0"
WIDTH, LAYERS, HEADS = 256, 2, 8
PASSES = 5
POOL = 400
"""Real texts from which each pass draws REAL."""
RATE, WARM = 1e-3, 50
"""Highest learning rate, and the steps until it is reached (`rate_at`)."""
DROPOUT = 0.2
SEED = 7


class Network(nn.Module):  # type: ignore[misc]  # torch is on no machine but the one that trains
    """The probe in torch's own layers, named as `discriminator_weights.kept` wants them."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.embed = nn.Linear(inputs, WIDTH)
        self.positions = nn.Parameter(0.02 * torch.randn(RUN, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(WIDTH, HEADS, 4 * WIDTH, DROPOUT, "gelu", 1e-12, batch_first=True)
            for _ in range(LAYERS)
        )
        self.head = nn.Linear(WIDTH, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, EMPTY)

    def forward(self, states: torch.Tensor, absent: torch.Tensor) -> torch.Tensor:
        """(runs, tokens) log-odds; `absent` where there is no token."""
        dropped = functional.dropout(states, DROPOUT, self.training)
        state = self.norm(self.embed(dropped) + self.positions[: states.shape[1]])
        for layer in self.layers:
            state = layer(state, src_key_padding_mask=absent)
        return torch.as_tensor(self.head(state)[..., 0])

    def weights(self) -> Weights:
        """What ships; the bias of the embedding is its last row."""
        rows = torch.cat([self.embed.weight.T, self.embed.bias[None]])
        state = {name: value.detach() for name, value in {**self.state_dict(), "embedding.weight": rows}.items()}
        ids = np.arange(len(rows))
        return replace(discriminator_weights.kept(state, [""] * len(rows), ids, HEADS, corrector=False), pieces=[])


def batch(drawn: Sequence[Heard]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Runs as tensors: states, marks, and where there is no token."""
    size = max(len(run.marks) for run in drawn)
    states = np.zeros((len(drawn), size, drawn[0].states.shape[1]), dtype=np.float32)
    marks, absent = np.zeros((len(drawn), size), dtype=np.float32), np.ones((len(drawn), size), dtype=np.bool_)
    for row, run in enumerate(drawn):
        end = len(run.marks)
        states[row, :end], marks[row, :end], absent[row, :end] = run.states, run.marks, False
    return torch.from_numpy(states), torch.from_numpy(marks), torch.from_numpy(absent)


def train(network: Network, taught: Sequence[Heard], real: Sequence[Heard], rng: random.Random) -> int:
    """Teach the network; returns how many steps it took."""
    passes = [runs([*taught, *rng.sample(real, min(REAL, len(real)))], rng) for _ in range(PASSES)]
    course = [run for each in passes for run in each]
    steps = len(course) // BATCH
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01)
    recent = 0.0
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate_at(RATE, step, steps, WARM)
        states, marks, absent = batch(course[step * BATCH : (step + 1) * BATCH])
        loss = functional.binary_cross_entropy_with_logits(network(states, absent)[~absent], marks[~absent])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        recent = 0.98 * recent + 0.02 * float(loss.detach())
        if step % 50 == 49:
            print(f"step {step + 1} of {steps}: loss {recent / (1 - 0.98 ** (step + 1)):.4f}", file=sys.stderr)
    return steps


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("lessons", "negatives"):
        parser.add_argument(name, type=Path)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    runtime = language_model.load()
    samples = lessons.samples(options.lessons)
    texts = [lessons.marked(sample) for sample in samples if sample.spun]
    texts += [Marked(lessons.restored(sample), ()) for sample in samples]
    honest = real_texts(options.negatives)
    pool = [Marked(text, ()) for text in rng.sample(honest, min(POOL, len(honest)))]
    every = []
    for text in (*texts, *pool):
        every.append(listen(runtime, text))
        if len(every) % 20 == 0:
            print(f"{len(every)} of {len(texts) + len(pool)} texts heard", file=sys.stderr)
    network = Network(every[0].states.shape[1])
    steps = train(network, every[: len(texts)], every[len(texts) :], rng)
    model_store.save(
        discriminator.PROBE,
        VERSION,
        network.weights().arrays(),
        {"steps": steps, "lessons": len(samples), "tokens": sum(len(text.marks) for text in every)},
        features=[],
        data=digests([options.lessons, options.negatives]) | {store.NAME: store.WHEEL_SHA256},
        libraries=versions("numpy", "torch", "onnxruntime"),
        seed=SEED,
        parameters={"run": RUN, "batch": BATCH, "passes": PASSES, "rate": RATE, "warm": WARM, "dropout": DROPOUT}
        | {"width": WIDTH, "layers": LAYERS, "heads": HEADS},
    )


if __name__ == "__main__":
    main()
