"""What is known of each word of a text, as a row of numbers: the features of the odd-word model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import broken_terms, replacements
from pipeline.detect.associations import Floats, Ids
from pipeline.detect.broken_terms import BrokenTerms
from pipeline.detect.company import Company
from pipeline.detect.replacements import COLUMNS, Joint, Phrases, Ranked, Replacements, strongest
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
Scalar = TypeVar("Scalar", bound=np.generic)
NONE = np.float32(-20.0)
"""Score of a replacement where there is none."""
NO_PHRASE = np.float32(-8.0)
ASCII = 127


@dataclass(frozen=True)
class WordFeatures:
    """Features of one text under one ranker of replacements: weights of COLUMNS, then the intercept."""

    company: Company
    thesaurus: Thesaurus
    single: Replacements
    phrases: Phrases
    broken: BrokenTerms
    """Fixed terms that a swap broke."""
    ranker: Floats

    @classmethod
    def of(cls, company: Company, thesaurus: Thesaurus, ranker: Floats) -> WordFeatures:
        """Look up all that the features need of the text, whatever the ranker: together, in one look-up."""
        single = replacements.words(company, thesaurus)
        phrases = replacements.phrases(company, thesaurus)
        broken = broken_terms.candidates(company, thesaurus)
        counts = company.table.look_up(single.keys, phrases.keys, broken.keys)
        return cls(
            company,
            thesaurus,
            single.weighed(counts[0]),
            phrases.weighed(counts[1]),
            broken.judged(counts[2]),
            ranker,
        )

    @cached_property
    def scores(self) -> Floats:
        """Log-odds that each single replacement is what stood there, by the ranker."""
        return self.rank(self.single)

    def rank(self, single: Replacements) -> Floats:
        """The same for any single replacements of this text."""
        return np.asarray(single.columns @ self.ranker[:-1] + self.ranker[-1], dtype=np.float32)

    @cached_property
    def ranked(self) -> Ranked:
        """The single replacements of each place by their scores."""
        return Ranked.of(self.single, self.scores)

    @cached_property
    def pairs(self) -> Joint:
        """Replacements of two neighbouring words at once, for every two."""
        return replacements.joint(self.company, self.single, self.ranked)

    @cached_property
    def joint(self) -> Phrases:
        """The same as phrases."""
        return self.pairs.phrases()

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

    def over_pairs(self) -> Floats:
        """At each token the highest gain of a joint replacement that covers it."""
        gains = np.full(len(self.company) + 1, NO_PHRASE, dtype=np.float32)
        best = self.pairs.best()
        for at in (self.pairs.places, self.pairs.places + 1):
            gains[at] = np.maximum(gains[at], best)
        return gains[:-1]

    @cached_property
    def top(self) -> tuple[Floats, Ids]:
        """At each token the score of its best replacement (NONE) and that replacement's index (-1)."""
        top = np.full(len(self.company), NONE, dtype=np.float32)
        index = np.full(len(self.company), -1, dtype=np.int64)
        index[self.ranked.places] = self.ranked.top
        top[self.ranked.places] = self.scores[self.ranked.top]
        return top, index

    def leads(self) -> Floats:
        """By how much each token's best replacement is ahead of its second; nan where there is none."""
        made = np.full(len(self.company), np.nan, dtype=np.float32)
        ranked = self.ranked
        several = ranked.sizes > 1
        first, second = ranked.order[several, :2].T if several.any() else np.zeros((2, 0), dtype=np.int64)
        made[ranked.places[several]] = self.scores[first] - self.scores[second]
        return made

    @cached_property
    def matrix(self) -> Floats:
        """(words, FEATURES), NaN where a feature does not apply; column by column in memory."""
        company, count = self.company, len(self.company)
        top, index = self.top
        has = index >= 0
        columns = np.full((len(COLUMNS), count), np.nan, dtype=np.float32)
        columns[:, has] = self.single.columns[index[has]].T
        chance = np.log2(1 + company.chance)
        phrase, phrase_words = self.covering(self.phrases)
        made = np.concatenate(
            [
                company.frequency,
                company.affinities.ravel(),
                company.trigrams.ravel(),
                company.fit,
                company.smooth,
                company.topical,
                chance[1 : count + 1],
                chance[2 : count + 2],
                np.where(has, top, np.float32(np.nan)),
                self.leads(),
                columns.ravel(),
                self.thesaurus.sizes[company.ids],
                self.thesaurus.attraction[company.ids],
                phrase,
                phrase_words,
                self.over_pairs(),
                *(shifted(top, by, NONE) for by in (-1, 1, -2, 2)),
                *(shifted(company.fit, by, np.float32(0)) for by in (-1, 1)),
                *(shifted(company.smooth, by, np.float32(0)) for by in (-1, 1)),
                *self.form(),
            ],
            dtype=np.float32,
            casting="unsafe",
        )
        return made.reshape(len(FEATURES), count).take(self.words, axis=1).T

    def form(self) -> list[NDArray[np.generic]]:
        """Capitals, kind, length and repetition of each word, and what kind of token stands on either side."""
        company = self.company
        starts, ends = company.bounds
        capital = capitals(company.text, starts)
        stop, comma = (company.table.ids.get(mark, -1) for mark in (STOP, COMMA))
        parted = (company.padded == stop) | (company.padded == comma)
        before, after = parted[1:-3], parted[3:-1]
        function = company.is_function
        return [
            capital,
            capital & ~before,
            function,
            company.frequency == 0,
            ends - starts,
            np.log2(company.uses[company.ids]),
            shifted(function, -1, np.False_),
            shifted(function, 1, np.False_),
            before,
            after,
        ]


def capitals(text: str, starts: Ids) -> NDArray[np.bool_]:
    """Whether each of the characters at `starts` is a capital."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)[starts]
    made = (codes >= ord("A")) & (codes <= ord("Z"))
    for place in np.flatnonzero(codes > ASCII).tolist():
        made[place] = chr(codes[place]).isupper()
    return made


def shifted(values: NDArray[Scalar], by: int, fill: Scalar) -> NDArray[Scalar]:
    """At each token the value `by` tokens on; `fill` beyond the ends."""
    made = np.full_like(values, fill)
    if by > 0:
        made[:-by] = values[by:]
    else:
        made[-by:] = values[:by]
    return made
