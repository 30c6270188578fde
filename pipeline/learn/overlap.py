"""How much of a text was extracted: the two measures in which extractors of main content are compared.

Bag of words: words of both texts counted, order ignored; F1 is the mean over pages of a page's own F1 (as WCXB prints).
Shingles: sequences of four words; precision and recall are means over pages, and F1 is made of these two means (as the
article-extraction benchmark of Scrapinghub prints). Words are runs of letters, digits and underscores, lower case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = tuple[int, int, int]
"""What is in both texts, in the extracted one, in the true one."""
WORD = re.compile(r"\w+")
SHINGLE = 4


def words_of(text: str) -> list[str]:
    """The words of a text, lower case, in order."""
    return WORD.findall(text.lower())


def bag(extracted: str, truth: str) -> Counts:
    """Words in common, extracted and true."""
    return common(Counter(words_of(extracted)), Counter(words_of(truth)))


def shingles(extracted: str, truth: str) -> Counts:
    """Four-word sequences in common, extracted and true; a shorter text is one sequence."""
    return common(Counter(sequences(words_of(extracted))), Counter(sequences(words_of(truth))))


def sequences(words: list[str]) -> list[tuple[str, ...]]:
    """All sequences of SHINGLE words; one of fewer where there are no more."""
    if not words:
        return []
    return [tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))]


def common(extracted: Counter[Any], truth: Counter[Any]) -> Counts:
    """Sizes of the intersection and of both multisets."""
    return (extracted & truth).total(), extracted.total(), truth.total()


def rates(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Precision, recall and F1 of each row of (n, 3) counts: 1 where both texts are empty, 0 where one is."""
    both, extracted, truth = counts.T
    empty = (extracted == 0) & (truth == 0)
    precision = np.where(empty, 1.0, both / np.maximum(extracted, 1))
    recall = np.where(empty, 1.0, both / np.maximum(truth, 1))
    f1 = np.where(empty, 1.0, 2 * both / np.maximum(extracted + truth, 1))
    return np.stack([precision, recall, f1], axis=1)


def mean_of_f1(counts: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean precision, recall and F1 over pages."""
    precision, recall, f1 = rates(counts).mean(axis=0)
    return float(precision), float(recall), float(f1)


def f1_of_means(counts: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean precision (of the pages where something was extracted), mean recall, and the F1 of the two."""
    found = rates(counts)
    some, true = counts[:, 1] > 0, counts[:, 2] > 0
    precision = float(found[some, 0].mean()) if some.any() else 0.0
    recall = float(found[true, 1].mean()) if true.any() else 0.0
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


MEASURES: dict[
    str, tuple[Callable[[str, str], Counts], Callable[[NDArray[np.float64]], tuple[float, float, float]]]
] = {
    "bag": (bag, mean_of_f1),
    "shingle": (shingles, f1_of_means),
}
"""Measure → how a page is counted, and how pages are averaged."""
