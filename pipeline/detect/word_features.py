"""What is known of each word of a text, as a row of numbers: the features of the odd-word model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import replacements
from pipeline.detect.associations import Floats, Ids
from pipeline.detect.broken_terms import BrokenTerms, broken_terms
from pipeline.detect.company import Company
from pipeline.detect.replacements import COLUMNS, Phrases, Replacements, best, strongest
from pipeline.detect.thesaurus import Thesaurus
from pipeline.detect.tokens import COMMA, STOP

SIDES = ("before", "after", "before 2", "after 2")
TRIS = ("tri ends", "tri middle", "tri begins")
FEATURES = [
    "frequency", *SIDES, *TRIS, "fit", "smooth", "topic", "expected before", "expected after",
    "best", "lead", *(f"best {column}" for column in COLUMNS), "neighbours", "attraction",
    "phrase", "phrase words", "joint",
    "best at -1", "best at +1", "best at -2", "best at +2", "fit at -1", "fit at +1", "smooth at -1", "smooth at +1",
    "capital", "capital inside", "function", "unknown", "length", "repeats",
    "function before", "function after", "stop before", "stop after",
]  # fmt: skip
NONE = np.float32(-20.0)
"""Score of a replacement where there is none."""
NO_PHRASE = np.float32(-8.0)


@dataclass(frozen=True)
class WordFeatures:
    """Features of one text under one ranker of replacements: weights of COLUMNS, then the intercept."""

    company: Company
    thesaurus: Thesaurus
    single: Replacements
    phrases: Phrases
    ranker: Floats

    @classmethod
    def of(cls, company: Company, thesaurus: Thesaurus, ranker: Floats) -> WordFeatures:
        """Look up all that the features need."""
        single = replacements.words(company, thesaurus)
        return cls(company, thesaurus, single, replacements.phrases(company, thesaurus), ranker)

    @cached_property
    def scores(self) -> Floats:
        """Log-odds that each single replacement is what stood there, by the ranker."""
        return self.rank(self.single)

    def rank(self, single: Replacements) -> Floats:
        """The same for any single replacements of this text."""
        return np.asarray(single.columns @ self.ranker[:-1] + self.ranker[-1], dtype=np.float32)

    @cached_property
    def joint(self) -> Phrases:
        """Replacements of two neighbouring words at once."""
        return replacements.joint(self.company, self.single, self.scores)

    @cached_property
    def broken(self) -> BrokenTerms:
        """Fixed terms that a swap broke."""
        return broken_terms(self.company, self.thesaurus)

    @cached_property
    def words(self) -> Ids:
        """The tokens that are words: the rows of `matrix`."""
        return np.flatnonzero(self.company.is_word)

    def covering(self, phrases: Phrases) -> tuple[Floats, Floats]:
        """At each token the highest gain of a phrase that covers it, and that phrase's words (0: none)."""
        gains = np.full(len(self.company) + 3, NO_PHRASE, dtype=np.float32)
        lengths = np.zeros(len(self.company) + 3, dtype=np.float32)
        if len(phrases.places):
            top, index = strongest(len(self.company), phrases.places, phrases.gains, float(NO_PHRASE))
            there = np.flatnonzero(index >= 0)
            size = phrases.lengths[index[there]]
            for offset in range(3):
                inside = there[size > offset]
                at = inside + offset
                better = top[inside] > gains[at]
                gains[at[better]] = top[inside][better]
                lengths[at[better]] = size[size > offset][better]
        return gains[: len(self.company)], lengths[: len(self.company)]

    @cached_property
    def top(self) -> tuple[Floats, Ids]:
        """At each token the score of its best replacement (NONE) and that replacement's index (-1)."""
        return strongest(len(self.company), self.single.places, self.scores, float(NONE))

    @cached_property
    def matrix(self) -> Floats:
        """(words, FEATURES), NaN where a feature does not apply."""
        company = self.company
        top, index = self.top
        has = index >= 0
        second = np.full(len(company), np.nan, dtype=np.float32)
        ranked = best(self.single.places, self.scores, 2)
        later = ranked[1:][self.single.places[ranked[1:]] == self.single.places[ranked[:-1]]]
        second[self.single.places[later]] = self.scores[later]
        columns = np.full((len(company), len(COLUMNS)), np.nan, dtype=np.float32)
        columns[has] = self.single.columns[index[has]]
        fit = company.affinities.sum(axis=1)
        expected = [self.expected(company.at(-1)), self.expected(company.at(1))]
        phrase, phrase_words = self.covering(self.phrases)
        pair, _ = self.covering(self.joint)
        made = np.column_stack(
            [
                company.frequency,
                company.affinities,
                company.trigrams,
                fit,
                company.smooth,
                company.topical,
                *expected,
                np.where(has, top, np.nan),
                top - second,
                columns,
                self.sizes[company.ids],
                self.attraction[company.ids],
                phrase,
                phrase_words,
                pair,
                *(shifted(top, by, NONE) for by in (-1, 1, -2, 2)),
                *(shifted(fit, by, np.float32(0)) for by in (-1, 1)),
                *(shifted(company.smooth, by, np.float32(0)) for by in (-1, 1)),
                *self.form(),
            ]
        )
        return np.asarray(made[self.words], dtype=np.float32)

    def expected(self, context: Ids) -> Floats:
        """log2 of one plus how often chance would put each word beside `context`."""
        counts = self.company.table.counts
        return np.asarray(np.log2(1 + counts[self.company.ids] * counts[context] / self.company.table.total))

    @property
    def sizes(self) -> Floats:
        """Neighbours of each word of the vocabulary."""
        return np.diff(self.thesaurus.starts).astype(np.float32)

    @property
    def attraction(self) -> Floats:
        """log2 of one plus the words that each word of the vocabulary is a neighbour of."""
        return self.thesaurus.attraction

    def form(self) -> list[NDArray[np.float32]]:
        """Capitals, kind, length and repetition of each word, and what kind of token stands on either side."""
        company = self.company
        text = company.text
        capital = np.array([text[start].isupper() for start, _ in company.spans], dtype=np.float32)
        stop, comma = (company.table.ids.get(mark, -1) for mark in (STOP, COMMA))
        before, after = ((ids == stop) | (ids == comma) for ids in (company.at(-1), company.at(1)))
        function = company.is_function
        used = np.bincount(company.ids, minlength=1)
        return [
            capital,
            capital * ~before,
            function.astype(np.float32),
            (company.frequency == 0).astype(np.float32),
            np.array([end - start for start, end in company.spans], dtype=np.float32),
            np.log2(used[company.ids]).astype(np.float32),
            shifted(function.astype(np.float32), -1, np.float32(0)),
            shifted(function.astype(np.float32), 1, np.float32(0)),
            before.astype(np.float32),
            after.astype(np.float32),
        ]


def shifted(values: Floats, by: int, fill: np.float32) -> Floats:
    """At each token the value `by` tokens on; `fill` beyond the ends."""
    made = np.full(len(values), fill, dtype=np.float32)
    if by > 0:
        made[:-by] = values[by:]
    else:
        made[-by:] = values[:by]
    return made
