"""Reads the weights and the vocabulary out of a GGUF file (version 3), with the three encodings that ours uses.

Format: ggml's docs/gguf.md; blocks of 32 values: Q4_1 is scale, minimum (float16), 16 bytes of nibbles; Q8_0 is scale,
32 signed bytes. The file's digest is pinned, so only our own mistakes are guarded against here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError

SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
STRING, ARRAY = 8, 9
F32, Q4_1, Q8_0 = 0, 3, 8
BLOCK_BYTES = {Q4_1: 20, Q8_0: 34}
BLOCK = 32


@dataclass
class Cursor:
    """A place in the bytes of a file."""

    data: memoryview
    at: int = 0

    def scalar(self, code: str) -> Any:
        """The next number."""
        (value,) = struct.unpack_from(code, self.data, self.at)
        self.at += struct.calcsize(code)
        return value

    def string(self) -> str:
        """The next string."""
        size = self.scalar("<Q")
        self.at += size
        return bytes(self.data[self.at - size : self.at]).decode()

    def value(self, kind: int) -> Any:
        """The next metadata value of a kind."""
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            inner, count = self.scalar("<I"), self.scalar("<Q")
            return [self.value(inner) for _ in range(count)]
        return self.scalar(SCALARS[kind])


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Metadata and float32 tensors (rows are outputs). Raises ModelError for another format."""
    cursor = Cursor(memoryview(path.read_bytes()))
    if bytes(cursor.data[:4]) != b"GGUF":
        raise ModelError(f"{path}: not a GGUF file")
    cursor.at = 4
    version, tensors, entries = cursor.scalar("<I"), cursor.scalar("<Q"), cursor.scalar("<Q")
    if version != 3:
        raise ModelError(f"{path}: GGUF version {version}, not 3")
    metadata = {}
    for _ in range(entries):
        key = cursor.string()
        metadata[key] = cursor.value(cursor.scalar("<I"))
    places = {}
    for _ in range(tensors):
        name = cursor.string()
        shape = [cursor.scalar("<Q") for _ in range(cursor.scalar("<I"))]
        places[name] = (shape[::-1], cursor.scalar("<I"), cursor.scalar("<Q"))
    step = metadata.get("general.alignment", 32)
    begin = -(-cursor.at // step) * step
    return metadata, {name: tensor(cursor.data, begin + at, shape, kind) for name, (shape, kind, at) in places.items()}


def tensor(data: memoryview, at: int, shape: list[int], kind: int) -> NDArray[np.float32]:
    """One tensor as float32."""
    count = int(np.prod(shape))
    if kind == F32:
        return np.frombuffer(data, "<f4", count, at).reshape(shape)
    if kind not in BLOCK_BYTES:
        raise ModelError(f"GGUF encoding {kind} is not one that this reader knows")
    size = BLOCK_BYTES[kind]
    blocks = np.frombuffer(data, np.uint8, count // BLOCK * size, at).reshape(-1, size)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    if kind == Q8_0:
        return (blocks[:, 2:].view(np.int8) * scale).reshape(shape)
    least = blocks[:, 2:4].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], axis=1)
    return (nibbles * scale + least).astype(np.float32).reshape(shape)
