"""What is known of a whole text: the features of the document model, each readable by a person.

Spinners put the wrong *content* words, ever different ones, where a likelier word is at hand; writers whose English is
awkward stumble over *function* words, and repeat their own habits. Most features set the one against the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import Floats
from pipeline.detect.word_features import FEATURES, WordFeatures

DOCUMENT_FEATURES = [
    "odd words, mean", "odd words, top 1%", "odd words, top 3%", "odd words, top 10%",
    "odd rate .2", "odd rate .5", "odd rate .8",
    "gain, mean", "gain, share above 0", "gain, top 5%",
    "fit gap", "unseen gap", "phrases", "joint gains", "odd words varied", "odd words repeated", "articles",
    "broken terms", "broken terms at odd words",
]  # fmt: skip
COLUMN = {name: number for number, name in enumerate(FEATURES)}
ARTICLES = ("a", "an", "the")
ODD = 0.25
"""Probability of being substituted from which on the swapped word of a broken term counts."""
FEWEST = 60
"""Rates are never taken over fewer words than this."""


def document_features(features: WordFeatures, odd: Floats) -> NDArray[np.float32]:
    """One row of DOCUMENT_FEATURES. `odd` is the odd-word probability of each row of the word matrix."""
    x = features.matrix
    if len(x) < 5:
        return np.zeros(len(DOCUMENT_FEATURES), dtype=np.float32)
    function = x[:, COLUMN["function"]] > 0
    content = ~function
    logit = np.log(np.clip(odd, 1e-4, 1 - 1e-4) / np.clip(1 - odd, 1e-4, 1))
    ranked = np.sort(logit)[::-1]
    gain = x[content, COLUMN["best"]]
    gain = np.sort(gain[~np.isnan(gain)])[::-1] if gain.size else gain
    fit = x[:, COLUMN["fit"]]
    unseen = unseen_pairs(x)
    ids = features.company.ids[features.words]
    strong = ids[(odd > 0.3)]
    kinds = len(np.unique(strong))
    articles = np.isin(ids, [features.company.table.ids.get(word, -1) for word in ARTICLES]).sum()
    return np.array(
        [
            np.log(odd.mean() + 1e-4),
            *(ranked[: max(2, round(share * len(x)))].mean() for share in (0.01, 0.03, 0.1)),
            *(rate((odd > level).sum(), len(x)) for level in (0.2, 0.5, 0.8)),
            mean(gain, -6.0),
            mean(gain > 0, 0.0),
            mean(gain[: max(2, len(gain) // 20)], -2.0),
            mean(fit[function], 8.0) - mean(fit[content], 8.0),
            mean(unseen[content], 0.1) - mean(unseen[function], 0.1),
            mean(x[:, COLUMN["phrase"]] > 3, 0.0),
            mean(x[:, COLUMN["joint"]] > 6, 0.0),
            rate(kinds, len(x)),
            rate(len(strong) - kinds, len(x)),
            articles / len(x),
            *broken_rates(features, odd),
        ],
        dtype=np.float32,
    )


def broken_rates(features: WordFeatures, odd: Floats) -> tuple[float, float]:
    """Rate of broken terms, each counted as far as its swapped word is odd; and rate of those that are odd enough."""
    own = odd[np.searchsorted(features.words, features.broken.swapped)]
    return rate(float(own.sum()), len(odd)), rate((own >= ODD).sum(), len(odd))


def unseen_pairs(x: Floats) -> NDArray[np.bool_]:
    """Which words stand beside a neighbour that they never stand beside in the reference, though both are common."""
    before = (x[:, COLUMN["expected before"]] > 1) & (x[:, COLUMN["before"]] < -0.8)
    after = (x[:, COLUMN["expected after"]] > 1) & (x[:, COLUMN["after"]] < -0.8)
    return np.asarray(before | after)


def mean(values: NDArray[np.float32] | NDArray[np.bool_], empty: float) -> float:
    """The mean, or `empty` for no values."""
    if not len(values):
        return empty
    return np.count_nonzero(values) / len(values) if values.dtype == np.bool_ else float(values.mean())


def rate(count: float, words: int) -> float:
    """log of one plus `count` per 1,000 words."""
    return float(np.log1p(1000 * count / max(words, FEWEST)))
