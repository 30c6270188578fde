"""A tiny network with random weights, for tests that need one to run."""

from __future__ import annotations

import numpy as np

from pipeline.detect.discriminator.weights import Weights

LETTERS = [chr(number) for number in range(ord("a"), ord("z") + 1)]
PIECES = ["[UNK]", "[CLS]", "[SEP]", ".", ",", "-", "sub", "##stance", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
WIDTH, INSIDE, HEADS, LAYERS = 24, 48, 2, 2


def weights(seed: int = 0, corrector: bool = False) -> Weights:
    """Random weights of a tiny network over `PIECES`, with a second head for a corrector."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32) * np.float32(0.3)

    def norm(name: str) -> dict[str, np.ndarray]:
        return {name: np.ones(WIDTH, dtype=np.float32), f"{name}_bias": np.zeros(WIDTH, dtype=np.float32)}

    layers = [
        {
            "qkv": drawn(3 * WIDTH, WIDTH),
            "qkv_bias": drawn(3 * WIDTH),
            "out": drawn(WIDTH, WIDTH),
            "out_bias": drawn(WIDTH),
            "inside": drawn(INSIDE, WIDTH),
            "inside_bias": drawn(INSIDE),
            "down": drawn(WIDTH, INSIDE),
            "down_bias": drawn(WIDTH),
            **norm("norm"),
            **norm("last_norm"),
        }
        for _ in range(LAYERS)
    ]
    top: dict[str, np.ndarray] = {
        "positions": drawn(512, WIDTH),
        **norm("norm"),
        "head": drawn(WIDTH),
        "head_bias": drawn(1),
    }
    embedding = drawn(len(PIECES), WIDTH)
    if not corrector:
        return Weights(PIECES, HEADS, embedding, top, layers)
    top |= {"corrector_bias": drawn(WIDTH), **norm("corrector_norm"), "piece_bias": drawn(len(PIECES))}
    return Weights(PIECES, HEADS, embedding, top, layers, drawn(WIDTH, WIDTH))
