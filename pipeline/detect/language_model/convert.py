"""Turns fetched weights into what the runtime loads: two onnx graphs, the token vectors, the tokeniser's lists.

Before rounding to int8, each channel's size is moved from the activations into the weights (SmoothQuant, Xiao et al.
2023), measured on a short text of ours; the norm before a matrix, or the rows of the matrix before it, absorb it.
Needs onnx and onnxruntime; runs once, when the model is fetched.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.language_model import gguf, graph
from pipeline.detect.language_model.runtime import Runtime, sessions
from pipeline.detect.language_model.shape import Shape
from pipeline.detect.language_model.tokeniser import Tokeniser

Floats = NDArray[np.float32]
CALIBRATION = Path(__file__).with_name("calibration.txt")
BALANCE = 0.5
"""How much of a channel's size moves into the weights (Xiao et al. 2023, section 4)."""
TAPS = (8, 14, 20, 26)
"""Layers of 30 whose states the probe reads, beside the last."""
HEAD_TOKENS = 24_576
"""Tokens that the vocabulary head knows. Ids are in the order of merging, so these are the commonest; leaving out the
other half moves surprisals by .035 nats on average (16,384: .066; rank correlation .9998)."""


def from_gguf(source: Path, target: Path) -> None:
    """Convert a GGUF file into the folder `target`. Raises ModelError for an unknown format."""
    metadata, weights = gguf.read(source)
    shape = Shape(
        layers=metadata["llama.block_count"],
        heads=metadata["llama.attention.head_count"],
        kv_heads=metadata["llama.attention.head_count_kv"],
        head=metadata["llama.rope.dimension_count"],
        width=metadata["llama.embedding_length"],
        inside=metadata["llama.feed_forward_length"],
        vocabulary=metadata["llama.vocab_size"],
        head_tokens=min(HEAD_TOKENS, metadata["llama.vocab_size"]),
        taps=TAPS,
        rope_base=metadata["llama.rope.freq_base"],
        epsilon=metadata["llama.attention.layer_norm_rms_epsilon"],
    )
    tokens, merges = metadata["tokenizer.ggml.tokens"], metadata["tokenizer.ggml.merges"]
    layers = [layer(weights, number, shape) for number in range(shape.layers)]
    write(target, shape, layers, weights["output_norm.weight"], weights["token_embd.weight"], tokens, merges)


def write(
    target: Path,
    shape: Shape,
    layers: list[graph.Layer],
    final_norm: Floats,
    embedding: Floats,
    tokens: list[str],
    merges: list[str],
    int8: bool = True,
) -> None:
    """Write the folder that `Runtime` loads."""
    (target / "tokens.json").write_text(json.dumps({"tokens": tokens, "merges": merges}), encoding="utf-8")
    (target / "shape.json").write_text(json.dumps({name: getattr(shape, name) for name in shape.__struct_fields__}))
    np.save(target / "embedding.npy", embedding.astype(np.float16))
    (target / "head.onnx").write_bytes(graph.head(embedding[: shape.head_tokens], int8=False).SerializeToString())
    if int8:
        layers = smoothed(shape, layers, measured(shape, layers, final_norm, embedding, Tokeniser(tokens, merges)))
    body = graph.Body(shape, int8=int8).build(layers, final_norm)
    (target / "body.onnx").write_bytes(body.SerializeToString())


def layer(weights: dict[str, Floats], number: int, shape: Shape) -> graph.Layer:
    """One layer's weights: queries scaled, rotary pairs as halves, matrices that share an input joined."""

    def part(name: str) -> Floats:
        return weights[f"blk.{number}.{name}.weight"]

    queries = halves(part("attn_q"), shape.heads) / np.float32(np.sqrt(shape.head))
    keys = halves(part("attn_k"), shape.kv_heads)
    return {
        "norm": part("attn_norm"),
        "qkv": np.concatenate([queries, keys, part("attn_v")]),
        "out": part("attn_output"),
        "ffn_norm": part("ffn_norm"),
        "gate_up": np.concatenate([part("ffn_gate"), part("ffn_up")]),
        "down": part("ffn_down"),
    }


def halves(weight: Floats, heads: int) -> Floats:
    """GGUF keeps the two numbers that a rotary position turns side by side; the graph wants them half a head apart."""
    rows, columns = weight.shape
    pairs = weight.reshape(heads, rows // heads // 2, 2, columns)
    return pairs.transpose(0, 2, 1, 3).reshape(rows, columns)


def measured(
    shape: Shape, layers: list[graph.Layer], final_norm: Floats, embedding: Floats, tokeniser: Tokeniser
) -> dict[str, Floats]:
    """The largest size of each channel of every matrix's input on the calibration text, by ``layer.matrix``."""
    watcher = graph.Body(shape, int8=False, watch=True)
    (body,) = sessions([watcher.build(layers, final_norm).SerializeToString()], threads=0)
    ids, _ = tokeniser.encode(CALIBRATION.read_text(encoding="utf-8"))
    feed = Runtime.feed(shape, embedding[ids], None)
    names = list(watcher.watched)
    sizes: list[Any] = body.run(names, feed)
    return {name: np.abs(value).max(axis=0) for name, value in zip(names, sizes, strict=True)}


def smoothed(shape: Shape, layers: list[graph.Layer], sizes: dict[str, Floats]) -> list[graph.Layer]:
    """The same network with the sizes of activation channels evened out."""
    made = []
    group = shape.heads // shape.kv_heads
    for number, old in enumerate(layers):
        new = {name: value.copy() for name, value in old.items()}
        for matrix, norm in (("qkv", "norm"), ("gate_up", "ffn_norm")):
            factor = balance(sizes[f"{number}.{matrix}"], np.abs(new[matrix]).max(axis=0))
            new[norm] /= factor
            new[matrix] *= factor
        factor = balance(sizes[f"{number}.down"], np.abs(new["down"]).max(axis=0))
        new["down"] *= factor
        new["gate_up"][shape.inside :] /= factor[:, None]
        by_group = (shape.kv_heads, group, shape.head)
        activation = sizes[f"{number}.out"].reshape(by_group).max(axis=1).ravel()
        factor = balance(activation, np.abs(new["out"]).max(axis=0).reshape(by_group).max(axis=1).ravel())
        spread = np.repeat(factor.reshape(shape.kv_heads, 1, shape.head), group, axis=1).ravel()
        new["out"] *= spread
        new["qkv"][-shape.kv_width :] /= factor[:, None]
        made.append(new)
    return made


def balance(activation: Floats, weight: Floats) -> Floats:
    """What to divide each activation channel by, 1 on the geometric mean."""
    log = BALANCE * np.log(np.maximum(activation, 1e-5)) - (1 - BALANCE) * np.log(np.maximum(weight, 1e-5))
    return np.asarray(np.exp(log - log.mean()), dtype=np.float32)
