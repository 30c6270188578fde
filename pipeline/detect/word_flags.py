"""Sets of words as bits: one look-up a word says which sets of words a sentence has words of.

Most patterns of the claims axis need certain words to be there. A gate is the bits of those sets: a pattern is tried
only on a sentence that has all bits of its gate, which spares nine of ten searches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import count
from operator import or_

_FLAGS: dict[str, int] = {}
"""Word → the bits of all sets that hold it. Grows while modules are imported, and is only read after that."""
_GATES: dict[frozenset[str], int] = {}
_NUMBERS = count()


def gate(*sets: Iterable[str]) -> int:
    """The bits of a sentence that has a word of each of `sets`; a set given again has its bit again."""
    bits = 0
    for words in map(frozenset, sets):
        if words not in _GATES:
            _GATES[words] = 1 << next(_NUMBERS)
            for word in words:
                _FLAGS[word] = _FLAGS.get(word, 0) | _GATES[words]
        bits |= _GATES[words]
    return bits


def flags(words: Sequence[str]) -> int:
    """The bits of all sets that `words` have a word of."""
    found = 0
    for bits in map(_FLAGS.get, words):
        if bits:
            found |= bits
    return found


def joined(*gates: int) -> int:
    """The bits of all `gates`: a sentence without any of them passes none."""
    return reduce(or_, gates, 0)


def passes(flags: int, gate: int) -> bool:
    """Whether a sentence with `flags` has a word of each set of `gate`."""
    return flags & gate == gate
