"""What each word and short phrase of a text may stand for, and how much better that would fit the place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import PAIR, Floats, Ids
from pipeline.detect.company import Company, affinities, trigrams
from pipeline.detect.thesaurus import Thesaurus, phrase_key

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


def words(company: Company, thesaurus: Thesaurus) -> Replacements:
    """The `SHORTLIST` best replacements of every content word."""
    asked = np.flatnonzero(company.is_word & ~company.is_function & (company.ids > 0))
    return at(company, thesaurus, asked, FIRST, SHORTLIST)


def at(company: Company, thesaurus: Thesaurus, asked: Ids, first: int, most: int) -> Replacements:
    """The `most` best of the `first` thesaurus neighbours of the tokens `asked`, which are in order."""
    rows, ids, prior = thesaurus.of_words(company.ids[asked], first)
    table, contexts = company.table, company.contexts
    vectors = company.vectors
    smooth = rowwise(company.expected, asked[rows], vectors.words, vectors.rows(ids))
    kept = shortlist(rows, smooth + PRIOR * prior, most)
    places, ids, prior, smooth = asked[rows[kept]], ids[kept], prior[kept], smooth[kept]
    around = contexts[places]
    topical = rowwise(company.surroundings, places, vectors.topics, vectors.rows(ids))
    used = np.bincount(company.ids, minlength=len(table.counts))
    columns = np.concatenate(
        [
            affinities(table, ids, around) - company.affinities[places],
            trigrams(table, ids, around) - company.trigrams[places],
            np.log2(table.counts[ids] + 1)[:, None] - company.frequency[places][:, None],
            prior[:, None],
            np.log2(1 + used[ids])[:, None],
            (smooth - company.smooth[places])[:, None],
            (topical - company.topical[places])[:, None],
        ],
        axis=1,
    )
    return Replacements(places, ids, columns.astype(np.float32))


def rowwise(a: Floats, a_rows: Ids, b: Floats, b_rows: Ids) -> Floats:
    """The product of each given row of `a` with the given row of `b`."""
    return np.asarray(np.einsum("ij,ij->i", a.take(a_rows, axis=0), b.take(b_rows, axis=0)))


def shortlist(rows: Ids, scores: Floats, most: int) -> Ids:
    """Indices of the `most` highest scores of each row, in the order of rows. `rows` must be sorted."""
    if not len(rows):
        return rows
    starts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    sizes = np.diff(np.append(starts, len(rows)))
    numbers = np.repeat(np.arange(len(starts)), sizes)
    square = np.full((len(starts), int(sizes.max())), -np.inf, dtype=np.float32)
    square[numbers, np.arange(len(rows)) - starts[numbers]] = scores
    if square.shape[1] > most:
        top = np.argpartition(-square, most - 1, axis=1)[:, :most]
    else:
        top = np.broadcast_to(np.arange(square.shape[1]), square.shape)
    return np.sort((top + starts[:, None])[top < sizes[:, None]])


def best(places: Ids, scores: Floats, most: int) -> Ids:
    """Indices of the `most` highest scores at each place, by place and falling score."""
    order = np.lexsort((-scores, places))
    ordered = places[order]
    fresh = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(order) else np.zeros(0, dtype=np.bool_)
    starts = np.flatnonzero(fresh)
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    return np.asarray(order[rank < most])


def phrases(company: Company, thesaurus: Thesaurus) -> Phrases:
    """Every phrase of two or three words that the thesaurus knows, with all it may stand for."""
    ids = company.ids
    found: list[tuple[Ids, Ids, Ids]] = []
    for length in (2, 3):
        if len(ids) < length:
            continue
        columns = [ids[n : len(ids) - length + 1 + n] for n in range(length)]
        rows, targets = thesaurus.of_phrases(phrase_key(*columns))
        found.append((rows, np.full(len(rows), length), targets))
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Phrases(none, none, np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.float32))
    places, lengths, targets = (np.concatenate(parts) for parts in zip(*found, strict=True))
    before, after = company.at(-1)[places], company.padded[places + lengths + 2]
    gains = chain(company, before, targets, after) - used_chain(company, places, lengths)
    return Phrases(places, lengths, targets, gains.astype(np.float32))


def chain(company: Company, before: Ids, targets: Ids, after: Ids) -> Floats:
    """Affinities along before → target → after: what a phrase of one or two words gains in its place."""
    table = company.table
    two = targets[:, 1] > 0
    last = np.where(two, targets[:, 1], targets[:, 0])
    inner = np.where(two, table.affinity(PAIR, targets[:, 0], targets[:, 1]), 0)
    return table.affinity(PAIR, before, targets[:, 0]) + inner + table.affinity(PAIR, last, after)


def used_chain(company: Company, places: Ids, lengths: Ids) -> Floats:
    """The same along the words that stand there."""
    total = company.affinities[places, 0].copy()
    for offset in range(3):
        inside = np.minimum(places + offset, len(company) - 1)
        total += np.where(offset < lengths, company.affinities[inside, 1], 0)
    return np.asarray(total)


def joint(company: Company, single: Replacements, scores: Floats, most: int = 5) -> Phrases:
    """Replacements of two neighbouring content words at once, from the best of each: "situation researches"."""
    kept = best(single.places, scores, most)
    places, ids = single.places[kept], single.ids[kept]
    starts = np.searchsorted(places, np.arange(len(company) + 1))
    sizes = np.diff(starts)
    first = np.flatnonzero((sizes[:-1] > 0) & (sizes[1:] > 0)) if len(sizes) > 1 else np.zeros(0, dtype=np.int64)
    left, right = pairs(starts[first], sizes[first], starts[first + 1], sizes[first + 1])
    targets = np.stack([ids[left], ids[right]], axis=1)
    at = places[left]
    lengths = np.full(len(at), 2)
    gains = chain(company, company.at(-1)[at], targets, company.padded[at + lengths + 2])
    return Phrases(at, lengths, targets, (gains - used_chain(company, at, lengths)).astype(np.float32))


def pairs(starts: Ids, sizes: Ids, other_starts: Ids, other_sizes: Ids) -> tuple[Ids, Ids]:
    """All pairs of an index of one range with one of the other, range by range."""
    products = sizes * other_sizes
    rows = np.repeat(np.arange(len(starts)), products)
    number = np.arange(len(rows)) - np.repeat(np.cumsum(products) - products, products)
    return starts[rows] + number // other_sizes[rows], other_starts[rows] + number % other_sizes[rows]


def strongest(size: int, places: Ids, scores: Floats, floor: float) -> tuple[Floats, NDArray[np.int64]]:
    """At each of `size` places the highest score (`floor` where there is none) and its index (-1)."""
    top = np.full(size, floor, dtype=np.float32)
    index = np.full(size, -1, dtype=np.int64)
    order = np.argsort(scores, kind="stable")
    index[places[order]] = order
    there = index >= 0
    top[there] = scores[index[there]]
    return top, index
