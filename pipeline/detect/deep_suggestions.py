"""What the language model thinks of the suggestions for a lone word."""

from __future__ import annotations

import numpy as np

from pipeline.detect.associations import Floats
from pipeline.detect.deep_word_features import DeepWords

UNKNOWN = -6.0
"""Lead of a suggestion that the language model did not look at."""
BOUNDS = (-12.0, 12.0)


def chosen(deep: DeepWords, chooser: Floats, place: int, single: dict[str, float]) -> dict[str, float]:
    """The suggestions for the token `place` with the chooser's scores in place of the ranker's."""
    names = list(single)
    scores = choices(deep, place, single) @ chooser[:-1] + chooser[-1]
    return dict(zip(names, scores.tolist(), strict=True))


def choices(deep: DeepWords, place: int, single: dict[str, float]) -> Floats:
    """(suggestions, deep_models.CHOICE) for the token `place`."""
    options = deep.scores.options
    known = {
        deep.options[place][options.number[index]].lower(): index for index in np.flatnonzero(options.word == place)
    }
    rows = []
    for text, score in single.items():
        index = known.get(text)
        lead = UNKNOWN if index is None or np.isnan(options.lead[index]) else float(options.lead[index])
        gain = np.nan if index is None else float(options.gain[index])
        rows.append([score, lead, float(not np.isnan(gain)), 0.0 if np.isnan(gain) else gain])
    made = np.array(rows, dtype=np.float32).reshape(-1, 4)
    made[:, 1:] = np.clip(made[:, 1:], *BOUNDS)
    return made
