"""What each word and short phrase of a text may stand for, and how much better that would fit the place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import PAIR, SKIP, TRIGRAM, Floats, Ids, attraction, keys
from pipeline.detect.company import Company
from pipeline.detect.thesaurus import Thesaurus

SHORTLIST = 8
"""Neighbours of a word that are looked up in the counts, after a first look by prior and word vectors."""
FIRST = 14
"""Of a word's neighbours, how many get that first look; suggestions for the words found odd draw on all."""
PRIOR = 0.6
"""Weight of the thesaurus's prior in the first look."""
COLUMNS = (
    "before",
    "after",
    "before 2",
    "after 2",
    "tri ends",
    "tri middle",
    "tri begins",
    "frequency",
    "prior",
    "on page",
    "smooth",
    "topic",
)
"""What is known of a replacement: gains over the word used in affinity, trigrams and frequency; the thesaurus's prior;
log of its uses elsewhere on the page; gains in fit by the word vectors, to the place and to the topic."""


@dataclass(frozen=True)
class Replacements:
    """Replacements of single words, in the order of places: for each its place (token), its id and COLUMNS."""

    places: Ids
    ids: Ids
    columns: Floats
    bonds: Floats
    """(2, n): affinity with the word before the place, and with the word after it."""


@dataclass(frozen=True)
class Phrases:
    """Phrases that may stand for something else: first token, tokens, the two ids of the replacement, gain in bits."""

    places: Ids
    lengths: Ids
    ids: Ids
    gains: Floats

    @cached_property
    def by_place(self) -> tuple[Ids, Ids]:
        """The phrases in the order of their places: their indices, and their places."""
        order = np.argsort(self.places, kind="stable")
        return order, self.places[order]

    def at(self, place: int) -> Ids:
        """Indices of the phrases that begin at a token."""
        order, places = self.by_place
        return order[np.searchsorted(places, place) : np.searchsorted(places, place, side="right")]


@dataclass(frozen=True)
class Shortlist:
    """Replacements of single words that are to be looked up: place, id, the thesaurus's prior, fit by word vectors."""

    company: Company
    places: Ids
    ids: Ids
    prior: Floats
    smooth: Floats

    @classmethod
    def of(cls, company: Company, thesaurus: Thesaurus, asked: Ids, first: int, most: int) -> Shortlist:
        """The `most` best of the `first` thesaurus neighbours of the tokens `asked`, which are in order."""
        ids, prior, there = thesaurus.first_of_words(company.ids[asked], first)
        smooth = np.einsum("id,ikd->ik", company.expected.take(asked, axis=0), company.vectors.words.take(ids))
        kept = highest(np.where(there, smooth + PRIOR * prior, -np.inf), most) & there
        return cls(company, asked[np.nonzero(kept)[0]], ids[kept], prior[kept], smooth[kept])

    @cached_property
    def around(self) -> Ids:
        """(4, n): ids of the words before, after, two before and two after the place."""
        return np.asarray(self.company.padded.take(self.places + np.array([[1], [3], [0], [4]])))

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The n-grams that each replacement would make: two pairs, two skip pairs, three trigrams; (7 n)."""
        ids, (before, after, before2, after2) = self.ids, self.around
        return np.concatenate(
            [
                keys(PAIR, before, ids),
                keys(PAIR, ids, after),
                keys(SKIP, before2, ids),
                keys(SKIP, ids, after2),
                keys(TRIGRAM, before2, before, ids),
                keys(TRIGRAM, before, ids, after),
                keys(TRIGRAM, ids, after, after2),
            ]
        )

    def weighed(self, counts: Floats) -> Replacements:
        """The replacements, given the counts of `keys`."""
        company, places, ids = self.company, self.places, self.ids
        table, vectors = company.table, company.vectors
        counted = counts.reshape(7, -1)
        affinities = attraction(counted[:4], table.chance(self.around, ids))
        topical = np.einsum("ij,ij->i", company.surroundings.take(places, axis=0), vectors.topics.take(ids))
        columns = np.empty((len(ids), len(COLUMNS)), dtype=np.float32)
        columns[:, :4] = (affinities - company.affinities.take(places, axis=1)).T
        columns[:, 4:7] = (np.log2(1 + counted[4:]) - company.trigrams.take(places, axis=1)).T
        columns[:, 7] = table.frequency[ids] - company.frequency[places]
        columns[:, 8] = self.prior
        columns[:, 9] = np.log2(1 + company.uses[ids])
        columns[:, 10] = self.smooth - company.smooth[places]
        columns[:, 11] = topical - company.topical[places]
        return Replacements(places, ids, columns, affinities[:2])


def words(company: Company, thesaurus: Thesaurus) -> Shortlist:
    """The `SHORTLIST` best replacements of every content word."""
    asked = np.flatnonzero(company.is_word & ~company.is_function & (company.ids > 0))
    return Shortlist.of(company, thesaurus, asked, FIRST, SHORTLIST)


def at(company: Company, thesaurus: Thesaurus, asked: Ids, first: int, most: int) -> Replacements:
    """The `most` best of the `first` thesaurus neighbours of the tokens `asked`, which are in order."""
    shortlist = Shortlist.of(company, thesaurus, asked, first, most)
    return shortlist.weighed(*company.table.look_up(shortlist.keys))


def highest(scores: Floats, most: int) -> NDArray[np.bool_]:
    """Which scores are among the `most` highest of their row."""
    if scores.shape[1] <= most:
        return np.ones(scores.shape, dtype=np.bool_)
    made = np.zeros(scores.shape, dtype=np.bool_)
    made[np.arange(len(scores))[:, None], np.argpartition(-scores, most - 1, axis=1)[:, :most]] = True
    return made


@dataclass(frozen=True)
class Ranked:
    """The replacements of each place that has any, by falling score."""

    places: Ids
    order: Ids
    """(places, most): their indices; where a place has fewer, the rest says nothing."""
    sizes: Ids
    """How many each place has."""
    top: Ids
    """The index of the highest score of each place, of equal ones the last."""

    @classmethod
    def of(cls, single: Replacements, scores: Floats) -> Ranked:
        """Rank replacements by `scores`."""
        places = single.places
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        sizes = np.diff(starts, append=len(places))
        slots = np.arange(sizes.max(initial=0))
        there = slots < sizes[:, None]
        square = np.full(there.shape, np.inf, dtype=np.float32)
        square[there] = -scores
        order = np.argsort(square, axis=1, kind="stable") + starts[:, None]
        top = (slots[-1:] - np.argmin(square[:, ::-1], axis=1)) + starts if len(starts) else starts
        return cls(places[starts], order, sizes, top)


@dataclass(frozen=True)
class Chains:
    """Phrases that are to be looked up: first token, tokens, the two ids of the replacement (the second may be 0)."""

    company: Company
    places: Ids
    lengths: Ids
    ids: Ids

    @cached_property
    def two(self) -> Ids:
        """Those whose replacement has two words."""
        return np.flatnonzero(self.ids[:, 1])

    @cached_property
    def around(self) -> tuple[Ids, Ids]:
        """The ids of the words before and after the phrase."""
        padded = self.company.padded
        return padded.take(self.places + 1), padded.take(self.places + self.lengths + 2)

    @cached_property
    def last(self) -> Ids:
        """The last word of the replacement."""
        return np.where(self.ids[:, 1] > 0, self.ids[:, 1], self.ids[:, 0])

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The pairs along word before → replacement → word after, inner ones at the end."""
        before, after = self.around
        inner = self.ids[self.two]
        return np.concatenate(
            [
                keys(PAIR, before, self.ids[:, 0]),
                keys(PAIR, self.last, after),
                keys(PAIR, inner[:, 0], inner[:, 1]),
            ]
        )

    def weighed(self, counts: Floats) -> Phrases:
        """The phrases, given the counts of `keys`: gains are in the affinities along the chain."""
        table, (before, after) = self.company.table, self.around
        first, last, between = np.split(counts, [len(self.places), 2 * len(self.places)])
        inner = np.zeros(len(self.places), dtype=np.float32)
        inner[self.two] = attraction(between, table.chance(*self.ids[self.two].T))
        gains = attraction(first, table.chance(before, self.ids[:, 0])) + inner
        gains += attraction(last, table.chance(self.last, after))
        gains -= used(self.company, self.places, self.lengths)
        return Phrases(self.places, self.lengths, self.ids, gains)


def phrases(company: Company, thesaurus: Thesaurus) -> Chains:
    """Every phrase of two or three words that the thesaurus knows, with all it may stand for."""
    return Chains(company, *thesaurus.phrases_in(company.at(0)))


def used(company: Company, places: Ids, lengths: Ids | int) -> Floats:
    """Affinities along the words that stand there, from the one before the phrase to the one after it."""
    bonds = company.bonds
    total = bonds.take(places + 1)
    total += bonds.take(places + 2)
    total += bonds.take(places + 3)
    return total + np.where(np.asarray(lengths) > 2, bonds.take(places + 4, mode="clip"), np.float32(0))


@dataclass(frozen=True)
class Joint:
    """Replacements of two neighbouring words at once, from the best of each: a block for every two neighbours."""

    places: Ids
    """The first token of the two."""
    left: Ids
    """(places, most): ids that may replace the first token."""
    right: Ids
    """(places, most): ids that may replace the second one."""
    gains: Floats
    """(places, most, most): -inf where a word has fewer replacements."""

    def best(self) -> Floats:
        """The highest gain for each two neighbours."""
        return np.asarray(self.gains.max(axis=(1, 2), initial=-np.inf))

    def phrases(self) -> Phrases:
        """The same, one by one."""
        pair, left, right = np.nonzero(self.gains > -np.inf)
        targets = np.stack([self.left[pair, left], self.right[pair, right]], axis=1)
        return Phrases(self.places[pair], np.full(len(pair), 2), targets, self.gains[pair, left, right])


def joint(company: Company, single: Replacements, ranked: Ranked, most: int = 5) -> Joint:
    """The joint replacements of neighbouring content words, as in "situation researches"."""
    order = ranked.order[:, :most]
    there = np.arange(order.shape[1]) < ranked.sizes[:, None]
    order = np.where(there, order, 0)
    rows = np.flatnonzero(np.diff(ranked.places) == 1)
    first, second = order[rows], order[rows + 1]
    left, right = single.ids[first], single.ids[second]
    gains = company.table.affinity(PAIR, left[:, :, None], right[:, None, :])
    gains = single.bonds[0][first][:, :, None] + gains + single.bonds[1][second][:, None, :]
    gains -= used(company, ranked.places[rows], 2)[:, None, None]
    gains[~(there[rows][:, :, None] & there[rows + 1][:, None, :])] = -np.inf
    return Joint(ranked.places[rows], left, right, gains)


def strongest(size: int, places: Ids, scores: Floats, floor: float) -> tuple[Floats, NDArray[np.int64]]:
    """At each of `size` places the highest score (`floor` where there is none) and its index (-1)."""
    top = np.full(size, floor, dtype=np.float32)
    index = np.full(size, -1, dtype=np.int64)
    order = np.argsort(scores, kind="stable")
    index[places[order]] = order
    there = index >= 0
    top[there] = scores[index[there]]
    return top, index
