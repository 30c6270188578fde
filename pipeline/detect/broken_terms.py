"""Fixed terms of health English that a swap of one word broke: "kidney pebbles", where others have "kidney stones".

Two content words side by side that the reference never has together, though it knows both, and that become one of its
common terms when one of them gives way to a thesaurus neighbour. Nobody has to have listed the term: the counts of
`associations` know what is common, and the neighbour is the likely original.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import PAIR, Floats, Ids, attraction, keys
from pipeline.detect.company import Company
from pipeline.detect.thesaurus import Thesaurus

KNOWN = 20.0
"""Weighted uses from which on a word's never being seen beside another means something."""
USES = 48.0
"""Weighted uses that make a pair a term."""
ATTRACTION = 5.0
"""Bits by which a term's words attract each other. At 5 and 48 uses, of the terms whose swapped word the odd-word
model finds odd as well (.3, out of fold), 53 of 62 on spun gold pages are right; honest gold pages have 10 on 57 pages,
two or more on one; 200 real texts of the measuring half have 38, two or more on four."""
TOPIC = 5
"""Uses on the page from which on a word is what the page is about, and stands beside whatever it likes."""
PRIOR = 1.0
"""Bits that a unit of the thesaurus's prior is worth when a pair could be several terms."""


@dataclass(frozen=True)
class BrokenTerms:
    """One entry a term, in order of place: its first token, the token that was swapped, the original's id, its uses."""

    firsts: Ids
    swapped: Ids
    originals: Ids
    uses: Floats

    def __len__(self) -> int:
        return len(self.firsts)

    def at(self, chosen: NDArray[np.bool_] | Ids) -> BrokenTerms:
        """Some of them."""
        return BrokenTerms(self.firsts[chosen], self.swapped[chosen], self.originals[chosen], self.uses[chosen])


@dataclass(frozen=True)
class Candidates:
    """Pairs that would be a term if one word gave way: first token, swapped token, the other word's id, prior."""

    company: Company
    firsts: Ids
    swapped: Ids
    originals: Ids
    pairs: tuple[Ids, Ids]
    """The ids of the pair with the original in its place."""
    prior: Floats

    @property
    def keys(self) -> NDArray[np.uint64]:
        """The pairs that are to be looked up."""
        return keys(PAIR, *self.pairs)

    def judged(self, uses: Floats) -> BrokenTerms:
        """The broken terms, given the counts of `keys`: each told once; at most one for two neighbours, and one for a
        swapped word."""
        frequent = np.flatnonzero(uses >= USES)
        first, second = (ids[frequent] for ids in self.pairs)
        bits = attraction(uses[frequent], self.company.table.chance(first, second))
        good = frequent[bits >= ATTRACTION]
        found = BrokenTerms(self.firsts[good], self.swapped[good], self.originals[good], uses[good])
        if not len(found):
            return found
        scores = bits[bits >= ATTRACTION] + PRIOR * self.prior[good]
        for places in ("firsts", "swapped"):
            kept = first_of_each(getattr(found, places), scores)
            found, scores = found.at(kept), scores[kept]
        return found.at(self.company.uses[self.company.ids[found.swapped]] < TOPIC)


def candidates(company: Company, thesaurus: Thesaurus) -> Candidates:
    """For each pair of known content words that never stand side by side, what a swap of either word makes of it."""
    table, ids = company.table, company.ids
    content = company.is_word & ~company.is_function & (table.counts[ids] > KNOWN)
    firsts = np.flatnonzero(content[:-1] & content[1:] & (company.counts[0][2:-2] == 0))
    firsts = firsts[np.sort(np.unique(pair_key(ids[firsts], ids[firsts + 1]), return_index=True)[1])]
    swapped = np.concatenate([firsts, firsts + 1])
    rows, originals, prior = thesaurus.of_words(ids[swapped])
    common = np.flatnonzero(table.counts[originals] >= USES)
    rows, originals, prior = rows[common], originals[common], prior[common]
    kept = np.concatenate([ids[firsts + 1], ids[firsts]])[rows]
    before = rows >= len(firsts)
    pairs = np.where(before, kept, originals), np.where(before, originals, kept)
    return Candidates(company, np.concatenate([firsts, firsts])[rows], swapped[rows], originals, pairs, prior)


def broken_terms(company: Company, thesaurus: Thesaurus) -> BrokenTerms:
    """The broken terms of a text."""
    found = candidates(company, thesaurus)
    return found.judged(*company.table.look_up(found.keys))


def pair_key(first: Ids, second: Ids) -> Ids:
    """One number for two ids."""
    return first << 32 | second


def first_of_each(places: Ids, scores: Floats) -> Ids:
    """Indices of the highest score at each place, in order of place."""
    order = np.lexsort((-scores, places))
    return order[np.unique(places[order], return_index=True)[1]]
