"""The runtime against a naive float64 twin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.detect.language_model import runtime as module
from tests.detect.language_model.conftest import SHAPE, naive, naive_states

IDS = np.random.default_rng(3).integers(1, SHAPE.vocabulary, 90)


def states(runtime: Any, ids: Any) -> Any:
    """All hidden states of `ids`."""
    return np.concatenate([chunk.hidden for chunk in runtime.chunks(ids)])


@pytest.mark.parametrize(("name", "tolerance"), [("float32", 1e-3), ("int8", 0.1)])
def test_log_probabilities(runtimes: dict[str, Any], name: str, tolerance: float) -> None:
    """Log-probabilities are the twin's: all to rounding in float32, a tenth of a nat off on average in int8."""
    runtime = runtimes[name]
    scores = runtime.scores(states(runtime, IDS[:-1]), IDS[1:])
    expected = naive(IDS[:-1])
    own = expected[np.arange(len(IDS) - 1), IDS[1:]]
    summed = np.max if name == "float32" else np.mean
    assert summed(np.abs(scores.log_probability - own)) < tolerance
    assert summed(np.abs(scores.entropy + (np.exp(expected) * expected).sum(axis=1))) < tolerance
    if name == "float32":
        assert np.abs(scores.rank - (expected > own[:, None]).sum(axis=1)).max() <= 1


def test_states_of_tapped_layers(runtimes: dict[str, Any]) -> None:
    """They are the twin's, whatever chunk they were read in."""
    tapped = np.concatenate([chunk.tapped for chunk in runtimes["float32"].chunks(IDS)])
    expected = np.stack([naive_states(IDS)[layer - 1] for layer in SHAPE.taps], axis=1)
    assert np.abs(tapped - expected).max() < 1e-3


def test_chunks_share_the_past(runtimes: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading in small chunks gives the numbers of one chunk as long as the past is kept whole."""
    whole = states(runtimes["float32"], IDS)
    monkeypatch.setattr(module, "CHUNK", 13)
    assert np.abs(states(runtimes["float32"], IDS) - whole).max() < 1e-4


def test_past_is_bounded(runtimes: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """No chunk sees more than the first token and the `PAST` tokens before it."""
    monkeypatch.setattr(module, "CHUNK", 16)
    monkeypatch.setattr(module, "PAST", 24)
    assert [chunk.seen for chunk in runtimes["float32"].chunks(IDS)] == [0, 16, 25, 25, 25, 25]


def test_head_may_know_fewer_tokens(runtimes: dict[str, Any]) -> None:
    """A token that the head leaves out still counts in its own probability."""
    runtime = runtimes["float32"]
    log_sum = runtime.with_own(np.array([1.0, 1.0]), np.array([0, SHAPE.head_tokens]), np.array([2.0, 2.0]))
    assert log_sum.tolist() == pytest.approx([1.0, np.logaddexp(1.0, 2.0)])
