"""Builds the Bloomier filter that `pipeline.detect.associations` reads (Chazelle, Kilian, Rubinfeld and Tal 2004)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import LEVELS, cells

ROOM = 1.24
"""Cells for each key; below 1.23 the peeling gets stuck."""
ATTEMPTS = 6
EDGES = np.sqrt(LEVELS[1:] * LEVELS[:-1])


def build(keys: NDArray[np.uint64], counts: NDArray[np.floating[Any]]) -> NDArray[np.uint16]:
    """The cells that answer each of the distinct `keys` with the level nearest to its count.

    Raises ValueError when no size lets all keys be placed, which happens only to repeated keys.
    """
    segment = int(len(keys) * ROOM / 3) + 8
    for _ in range(ATTEMPTS):
        places, finger = cells(keys, segment)
        slots = np.stack(places, axis=1).astype(np.int64)
        layers = peel(slots, 3 * segment)
        if layers is not None:
            return fill(slots, layers, finger | np.searchsorted(EDGES, counts).astype(np.uint16), 3 * segment)
        segment = int(segment * 1.02) + 1
    raise ValueError("the keys could not be placed; are they distinct?")


def peel(slots: NDArray[np.int64], size: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Layers of (keys, the cell that each has to itself) in the order of peeling; None when some key never has one."""
    number = np.arange(len(slots), dtype=np.int64)
    degree = np.bincount(slots.ravel(), minlength=size)
    joined = np.zeros(size, dtype=np.int64)
    for column in range(3):
        np.bitwise_xor.at(joined, slots[:, column], number)
    layers, left = [], len(slots)
    alone = np.flatnonzero(degree == 1)
    while len(alone):
        keys, first = np.unique(joined[alone], return_index=True)
        layers.append((keys, alone[first]))
        left -= len(keys)
        touched = slots[keys]
        for column in range(3):
            np.subtract.at(degree, touched[:, column], 1)
            np.bitwise_xor.at(joined, touched[:, column], keys)
        around = np.unique(touched)
        alone = around[degree[around] == 1]
    return layers if left == 0 else None


def fill(
    slots: NDArray[np.int64],
    layers: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    values: NDArray[np.uint16],
    size: int,
) -> NDArray[np.uint16]:
    """Cells whose exclusive or over each key's three slots is the key's value, filled in reverse order of peeling."""
    made = np.zeros(size, dtype=np.uint16)
    for keys, own in reversed(layers):
        a, b, c = slots[keys].T
        made[own] = values[keys] ^ made[a] ^ made[b] ^ made[c]
    return made
