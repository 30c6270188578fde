"""Whether a phrase is stranded where it stands: its neighbours go together better without it.

For each phrase the association table says how well the words before and after it go together, and how well each goes
with the phrase; a linear model joins that with the words' classes. It was taught on phrases put into honest text and on
the same kinds of phrases that real pages use rightly (`learn.stranding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline import model_store
from pipeline.detect import spin_models
from pipeline.detect.anchor_phrases import Phrase, Tokens
from pipeline.detect.associations import PAIR, SKIP, TRIGRAM, Associations, Floats, attraction, keys
from pipeline.detect.matchers import word_set
from pipeline.detect.tokens import COMMA, STOP

NAME = "stranded-phrases"
KINDS = ("call", "keyword", "link")
FEATURES = [
    "mended pair",
    "mended skip pairs",
    "mended trigrams",
    "left pair",
    "left trigrams",
    "right pair",
    "right trigrams",
    "left governs",
    "left leads",
    "left stop",
    "left comma",
    "right follows",
    "right stop",
    "right comma",
    "call",
    "site",
    "listed call",
    "listed plain",
    "money",
    "words",
]
REACH = 2
"""Tokens of context on either side."""


@dataclass(frozen=True)
class Stranding:
    """The model: weights of the features by kind of phrase, the last of each its bias."""

    table: Associations
    weights: dict[str, Floats]

    def best(self, tokens: Tokens, phrases: Sequence[Phrase]) -> list[tuple[int, float]]:
        """The number of the phrase of each group that stands out most, and the probability that it is stranded."""
        if not phrases:
            return []
        matrix = features(self.table, tokens, phrases)
        chosen = best_of_groups(matrix, phrases)
        rows = np.stack([self.weights[phrases[number].kind] for number in chosen])
        log_odds = (matrix[chosen] * rows[:, :-1]).sum(axis=1) + rows[:, -1]
        return list(zip(chosen, (1 / (1 + np.exp(-log_odds))).tolist(), strict=True))


def features(table: Associations, tokens: Tokens, phrases: Sequence[Phrase]) -> Floats:
    """(phrases, FEATURES)."""
    ids = table.padded(table.encode(tokens.words), REACH)
    first = np.array([phrase.first for phrase in phrases]) + REACH
    last = np.array([phrase.last for phrase in phrases]) + REACH
    a2, a1, b1, b2 = ids[first - 2], ids[first - 1], ids[last], ids[last + 1]
    w1, w2, w8, w9 = ids[first], ids[first + 1], ids[last - 2], ids[last - 1]
    pairs, skips = ((a1, b1), (a1, w1), (w9, b1)), ((a2, b1), (a1, b2))
    trigrams = ((a2, a1, b1), (a1, b1, b2), (a2, a1, w1), (a1, w1, w2), (w8, w9, b1), (w9, b1, b2))
    counts = table.look_up(
        *(keys(PAIR, *pair) for pair in pairs),
        *(keys(SKIP, *skip) for skip in skips),
        *(keys(TRIGRAM, *trigram) for trigram in trigrams),
    )
    chances = [table.chance(*pair) for pair in (*pairs, *skips)]
    mended, left, right, skip, skip2 = map(attraction, counts, chances)
    logs = [np.log2(1 + count) for count in counts[len(chances) :]]
    company = np.stack(
        [mended, skip + skip2, logs[0] + logs[1], left, logs[2] + logs[3], right, logs[4] + logs[5]], axis=1
    )
    padded = [STOP, STOP, *tokens.words, STOP, STOP]
    classes = [
        [
            (before := padded[phrase.first + REACH - 1]) in word_set("governors"),
            before in word_set("leads"),
            before == STOP,
            before == COMMA,
            (after := padded[phrase.last + REACH]) in word_set("follows"),
            after == STOP,
            after == COMMA,
            phrase.call,
            phrase.site,
            phrase.listed == "call",
            phrase.listed == "plain",
            phrase.money,
            min(phrase.last - phrase.first, 6),
        ]
        for phrase in phrases
    ]
    return np.concatenate([company, np.array(classes, dtype=np.float32)], axis=1)


def gains(matrix: Floats) -> Floats:
    """How much better the neighbours of each phrase go together than they go with it."""
    return np.asarray(matrix[:, :3] @ np.array([1, 0.5, 1]) - matrix[:, 3:7].sum(axis=1))


@cache
def load() -> Stranding:
    """The shipped model. Raises ModelError."""
    arrays = model_store.load(NAME, FEATURES).arrays
    return Stranding(spin_models.tables()[0], {kind: arrays[kind] for kind in KINDS})


def best_of_groups(matrix: Floats, phrases: Sequence[Phrase]) -> list[int]:
    """For each group of phrases the number of the one that stands out most."""
    value = gains(matrix) + 3 * np.array([phrase.money for phrase in phrases])
    best: dict[tuple[str, int], int] = {}
    for number, phrase in enumerate(phrases):
        key = (phrase.kind, phrase.group)
        if key not in best or value[number] > value[best[key]]:
            best[key] = number
    return list(best.values())
