"""Reading with the discriminator: a tiny random network, so that every figure can be computed another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.detect.discriminator.runtime import MARGIN, RUN, Discriminator, Network
from pipeline.detect.discriminator.weights import Weights
from tests.detect.discriminator.small import HEADS, WIDTH, weights

Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def numbers() -> Weights:
    """Those of a tiny network, as they come from the store."""
    return Weights.from_arrays(weights().arrays())


@pytest.fixture(scope="module")
def network(numbers: Weights) -> Discriminator:
    """A tiny one."""
    return Discriminator.of(numbers, threads=1)


def normed(x: Floats, weight: Floats, bias: Floats) -> Floats:
    """Layer norm."""
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12) * weight + bias


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit."""
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def by_hand(w: Weights, ids: list[int]) -> Floats:
    """The same network in float arithmetic, step by step (queries are stored scaled)."""
    x = normed(w.embedding[ids] + w.top["positions"][: len(ids)], w.top["norm"], w.top["norm_bias"])
    for layer in w.layers:
        q, k, v = np.split(x @ layer["qkv"].T + layer["qkv_bias"], 3, axis=-1)
        parts = []
        for head in range(HEADS):
            own = slice(head * WIDTH // HEADS, (head + 1) * WIDTH // HEADS)
            scores = np.exp(q[:, own] @ k[:, own].T)
            parts.append(scores / scores.sum(-1, keepdims=True) @ v[:, own])
        x = normed(
            x + np.concatenate(parts, -1) @ layer["out"].T + layer["out_bias"], layer["norm"], layer["norm_bias"]
        )
        inside = x @ layer["inside"].T + layer["inside_bias"]
        x = normed(x + gelu(inside) @ layer["down"].T + layer["down_bias"], layer["last_norm"], layer["last_norm_bias"])
    if w.corrector is None:
        return x @ w.top["head"][:, None] + w.top["head_bias"]
    sought = gelu(x @ w.corrector.T + w.top["corrector_bias"])
    return normed(sought, w.top["corrector_norm"], w.top["corrector_norm_bias"])


def test_the_graph_is_the_network(numbers: Weights, network: Discriminator) -> None:
    """In floats exactly; with bytes up to what rounding costs. So is the corrector's."""
    ids = network.pieces.encode("substance a-b, c. sub x y z", 100)[0]
    for own in (numbers, weights(corrector=True)):
        expected = by_hand(own, [network.pieces.begin, *ids, network.pieces.end])[1:-1]
        assert np.abs(Network.of(own, threads=1, int8=False).of_pieces(ids) - expected).max() < 1e-4
        rough = Network.of(own, threads=1).of_pieces(ids)
        assert rough.shape == (len(ids), 1 if own is numbers else WIDTH)
        assert np.abs(rough - expected).mean() < 0.1 * expected.std()


def test_a_word_gets_its_highest_piece_and_their_mean(network: Discriminator) -> None:
    """Words without a piece get nothing."""
    text = "a substance 语"
    pieces = network.of_pieces(network.pieces.encode(text, 100)[0])[:, 0]
    highest, mean = network.log_odds(text, [(0, 1), (2, 11), (11, 12)])
    assert highest[0] == mean[0] == pieces[0]
    assert highest[1] == pieces[1:3].max()
    assert mean[1] == pytest.approx(pieces[1:3].mean())
    assert np.isnan(highest[2])
    assert np.isnan(mean[2])


@pytest.mark.parametrize("count", [1, RUN - 1, RUN, RUN + 1, 2 * RUN - 2 * MARGIN, 900])
def test_a_long_text_is_read_in_runs_that_overlap(network: Discriminator, count: int) -> None:
    """Every piece of a text is read, and one in the middle of a run as if the run were all there is."""
    ids = np.arange(count) % 20 + 6
    read = network.of_pieces(ids)
    assert len(read) == count
    assert (read != 0).all()
    asked = np.arange(count) == count - 1
    assert (network.of_pieces(ids, asked)[-1] == read[-1]).all()
    step = RUN - 2 * MARGIN
    if count > RUN:
        alone = network.of_pieces(ids[step : step + RUN])
        assert (read[step + MARGIN : step + RUN - MARGIN] == alone[MARGIN : RUN - MARGIN]).all()


@pytest.mark.parametrize("text", ["", " ", "\ud800", "語" * 500, "a" * 1_000_000])
def test_hostile_text_is_read(network: Discriminator, text: str) -> None:
    """Nothing raises, and nothing takes long."""
    spans = [(0, len(text))] if text.strip() else []
    highest, mean = network.log_odds(text, spans)
    assert len(highest) == len(mean) == len(spans)
