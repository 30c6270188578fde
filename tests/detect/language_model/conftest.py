"""A language model of two layers with random weights, converted as the real one is, and a naive twin to check it by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.detect.language_model.shape import Shape
from pipeline.detect.language_model.tokeniser import Tokeniser, byte_alphabet

SHAPE = Shape(
    layers=2, heads=4, kv_heads=2, head=8, width=32, inside=48,
    vocabulary=270, head_tokens=270, taps=(1, 2), rope_base=10_000.0, epsilon=1e-5,
)  # fmt: skip
MERGES = ["Ġ t", "h e", "Ġt he", "Ġ a", "s u", "b s", "t a", "n c", "ta nc", "tanc e"]
Weights = dict[str, NDArray[np.float32]]


def tokens() -> list[str]:
    """The begin token, every byte, and what the merges make."""
    made = ["<|begin|>", *byte_alphabet().values(), *(merge.replace(" ", "") for merge in MERGES)]
    return made + [f"<|spare{n}|>" for n in range(SHAPE.vocabulary - len(made))]


def random_weights() -> tuple[list[Weights], NDArray[np.float32], NDArray[np.float32]]:
    """Layers as `graph` takes them, the final norm, the token vectors (which float16 holds exactly)."""
    rng = np.random.default_rng(7)

    def matrix(rows: int, columns: int) -> NDArray[np.float32]:
        return np.asarray(rng.standard_normal((rows, columns)) / np.sqrt(columns), dtype=np.float32)

    def norm() -> NDArray[np.float32]:
        return rng.uniform(0.5, 1.5, SHAPE.width).astype(np.float32)

    inner = SHAPE.heads * SHAPE.head
    layers = [
        {
            "norm": norm(),
            "qkv": matrix(inner + 2 * SHAPE.kv_width, SHAPE.width),
            "out": matrix(SHAPE.width, inner),
            "ffn_norm": norm(),
            "gate_up": matrix(2 * SHAPE.inside, SHAPE.width),
            "down": matrix(SHAPE.width, SHAPE.inside),
        }
        for _ in range(SHAPE.layers)
    ]
    vectors = rng.normal(0, 0.4, (SHAPE.vocabulary, SHAPE.width)).astype(np.float16).astype(np.float32)
    return layers, norm(), vectors


@pytest.fixture(scope="session")
def tokeniser() -> Tokeniser:
    """The tokeniser of the random model."""
    return Tokeniser(tokens(), MERGES)


@pytest.fixture(scope="session")
def runtimes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The random model as the runtime runs it, in float32 and in int8."""
    pytest.importorskip("onnx", reason="building the graph needs onnx: pip install 'unspun[deep]'")
    pytest.importorskip("onnxruntime", reason="running it needs onnxruntime: pip install 'unspun[deep]'")
    from pipeline.detect.language_model import convert
    from pipeline.detect.language_model.runtime import Runtime

    made = {}
    for name in ("float32", "int8"):
        folder = Path(tmp_path_factory.mktemp(name))
        convert.write(folder, SHAPE, *random_weights(), tokens(), MERGES, int8=name == "int8")
        made[name] = Runtime.load(folder, threads=1)
    return made


def naive(ids: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log-probabilities (tokens, vocabulary) after each of `ids`, in float64 and the plainest way."""
    _, final, vectors = random_weights()
    logits = normed(naive_states(ids)[-1], final) @ vectors.T.astype(np.float64)
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)))


def normed(x: NDArray[np.float64], weight: NDArray[np.float32]) -> NDArray[np.float64]:
    """Root-mean-square norm."""
    return np.array([row / np.sqrt((row**2).mean() + SHAPE.epsilon) * weight for row in x])


def naive_states(ids: NDArray[np.int64]) -> list[NDArray[np.float64]]:
    """(tokens, width) states after each layer."""
    layers, _, vectors = random_weights()
    state = vectors[ids].astype(np.float64)
    half = SHAPE.head // 2
    after = []

    def rotated(x: NDArray[np.float64]) -> NDArray[np.float64]:
        made = np.empty_like(x)
        for t in range(len(x)):
            for i in range(half):
                angle = t * SHAPE.rope_base ** (-2 * i / SHAPE.head)
                a, b = x[t, i], x[t, i + half]
                made[t, i] = a * np.cos(angle) - b * np.sin(angle)
                made[t, i + half] = b * np.cos(angle) + a * np.sin(angle)
        return made

    for layer in layers:
        x = normed(state, layer["norm"])
        mixed = x @ layer["qkv"].T.astype(np.float64)
        q, k, v = np.split(mixed, [SHAPE.heads * SHAPE.head, SHAPE.heads * SHAPE.head + SHAPE.kv_width], axis=1)
        seen = np.zeros((len(ids), SHAPE.heads * SHAPE.head))
        for head in range(SHAPE.heads):
            own, shared = head * SHAPE.head, head // (SHAPE.heads // SHAPE.kv_heads) * SHAPE.head
            queries = rotated(q[:, own : own + SHAPE.head])
            keys, values = rotated(k[:, shared : shared + SHAPE.head]), v[:, shared : shared + SHAPE.head]
            for t in range(len(ids)):
                weight = np.exp(keys[: t + 1] @ queries[t])
                seen[t, own : own + SHAPE.head] = weight / weight.sum() @ values[: t + 1]
        state = state + seen @ layer["out"].T
        gate, up = np.split(normed(state, layer["ffn_norm"]) @ layer["gate_up"].T.astype(np.float64), 2, axis=1)
        state = state + (gate / (1 + np.exp(-gate)) * up) @ layer["down"].T
        after.append(state)
    return after
