"""What both tiers know of a whole text: the features of the deep document model, each readable by a person.

A spinner surprises the language model in *content* words for which a likelier word is at hand; a writer whose English
is awkward in *function* words, articles and inflections. So gains are set against the surprise of function words, and
surprise as such is left out: it is the mark of both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import Floats
from pipeline.detect.deep_word_features import NO_GAIN, DeepWords
from pipeline.detect.document_features import DOCUMENT_FEATURES, document_features
from pipeline.detect.word_features import WordFeatures

FROM_FAST = (
    "odd words, top 1%",
    "odd rate .5",
    "odd rate .8",
    "articles",
    "broken terms",
    "broken terms at odd words",
)
"""Features of the fast tier that are taken over; odd words are here those of the deep word model."""
DEEP_DOCUMENT_FEATURES = [
    *FROM_FAST, "gain, top 3%", "gain, top 10%",
    "gain less function surprisal", "top gain less function surprisal",
    "content over function surprisal", "surprising function words",
]  # fmt: skip
TAKEN = [DOCUMENT_FEATURES.index(name) for name in FROM_FAST]
FEWEST = 20
"""Words that the language model must have read to say anything of a text."""
SURPRISING = 7.0
"""Nats from which on a word counts as surprising: 1 in 1,100."""


def deep_document_features(features: WordFeatures, deep: DeepWords, odd: Floats) -> Floats:
    """One row of DEEP_DOCUMENT_FEATURES; nan where the language model read too little to say.

    `odd` is the odd-word probability of each row of the word matrix.
    """
    return np.concatenate([document_features(features, odd)[TAKEN], of_language_model(features, deep)])


def of_language_model(features: WordFeatures, deep: DeepWords) -> Floats:
    """The features after FROM_FAST."""
    words = features.words
    words = words[~np.isnan(deep.scores.surprisal[words])]
    if len(words) < FEWEST:
        return np.full(len(DEEP_DOCUMENT_FEATURES) - len(FROM_FAST), np.nan, dtype=np.float32)
    surprisal = deep.scores.surprisal[words]
    function = features.company.is_function[words]
    gain = np.sort(deep.gain_or_left()[words[~function]])[::-1]
    gain = gain[gain > NO_GAIN] if (gain > NO_GAIN).any() else np.array([NO_GAIN])
    top = gain[: max(2, len(gain) // 10)].mean()
    of_function = mean(surprisal[function])
    return np.array(
        [
            gain[: max(2, round(0.03 * len(gain)))].mean(),
            top,
            gain.mean() - of_function,
            top - of_function,
            mean(surprisal[~function]) / max(of_function, 0.5),
            mean(surprisal[function] > SURPRISING),
        ],
        dtype=np.float32,
    )


def mean(values: NDArray[np.float32] | NDArray[np.bool_]) -> float:
    """The mean; 0 of nothing."""
    return float(values.mean()) if len(values) else 0.0
