"""What the language model thinks of the suggestions for a lone word."""

from __future__ import annotations

import numpy as np

from pipeline.detect.associations import Floats
from pipeline.detect.deep_word_features import DeepWords
from pipeline.detect.suggestions import singles
from pipeline.detect.thesaurus import MOST as MOST_NEIGHBOURS
from pipeline.detect.word_features import WordFeatures

CHOICE = ("score", "lead", "lead known", "gain less lead", "gain known")
"""What the chooser knows of a suggestion: the ranker's score, how much likelier its first token is than the word's, and
what the tokens to the right add to that; 0 where the language model did not look, or did not run it."""
BOUND = 12.0


def chosen(features: WordFeatures, deep: DeepWords, chooser: Floats, places: list[int]) -> dict[int, dict[str, float]]:
    """For each of the tokens `places` (in order) its replacements with the chooser's scores (weights of CHOICE)."""
    found = {}
    for place, single in singles(features, places, MOST_NEIGHBOURS).items():
        scores = choices(deep, place, single) @ chooser
        found[place] = dict(zip(single, scores.tolist(), strict=True))
    return found


def choices(deep: DeepWords, place: int, single: dict[str, float]) -> Floats:
    """(suggestions, CHOICE) for the token `place`."""
    options = deep.scores.options
    low, high = np.searchsorted(options.word, [place, place + 1])
    known = {deep.options[place][options.number[index]].lower(): index for index in range(low, high)}
    made = np.zeros((len(single), len(CHOICE)), dtype=np.float32)
    for row, (text, score) in zip(made, single.items(), strict=True):
        row[0] = score
        index = known.get(text)
        if index is not None and not np.isnan(options.lead[index]):
            row[1:3] = options.lead[index], 1
            if not np.isnan(options.gain[index]):
                row[3:5] = options.gain[index] - options.lead[index], 1
    made[:, 1:] = np.clip(made[:, 1:], -BOUND, BOUND)
    return made
