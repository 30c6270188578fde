"""From the published encoder to what is trained, and from that to what ships: names, and the pieces that are kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn.paragraphs import paragraphs

LEAST_USED = 3
"""Uses in the reference from which on a piece of more than one letter is kept."""
PARTS = {
    "self_attn.out_proj": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "linear1": "intermediate.dense",
    "linear2": "output.dense",
    "norm2": "output.LayerNorm",
}
"""Name in torch's encoder layer → name in BERT's."""
STORED = {"self_attn.out_proj": "out", "norm1": "norm", "linear1": "inside", "linear2": "down", "norm2": "last_norm"}
"""Name in torch's encoder layer → name in `Weights.layers`."""


def from_safetensors(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The encoder's weights by the names of `discriminator_training.Encoder`."""
    from safetensors.numpy import load  # as torch, on no machine but the one that trains

    given = {name.removeprefix("bert."): array for name, array in load(content).items()}
    made = {
        "embedding": given["embeddings.word_embeddings.weight"],
        "positions": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    for number in range(sum(name.endswith("attention.self.query.weight") for name in given)):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            qkv = [given[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            made[f"{new}.self_attn.in_proj_{kind}"] = np.concatenate(qkv)
            made |= {f"{new}.{ours}.{kind}": given[f"{old}.{theirs}.{kind}"] for ours, theirs in PARTS.items()}
    return made


def from_weights(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The same of a trained network, as it ships, so that its training can go on; its heads among them."""
    width, top = weights.embedding.shape[1], weights.top
    scale = np.concatenate([np.full(width, np.sqrt(weights.heads / width)), np.ones(2 * width)]).astype(np.float32)
    made = {
        "embedding": weights.embedding,
        "positions": top["positions"],
        "norm.weight": top["norm"],
        "norm.bias": top["norm_bias"],
        "head.weight": top["head"][None],
        "head.bias": top["head_bias"],
    }
    if weights.corrector is not None:
        made |= {
            "corrector.weight": weights.corrector,
            "corrector.bias": top["corrector_bias"],
            "corrector_norm.weight": top["corrector_norm"],
            "corrector_norm.bias": top["corrector_norm_bias"],
            "piece_bias": top["piece_bias"],
        }
    for number, layer in enumerate(weights.layers):
        new = f"layers.{number}"
        made[f"{new}.self_attn.in_proj_weight"] = layer["qkv"] / scale[:, None]
        made[f"{new}.self_attn.in_proj_bias"] = layer["qkv_bias"] / scale
        for ours, stored in STORED.items():
            made[f"{new}.{ours}.weight"] = layer[stored]
            made[f"{new}.{ours}.bias"] = layer[f"{stored}_bias"]
    return made


def used(pieces: WordPieces, paths: Iterable[Path]) -> NDArray[np.int64]:
    """Ids of the pieces that the reference uses, of those of one letter or mark, and of the marks of a run."""
    counts = np.zeros(len(pieces.ids), dtype=np.int64)
    for path in paths:
        for paragraph in paragraphs(path):
            counts += np.bincount(pieces.encode(paragraph.text, sys.maxsize)[0], minlength=len(counts))
    special = {pieces.begin, pieces.end, pieces.unknown}
    short = [
        (len(piece.removeprefix("##")) == 1 and piece.isascii()) or number in special
        for piece, number in pieces.ids.items()
    ]
    return np.flatnonzero((counts >= LEAST_USED) | np.array(short))


def kept(
    state: Mapping[str, Any], vocabulary: Sequence[str], ids: NDArray[np.int64], heads: int, corrector: bool
) -> Weights:
    """What ships of a trained encoder's arrays: only the pieces `ids`, queries scaled; the second head if wanted."""
    array = {name: np.asarray(value, dtype=np.float32) for name, value in state.items()}
    width = array["embedding.weight"].shape[1]
    scale = np.concatenate([np.full(width, np.sqrt(heads / width)), np.ones(2 * width)]).astype(np.float32)
    layers = [
        {
            "qkv": array[f"layers.{n}.self_attn.in_proj_weight"] * scale[:, None],
            "qkv_bias": array[f"layers.{n}.self_attn.in_proj_bias"] * scale,
            "out": array[f"layers.{n}.self_attn.out_proj.weight"],
            "out_bias": array[f"layers.{n}.self_attn.out_proj.bias"],
            "norm": array[f"layers.{n}.norm1.weight"],
            "norm_bias": array[f"layers.{n}.norm1.bias"],
            "inside": array[f"layers.{n}.linear1.weight"],
            "inside_bias": array[f"layers.{n}.linear1.bias"],
            "down": array[f"layers.{n}.linear2.weight"],
            "down_bias": array[f"layers.{n}.linear2.bias"],
            "last_norm": array[f"layers.{n}.norm2.weight"],
            "last_norm_bias": array[f"layers.{n}.norm2.bias"],
        }
        for n in range(sum(name.endswith("linear1.weight") for name in array))
    ]
    top = {
        "positions": array["positions"],
        "norm": array["norm.weight"],
        "norm_bias": array["norm.bias"],
        "head": array["head.weight"][0],
        "head_bias": array["head.bias"],
    }
    if corrector:
        top |= {
            "corrector_bias": array["corrector.bias"],
            "corrector_norm": array["corrector_norm.weight"],
            "corrector_norm_bias": array["corrector_norm.bias"],
            "piece_bias": array["piece_bias"][ids],
        }
    names = [vocabulary[number] for number in ids]
    second = array["corrector.weight"] if corrector else None
    return Weights(names, heads, array["embedding.weight"][ids], top, layers, second)
