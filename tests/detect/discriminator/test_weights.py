"""The network's numbers survive being stored."""

from __future__ import annotations

import numpy as np

from pipeline.detect.discriminator.weights import STEPS, Weights
from tests.detect.discriminator.small import weights


def test_matrices_come_back_within_half_a_step() -> None:
    """A step is a 63rd of a row's largest number."""
    made = weights()
    again = Weights.from_arrays(made.arrays())
    for old, new in zip(made.layers, again.layers, strict=True):
        step = np.abs(old["qkv"]).max(axis=1, keepdims=True) / STEPS
        assert (np.abs(old["qkv"] - new["qkv"]) <= step * 0.5001).all()
        assert (old["qkv_bias"] == new["qkv_bias"]).all()
    assert again.pieces == made.pieces
    assert again.heads == made.heads


def test_what_was_rounded_once_stays() -> None:
    """Loading and storing again changes no matrix."""
    once = Weights.from_arrays(weights().arrays())
    twice = Weights.from_arrays(once.arrays())
    assert all(np.allclose(a["down"], b["down"], atol=1e-7) for a, b in zip(once.layers, twice.layers, strict=True))


def test_networks_with_the_same_embedding_share_it() -> None:
    """It is in memory once while either is in use; another is another."""
    stored = weights().arrays()
    one, same = Weights.from_arrays(stored), Weights.from_arrays(weights().arrays())
    assert one.embedding is same.embedding
    other = Weights.from_arrays(stored | {"embedding": stored["embedding"] // 2})
    assert other.embedding is not one.embedding
    assert not np.array_equal(other.embedding, one.embedding)
