"""The network's numbers as they are stored: matrices in 7-bit steps with one scale a row, vectors as they are."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
STEPS = 63
"""Largest step of a weight: 7 bits, because AVX2's multiply saturates on sums of two 8-bit products."""
MATRICES = ("qkv", "out", "inside", "down")
VECTORS = ("qkv_bias", "out_bias", "inside_bias", "down_bias", "norm", "norm_bias", "last_norm", "last_norm_bias")
TOP = ("positions", "norm", "norm_bias", "head", "head_bias")
EMBEDDINGS: WeakValueDictionary[bytes, Floats] = WeakValueDictionary()
"""Embeddings in use, by the digest of what is stored: both networks have the same, of 33 MB."""
CORRECTOR = ("corrector_bias", "corrector_norm", "corrector_norm_bias", "piece_bias")


@dataclass(frozen=True)
class Weights:
    """An encoder (Devlin et al. 2019) with one head or two; matrices are (outputs, inputs), queries scaled."""

    pieces: list[str]
    """The vocabulary of word pieces, by id."""
    heads: int
    embedding: Floats
    """(pieces, width)."""
    top: dict[str, Floats]
    """TOP: positions with the segment's vector added, the norm of the embedding, the head (width) and its bias; and
    CORRECTOR, where it has one: the bias and norm of `corrector`, and the bias of each piece under it."""
    layers: list[dict[str, Floats]]
    """MATRICES and VECTORS of each layer."""
    corrector: Floats | None = None
    """(width, width): from what was read to the embedding of what stood there before; the second head."""

    def arrays(self) -> dict[str, Any]:
        """The arrays to store."""
        made: dict[str, Any] = {
            "pieces": np.frombuffer("\n".join(self.pieces).encode(), dtype=np.uint8),
            "heads": np.int64(self.heads),
            "layers": np.int64(len(self.layers)),
            **self.top,
        }
        made |= rounded("embedding", self.embedding)
        if self.corrector is not None:
            made |= rounded("corrector", self.corrector)
        for number, layer in enumerate(self.layers):
            for name in MATRICES:
                made |= rounded(f"{number}_{name}", layer[name])
            made |= {f"{number}_{name}": layer[name] for name in VECTORS}
        return made

    @classmethod
    def from_arrays(cls, arrays: dict[str, Any]) -> Weights:
        """The weights from stored arrays."""
        return cls(
            bytes(arrays["pieces"]).decode().split("\n"),
            int(arrays["heads"]),
            embedding_of(arrays),
            {name: arrays[name] for name in (*TOP, *CORRECTOR) if name in arrays},
            [
                {name: whole(arrays, f"{number}_{name}") for name in MATRICES}
                | {name: arrays[f"{number}_{name}"] for name in VECTORS}
                for number in range(int(arrays["layers"]))
            ],
            whole(arrays, "corrector") if "corrector" in arrays else None,
        )


def rounded(name: str, matrix: Floats) -> dict[str, Any]:
    """A matrix in whole steps, and the size of a step in each row."""
    scale = np.maximum(np.abs(matrix).max(axis=1) / STEPS, 1e-12).astype(np.float32)
    return {name: np.round(matrix / scale[:, None]).astype(np.int8), f"{name}_scale": scale}


def embedding_of(arrays: dict[str, Any]) -> Floats:
    """The embedding; networks that have the same share it, so it must not be written to."""
    key = sha256(arrays["embedding"].tobytes() + arrays["embedding_scale"].tobytes()).digest()
    found = EMBEDDINGS.get(key)
    if found is None:
        found = EMBEDDINGS[key] = whole(arrays, "embedding")
    return found


def whole(arrays: dict[str, Any], name: str) -> Floats:
    """The matrix again."""
    return np.asarray(arrays[name] * arrays[f"{name}_scale"][:, None], dtype=np.float32)
