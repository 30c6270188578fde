"""Sets of words as bits: the number of a word says which sets of words have it.

Most patterns of the claims axis need certain words to be there. A gate names those sets: a pattern is tried only on a
sentence that has a word of each set of its gate, which spares nine of ten searches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import RuleError

Flags = NDArray[np.bool_]
"""(sentences, MOST): which sets each sentence has a word of."""
Gate = tuple[int, ...]
"""Numbers of sets."""
Places = NDArray[np.intp]
MOST = 256
"""Sets that all gates may name; the last is EVERY, which every sentence has."""
EVERY = MOST - 1
UNKNOWN = 0
_SETS: dict[frozenset[str], int] = {}
_ROWS: dict[str, int] = {}
_BITS: list[int] = [0]
"""Set → its number; word → its row; the bits of all sets that hold the word of a row (UNKNOWN: a word of none).
They grow while modules are imported, before any page is read."""


def gate(*sets: Iterable[str]) -> Gate:
    """The gate that needs a word of each of `sets`; a set given again has its number again.

    Raises RuleError where there are too many sets.
    """
    return tuple(sorted({number_of(frozenset(words)) for words in sets}))


def number_of(words: frozenset[str]) -> int:
    """The number of a set."""
    if words not in _SETS:
        if len(_SETS) == EVERY:
            raise RuleError(f"word_flags: more than {EVERY} sets of words; raise MOST")
        number = _SETS[words] = len(_SETS)
        for word in words:
            row = _ROWS.setdefault(word, len(_BITS))
            if row == len(_BITS):
                _BITS.append(0)
            _BITS[row] |= 1 << number
        table.cache_clear()
    return _SETS[words]


@cache
def table() -> NDArray[np.uint64]:
    """(rows, MOST / 64): `_BITS` as numbers of 64 bits."""
    packed = b"".join(bits.to_bytes(MOST // 8, "little") for bits in _BITS)
    return np.frombuffer(packed, dtype="<u8").reshape(len(_BITS), -1)


def rows() -> dict[str, int]:
    """The words of all sets, each with its row: from 1 on, without a gap. Who numbers words begins with these."""
    return dict(_ROWS)


def of_words(sentences: Sequence[Sequence[str]]) -> Flags:
    """The sets of each of some sentences, given their words."""
    found = [_ROWS.get(word, UNKNOWN) for words in sentences for word in words]
    return of(np.array(found, dtype=np.intp), np.array([*map(len, sentences)], dtype=np.intp))


def of(words: Places, counts: Places) -> Flags:
    """The sets of each of some sentences, given the rows of their words and how many words each has."""
    bits = np.zeros((len(counts), MOST // 64), dtype="<u8")
    if len(words):
        spoken = counts > 0
        starts = (counts.cumsum() - counts)[spoken]
        bits[spoken] = np.bitwise_or.reduceat(table().take(words, axis=0), starts)
    flags = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little").view(np.bool_)
    flags[:, EVERY] = True
    return flags


class Gates:
    """Several gates, tried on all sentences at once."""

    def __init__(self, gates: Iterable[Gate]) -> None:
        gates = list(gates)
        most = max(1, *map(len, gates))
        self.needs = np.array([(*gate, *[EVERY] * (most - len(gate))) for gate in gates], dtype=np.intp).T

    def passed(self, flags: Flags) -> NDArray[np.bool_]:
        """(sentences, gates): which sentence has the words of which gate."""
        found: NDArray[np.bool_] = flags.take(self.needs[0], axis=1)
        for sets in self.needs[1:]:
            found &= flags.take(sets, axis=1)
        return found

    def pairs(self, flags: Flags) -> list[list[int]]:
        """Sentence and gate, by their numbers, wherever a sentence has the words of a gate; in order."""
        found: list[list[int]] = np.argwhere(self.passed(flags)).tolist()
        return found
