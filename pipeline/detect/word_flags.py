"""Sets of words as bits: one look-up a word says which sets of words a sentence has words of.

Most patterns of the claims axis need certain words to be there. A gate is the bits of those sets: a pattern is tried
only on a sentence that has all bits of its gate, which spares nine of ten searches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import RuleError

Flags = NDArray[np.uint64]
"""(sentences, WIDTH): the bits of each sentence."""
WIDTH = 4
"""Numbers of 64 bits that the sets of all gates take."""
_FLAGS: dict[str, int] = {}
"""Word → the bits of all sets that hold it. Grows while modules are imported, and is only read after that."""
_SETS: dict[frozenset[str], int] = {}


def gate(*sets: Iterable[str]) -> int:
    """The bits of a sentence that has a word of each of `sets`; a set given again has its bit again.

    Raises RuleError where WIDTH leaves no bit.
    """
    bits = 0
    for words in map(frozenset, sets):
        if words not in _SETS:
            if len(_SETS) == 64 * WIDTH:
                raise RuleError(f"word_flags: more than {64 * WIDTH} sets of words; raise WIDTH")
            _SETS[words] = 1 << len(_SETS)
            for word in words:
                _FLAGS[word] = _FLAGS.get(word, 0) | _SETS[words]
        bits |= _SETS[words]
    return bits


def of(sentences: Iterable[Sequence[str]]) -> Flags:
    """The bits of each of some sentences, given their words."""
    packed = b"".join(bits_of(words).to_bytes(8 * WIDTH, "little") for words in sentences)
    return np.frombuffer(packed, dtype="<u8").reshape(-1, WIDTH)


def bits_of(words: Sequence[str]) -> int:
    """The bits of all sets that `words` have a word of."""
    found = 0
    for bits in map(_FLAGS.get, words):
        if bits:
            found |= bits
    return found


class Gates:
    """Several gates, tried on all sentences at once."""

    def __init__(self, gates: Iterable[int]) -> None:
        packed = b"".join(bits.to_bytes(8 * WIDTH, "little") for bits in gates)
        self.bits = np.frombuffer(packed, dtype="<u8").reshape(-1, WIDTH)
        self.used = np.flatnonzero(self.bits.any(axis=0))

    def passed(self, flags: Flags) -> NDArray[np.bool_]:
        """(sentences, gates): which sentence has the words of which gate."""
        found = np.ones((len(flags), len(self.bits)), dtype=np.bool_)
        for column in self.used:
            needed = self.bits[:, column]
            found &= (flags[:, column, None] & needed) == needed
        return found

    def pairs(self, flags: Flags) -> list[list[int]]:
        """Sentence and gate, by their numbers, wherever a sentence has the words of a gate; in order."""
        found: list[list[int]] = np.argwhere(self.passed(flags)).tolist()
        return found
