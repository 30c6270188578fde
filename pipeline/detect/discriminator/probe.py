"""The probe: whether each token stands in another's place, by what the language model made of it.

The language model reads from left to right and says only how likely a word was. What its layers know of the word and
of those around it is more: two layers of attention over their states, in both directions, make a replaced-token
discriminator (Clark et al. 2020) of it, at a hundredth of the cost of reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from pipeline.detect.discriminator.runtime import session_of
from pipeline.detect.discriminator.weights import Floats, Weights
from pipeline.detect.language_model.runtime import Chunk, Scores

RUN = 126
"""Tokens that see each other, as in training."""
MARGIN = 24
"""Tokens at the inner ends of a run for which its neighbour speaks."""
SCALE = np.float32(5)
"""What log-probabilities, entropies and logarithms of ranks are divided by."""
SCORES = 3


@dataclass(frozen=True)
class Probe:
    """The network, ready to follow readings. Its embedding is of what is heard of a token, see `heard`."""

    embedding: Floats
    bias: Floats
    positions: Floats
    session: Any

    @classmethod
    def of(cls, weights: Weights, threads: int = 0, int8: bool = True) -> Self:
        """Make it ready. Raises ModelError where onnx or onnxruntime is not installed."""
        top = weights.top
        return cls(weights.embedding[:-1], weights.embedding[-1], top["positions"], session_of(weights, threads, int8))

    def listener(self) -> Listening:
        """What follows one reading."""
        return Listening(self)

    def log_odds(self, vectors: Floats) -> Floats:
        """(tokens,) log-odds, of the embedded tokens of a text; the first, which is no text, has none."""
        made = np.full(len(vectors), -np.inf, dtype=np.float32)
        for at in range(1, max(2, len(vectors) - 2 * MARGIN), RUN - 2 * MARGIN):
            run = vectors[at : at + RUN]
            if len(run):
                [odds] = self.session.run(None, {"vectors": run + self.positions[: len(run)]})
                inner = MARGIN if at > 1 else 0
                made[at + inner : at + len(run)] = odds[inner:, 0]
        return made


class Ear:
    """Hears a text as its chunks are read."""

    def __init__(self) -> None:
        self.before: Floats | None = None
        self.states: list[Floats] = []
        self.scores: list[Floats] = []

    def hear(self, chunk: Chunk, scores: Scores) -> None:
        """Take in a chunk, and what was said of the tokens after its own."""
        self.states.append(self.kept(heard(chunk, self.before)))
        self.before = unit(chunk.hidden[-1:])
        self.scores.append(said(scores))

    def kept(self, states: Floats) -> Floats:
        """What is kept of `heard` states."""
        return states


class Listening(Ear):
    """Embeds what it hears, and asks the probe in the end."""

    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self.probe = probe

    def kept(self, states: Floats) -> Floats:
        """The states embedded."""
        return np.asarray(states @ self.probe.embedding[: states.shape[1]] + self.probe.bias)

    def log_odds(self) -> Floats:
        """Of every token that was heard, the log-odds that it stands in another's place."""
        if not self.states:
            return np.zeros(0, dtype=np.float32)
        scores = around(np.concatenate(self.scores))
        embedded = np.concatenate(self.states) + scores @ self.probe.embedding[-scores.shape[1] :]
        return self.probe.log_odds(embedded)


def heard(chunk: Chunk, before: Floats | None) -> Floats:
    """(tokens, (taps + 2) × width) the states of a chunk's tokens, and last states of the tokens before each.

    Each of unit size; `before` is the last state before the chunk.
    """
    count = len(chunk.hidden)
    states = unit(np.concatenate([chunk.tapped, chunk.hidden[:, None]], axis=1))
    first = np.zeros_like(states[:1, -1]) if before is None else before
    return np.concatenate([states.reshape(count, -1), np.concatenate([first, states[:-1, -1]])], axis=1)


def unit(states: Floats) -> Floats:
    """States of a mean square of 1."""
    return np.asarray(states / np.sqrt(np.square(states).mean(axis=-1, keepdims=True) + 1e-6), dtype=np.float32)


def said(scores: Scores) -> Floats:
    """(tokens, SCORES) what was said of each token that came after."""
    told = np.column_stack([scores.log_probability, scores.entropy, np.log1p(scores.rank)])
    return (told / SCALE).astype(np.float32)


def around(scores: Floats) -> Floats:
    """(tokens, 2 × SCORES) what was said of each token and of the one after it, given those of the token after each."""
    own = np.concatenate([np.zeros_like(scores[:1]), scores[:-1]])
    after = np.concatenate([own[1:], np.zeros_like(own[:1])])
    return np.concatenate([own, after], axis=1)
