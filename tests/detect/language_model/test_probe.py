"""The probe on the random language model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pipeline.detect.discriminator import probe as module
from pipeline.detect.discriminator.probe import SCORES, Probe, around, unit
from pipeline.detect.language_model import runtime as reader
from pipeline.detect.language_model import words
from tests.detect.discriminator import small
from tests.detect.language_model.conftest import SHAPE

IDS = np.random.default_rng(5).integers(1, SHAPE.vocabulary, 150)
HEARD = (len(SHAPE.taps) + 2) * SHAPE.width + 2 * SCORES


@pytest.fixture(scope="module")
def probe() -> Probe:
    """A probe with random weights."""
    pytest.importorskip("onnxruntime", reason="running it needs onnxruntime: pip install 'unspun[deep]'")
    drawn = small.weights()
    embedding = np.random.default_rng(1).normal(0, 0.05, (HEARD + 1, small.WIDTH)).astype(np.float32)
    return Probe.of(replace(drawn, embedding=embedding), threads=1, int8=False)


def log_odds(probe: Probe, runtime: Any, ids: Any) -> Any:
    """What the probe says of each of `ids`."""
    listener = probe.listener()
    for chunk in runtime.chunks(ids):
        following = np.append(ids, 0)[chunk.begin + 1 : chunk.begin + 1 + len(chunk.hidden)]
        listener.hear(chunk, runtime.scores(chunk.hidden, following))
    return listener.log_odds()


def test_chunks_make_no_difference(probe: Probe, runtimes: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A text read in small chunks has the log-odds of one read in one; its first token, no text, has none."""
    whole = log_odds(probe, runtimes["float32"], IDS)
    monkeypatch.setattr(reader, "CHUNK", 13)
    assert whole[0] == -np.inf
    assert np.abs(log_odds(probe, runtimes["float32"], IDS)[1:] - whole[1:]).max() < 1e-3
    assert whole[1:].std() > 0.01


def test_what_comes_after_counts(probe: Probe, runtimes: dict[str, Any]) -> None:
    """Unlike the language model, the probe sees the words to the right."""
    other = IDS.copy()
    other[60:] = IDS[60:][::-1]
    before, after = (log_odds(probe, runtimes["float32"], ids)[40:58] for ids in (IDS, other))
    assert np.abs(before - after).max() > 1e-3


@pytest.mark.parametrize("count", [1, 2, 126, 127, 128, 204, 205, 206, 400])
def test_every_token_is_told(probe: Probe, count: int) -> None:
    """Runs cover a text of any length; inside the margins of a run its neighbour speaks."""
    vectors = np.random.default_rng(count).normal(size=(count, small.WIDTH)).astype(np.float32)
    odds = probe.log_odds(vectors)
    assert np.isfinite(odds[1:]).all()
    if count == 400:
        at = 1 + module.RUN - 2 * module.MARGIN
        [own] = probe.session.run(None, {"vectors": vectors[at : at + module.RUN] + probe.positions[: module.RUN]})
        inner = slice(at + module.MARGIN, at + module.RUN - module.MARGIN)
        assert np.abs(odds[inner] - own[module.MARGIN : -module.MARGIN, 0]).max() < 1e-4


def test_words_hear_it(probe: Probe, runtimes: dict[str, Any]) -> None:
    """A word of the text has log-odds; nothing to read is no error."""
    listening = replace(runtimes["int8"], listener=probe.listener)
    assert np.isfinite(words.read(listening, "the substance", [(0, 3), (4, 13)]).replaced).all()
    assert len(words.read(listening, "", []).replaced) == 0


def test_scores_stand_beside_their_token() -> None:
    """What was said of a token, then of the one after it; states have a mean square of 1."""
    scores = np.arange(6, dtype=np.float32).reshape(3, 2)
    assert around(scores).tolist() == [[0, 0, 0, 1], [0, 1, 2, 3], [2, 3, 0, 0]]
    states = unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert np.square(states).mean(axis=1).tolist() == pytest.approx([1, 0], abs=1e-5)
