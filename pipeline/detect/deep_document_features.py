"""What the language model knows of a whole text: features of the deep document model beside `document_features`.

A spinner surprises the model in *content* words for which a likelier word is at hand; a writer whose English is awkward
in *function* words, articles and inflections. Gain less the surprise of function words is the best single feature.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.deep_word_features import NO_GAIN, DeepWords
from pipeline.detect.word_features import WordFeatures

DEEP_DOCUMENT_FEATURES = [
    "surprisal", "content surprisal", "function surprisal", "content less function", "content over function",
    "gain", "gain less function surprisal", "gain above 2", "gain above 4", "gain, top 3%", "gain, top 10%",
    "surprising function words", "surprising content words", "content above entropy", "rare ranks", "burstiness",
]  # fmt: skip
WINDOW = 20
"""Words over which surprise is averaged to see how evenly it is spread."""
SURPRISING = 7.0
"""Nats from which on a word counts as surprising: 1 in 1,100."""

Floats = NDArray[np.float32]


def deep_document_features(features: WordFeatures, deep: DeepWords) -> Floats:
    """One row of DEEP_DOCUMENT_FEATURES over the words that the language model read; all nan below 20 of them."""
    words = features.words
    read = ~np.isnan(deep.scores.surprisal[words])
    words = words[read]
    if len(words) < 20:
        return np.full(len(DEEP_DOCUMENT_FEATURES), np.nan, dtype=np.float32)
    surprisal = deep.scores.surprisal[words]
    function = features.company.is_function[words]
    content = ~function
    gain = np.sort(deep.gain_or_left()[words[content]])[::-1]
    gain = gain[gain > NO_GAIN] if (gain > NO_GAIN).any() else np.array([NO_GAIN])
    of_content, of_function = mean(surprisal[content]), mean(surprisal[function])
    windows = np.convolve(surprisal, np.full(WINDOW, 1 / WINDOW), mode="valid")
    return np.array(
        [
            surprisal.mean(),
            of_content,
            of_function,
            of_content - of_function,
            of_content / max(of_function, 0.5),
            gain.mean(),
            gain.mean() - of_function,
            (gain > 2).mean(),
            (gain > 4).mean(),
            gain[: max(2, round(0.03 * len(gain)))].mean(),
            gain[: max(2, round(0.1 * len(gain)))].mean(),
            mean(surprisal[function] > SURPRISING),
            mean(surprisal[content] > SURPRISING),
            mean((surprisal - deep.scores.entropy[words])[content]),
            mean(deep.scores.rank[words[content]] > 300),
            windows.std(),
        ],
        dtype=np.float32,
    )


def mean(values: NDArray[np.float32] | NDArray[np.bool_]) -> float:
    """The mean; 0 of nothing."""
    return float(values.mean()) if len(values) else 0.0
