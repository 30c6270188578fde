"""What is known of each word of a text after `words.read`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class WordScores:
    """Arrays over words; nan (-1 for integers) where a word was not read or has no tokens of its own. Nats."""

    surprisal: Floats
    """Minus the log-probability of all of the word's tokens."""
    rank: Floats
    """Rank of its first token among all; 0 is likeliest."""
    entropy: Floats
    """Of what could have come in its place."""
    following: Floats
    """Surprisal of the token after it."""
    tokens: Ids
    """How many tokens it has."""
    left_gain: Floats
    """Log-probability of the best substitute's first token, less the word's; nan without substitutes."""
    gain: Floats
    """How much likelier the word and the next `words.RIGHT` tokens are with the best substitute run; nan without."""
    best: Ids
    """Number of that substitute; where none was run, the one of `left_gain`."""
    replaced: Floats
    """Log-odds that the word stands in another's place, of its tokens the highest, by who listened; else nan."""
    options: Options


@dataclass(frozen=True)
class Options:
    """Arrays over all substitutes that were looked at, words in order. Nats."""

    word: Ids
    """The word that it might replace."""
    number: Ids
    """Which of the word's substitutes it is."""
    lead: Floats
    """Log-probability of its first token, less that of the word's first token; nan where the word was not read."""
    gain: Floats
    """As `WordScores.gain`; nan where it was not run."""


def unread(count: int) -> WordScores:
    """The scores of `count` words that no language model read."""
    unknown, none = np.full(count, np.nan, dtype=np.float32), np.full(count, -1, dtype=np.int64)
    nothing, no_one = np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
    return WordScores(
        surprisal=unknown,
        rank=unknown,
        entropy=unknown,
        following=unknown,
        tokens=none,
        left_gain=unknown,
        gain=unknown,
        best=none,
        replaced=unknown,
        options=Options(no_one, no_one, nothing, nothing),
    )
