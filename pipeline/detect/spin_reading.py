"""An article read by the spin models: how probably it is spun, and its odd words with what may have stood there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import Floats, Ids
from pipeline.detect.company import Company
from pipeline.detect.document_features import document_features
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.suggestions import singles, suggestions, written
from pipeline.detect.word_features import WordFeatures

LONG, WINDOW = 4800, 1900
"""Characters (six to a word) from which on a page is long, and those of the middle that is read first."""
CLEAR = 0.35
"""Probability under which the middle of a long page speaks for the whole, which then costs less than half. Of the 16
spun gold pages that are flagged (out of fold), no middle of this size was below it; of the 57 honest ones 41 were."""


@dataclass(frozen=True)
class OddSpan:
    """A word or phrase that was probably put in another's place: ``text[start:end]``, ranked originals, probability."""

    start: int
    end: int
    strength: float
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class BrokenTerm:
    """Two words, ``text[start:end]``, that were probably the fixed term `original`, which has so many weighted uses;
    `odd` is the probability that the word which differs was substituted."""

    start: int
    end: int
    original: str
    uses: float
    odd: float


@dataclass(frozen=True)
class SpinReading:
    """The features of one text and the verdicts of the models on them."""

    models: SpinModels
    features: WordFeatures
    offset: int = 0
    """Where the text that was read begins in the article's text: spans count from there."""

    @classmethod
    def of(cls, models: SpinModels, text: str, low: str) -> SpinReading:
        """Read `text`; `low` is the text normalised."""
        company = Company.of(models.table, models.vectors, text, low)
        return cls(models, WordFeatures.of(company, models.thesaurus, models.judge.ranker))

    @cached_property
    def odd(self) -> Floats:
        """For each word the probability, by its company alone, that it was substituted."""
        matrix = self.features.matrix
        return self.models.judge.words.probability(matrix) if len(matrix) else np.zeros(0, dtype=np.float32)

    @cached_property
    def log_odds(self) -> float:
        """Log-odds that the text is spun."""
        return self.models.judge.document.log_odds(document_features(self.features, self.odd))

    @property
    def probability(self) -> float:
        """Probability that the text is spun."""
        return float(1 / (1 + np.exp(-self.log_odds)))

    @cached_property
    def strengths(self) -> Floats:
        """For each word the probability that it was substituted, given its company and the document's verdict."""
        return strength(self.models.judge.strength, self.odd, self.log_odds)

    def spans(self, threshold: float) -> list[OddSpan]:
        """The words whose strength reaches `threshold`, those that belong together joined, in order."""
        groups = self.groups(threshold)
        single = self.options([first for first, last, _ in groups if first == last])
        spans = self.features.company.spans
        return [
            OddSpan(
                self.offset + spans[first][0],
                self.offset + spans[last][1],
                strength,
                suggestions(self.features, first, last, single.get(first, {})),
            )
            for first, last, strength in groups
        ]

    def options(self, places: list[int]) -> dict[int, dict[str, float]]:
        """For each of the tokens `places` (in order) what may have stood there alone, with scores."""
        return singles(self.features, places)

    @property
    def deep_words(self) -> int:
        """Words that a language model read: none, here."""
        return 0

    def broken_terms(self, threshold: float) -> list[BrokenTerm]:
        """The broken terms whose swapped word is odd by at least `threshold`, in order."""
        company, broken = self.features.company, self.features.broken
        odd = self.odd[np.searchsorted(self.features.words, broken.swapped)]
        found = []
        for number in np.flatnonzero(odd >= threshold).tolist():
            first, swapped = int(broken.firsts[number]), int(broken.swapped[number])
            words = company.words[first : first + 2]
            words[swapped - first] = company.table.words[int(broken.originals[number])]
            start, end = company.spans[first][0], company.spans[first + 1][1]
            original = written(" ".join(words), company.text[start:end])
            uses = float(broken.uses[number])
            found.append(BrokenTerm(self.offset + start, self.offset + end, original, uses, float(odd[number])))
        return found

    def groups(self, threshold: float) -> list[tuple[int, int, float]]:
        """First token, last token and strength of each span. A function word alone is none: nothing may replace it."""
        rows = np.flatnonzero(self.strengths >= threshold)
        if not len(rows):
            return []
        places = self.features.words[rows]
        ends = np.flatnonzero(~joined(self.features, places))
        firsts, lasts = np.append(0, ends + 1), np.append(ends, len(rows) - 1)
        strongest = np.maximum.reduceat(self.strengths[rows], firsts)
        told = (lasts > firsts) | ~self.features.company.is_function[places[firsts]]
        columns = (places[firsts], places[lasts], strongest)
        return list(zip(*(column[told].tolist() for column in columns), strict=True))

    def quotes(self, threshold: float, most: int) -> list[str]:
        """The words of the strongest spans."""
        company = self.features.company
        strongest = sorted(self.groups(threshold), key=lambda group: -group[2])[:most]
        return [company.text[company.spans[first][0] : company.spans[last][1]] for first, last, _ in strongest]


def joined(features: WordFeatures, places: Ids) -> NDArray[np.bool_]:
    """For each of `places` but the last, whether it makes one span with the next.

    It does where both stand side by side and are hyphenated, part of one known phrase, or one of them has no
    replacement of its own: a span of two swapped words would need both originals at once to be put right.
    """
    company = features.company
    made: NDArray[np.bool_] = places[1:] == places[:-1] + 1
    beside = np.flatnonzero(made)
    if not len(beside):
        return made
    known = {
        place + offset
        for place, length, gain in zip(*phrase_columns(features), strict=True)
        if gain > 0
        for offset in range(length - 1)
    }
    alone = features.top[1] < 0
    for number, before in zip(beside.tolist(), places[beside].tolist(), strict=True):
        between = company.text[company.spans[before][1] : company.spans[before + 1][0]]
        bound = before in known or alone[before] or alone[before + 1]
        made[number] = between == "-" or (between == " " and bound)
    return made


def phrase_columns(features: WordFeatures) -> tuple[list[int], list[int], list[float]]:
    """First token, length and gain of every known phrase."""
    phrases = features.phrases
    return phrases.places.tolist(), phrases.lengths.tolist(), phrases.gains.tolist()


def strength(weights: Floats, odd: Floats, log_odds: float) -> Floats:
    """Probability of each word, from its own log-odds and the document's (held to ±6)."""
    own = np.log(np.clip(odd, 1e-4, 1 - 1e-4) / np.clip(1 - odd, 1e-4, 1))
    total = weights[0] * own + weights[1] * np.clip(log_odds, -6, 6) + weights[2]
    return np.asarray(1 / (1 + np.exp(-total)), dtype=np.float32)


def whole_or_window(models: SpinModels, text: str, low: str) -> SpinReading:
    """The reading of a text; of a long one whose middle is plainly not spun, the reading of that middle."""
    if len(low) > LONG and (window := middle(low, WINDOW)):
        start, end = window
        glance = SpinReading.of(models, text[start:end], low[start:end])
        if glance.probability < CLEAR:
            return replace(glance, offset=start)
    return SpinReading.of(models, text, low)


def middle(low: str, size: int) -> tuple[int, int] | None:
    """Where the middle of a text of more than `size` characters begins and ends, words whole; None for a shorter one.

    Also for one without words to cut between.
    """
    if len(low) <= size:
        return None
    start = low.find(" ", (len(low) - size) // 2) + 1
    end = low.rfind(" ", start, start + size)
    return (start, end) if 0 < start < end else None
