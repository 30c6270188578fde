"""Which word may have stood where another stands, and how likely: links of Moby and WordNet, weighed.

The weights are fitted on word pairs of the PPS tortured phrases, each true original against the other candidates of
the word, before those pairs are added to the links themselves.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.detect.matchers import lexicon, normalise
from pipeline.learn import pairwise
from pipeline.learn.inflector import Inflector
from pipeline.learn.wordnet import COORDINATE, RELATIONS, WordNet

FEATURES = ("frequency", "overlap", "listed", *RELATIONS, "kinship")
"""Log frequency of the original; cosine of the two lists in Moby; whether Moby links the two; their relation in
WordNet; cosine of the vectors of their pieces."""
SEEN = 1.5
"""Weight of the log of how many listed tortured phrases make this very swap."""
LEAST_COUNT = 12.0
"""Weighted uses in the reference below which a word is not offered as an original."""
LONGEST = 24
"""Pieces of a word or phrase that are read for its vector."""
Features = NDArray[np.float64]


@dataclass
class Synonyms:
    """Both thesauri. `swaps` counts (used, original) pairs of the tortured phrases; `weights` are those of FEATURES."""

    frequency: dict[str, float]
    links: dict[str, set[str]]
    wordnet: WordNet
    network: Weights
    inflector: Inflector = field(default_factory=Inflector)
    swaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    weights: Features = field(default_factory=lambda: np.zeros(len(FEATURES)))
    vectors: dict[str, Features] = field(default_factory=dict)

    @cached_property
    def pieces(self) -> WordPieces:
        """The vocabulary of the vectors."""
        return WordPieces(self.network.pieces)

    @cached_property
    def function(self) -> frozenset[str]:
        """Words that no spinner swaps."""
        return frozenset(entry.phrase for entry in lexicon("function-words"))

    def learn(self, pairs: Counter[tuple[str, str]]) -> None:
        """Fit the weights on pairs of words, then `add` them."""
        compared = []
        for used, original in sorted(pairs):
            found = self.originals(used) if " " not in used else {}
            if original in found and len(found) > 1:
                names = list(found)
                rows = np.array([found[name] for name in names])
                compared.append(pairwise.leads(rows, names.index(original)))
        self.weights = pairwise.fit(compared)
        self.add(pairs)

    def add(self, pairs: Counter[tuple[str, str]]) -> None:
        """Count pairs as swaps that were seen, and as links."""
        for (used, original), count in pairs.items():
            self.swaps[used, original] += count
            self.links[used].add(original)

    def scored(self, used: str) -> dict[str, float]:
        """The likely originals of a form, inflected as it is, each with its log-odds up to a constant."""
        return {text: self.score(used, text, row) for text, row in self.originals(used).items()}

    def score(self, used: str, original: str, row: Sequence[float]) -> float:
        """The log-odds of an original, up to a constant."""
        return float(np.dot(row, self.weights)) + SEEN * math.log1p(self.swaps[used, original])

    def originals(self, used: str) -> dict[str, list[float]]:
        """The candidates of a single-word form, inflected as it is, and FEATURES of each."""
        found: dict[str, list[float]] = {}
        if used in self.function:
            return found
        for lemmas, text, relation in self.linked(used):
            if text == used or text in self.function or self.frequency.get(text, 0) < LEAST_COUNT:
                continue
            row = self.row(lemmas, relation)
            if text not in found or nearness(row) > nearness(found[text]):
                found[text] = row
        for text, row in found.items():
            row[0] = math.log(self.frequency[text])
            row[-1] = self.kinship(used, text)
        return found

    def linked(self, used: str) -> Iterator[tuple[tuple[str, str], str, int | None]]:
        """Lemmas of `used` and of a word near it, that word inflected as `used` is, and their relation in WordNet."""
        for original, relation in self.near(used).items():
            yield (used, original), original, relation
        for lemma, pos, tag in self.inflector.readings(used):
            for original, relation in self.near(lemma).items():
                for inflected in self.inflector.forms(original, pos, tag):
                    yield (lemma, original), inflected.lower(), relation

    def near(self, lemma: str) -> dict[str, int | None]:
        """What either thesaurus has for a lemma, with WordNet's relation. Coordinate terms must be in Moby too."""
        relations = self.wordnet.near(lemma)
        found: dict[str, int | None] = {text: relations.get(text) for text in sorted(self.links.get(lemma, ()))}
        return found | {text: relation for text, relation in relations.items() if relation != COORDINATE}

    def row(self, lemmas: tuple[str, str], relation: int | None) -> list[float]:
        """FEATURES of a candidate (lemmas: of the word used, of the candidate), frequency and kinship aside."""
        ours, theirs = (self.links.get(lemma, set[str]()) for lemma in lemmas)
        shared = len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if ours and theirs else 0.0
        return [0.0, shared, float(lemmas[1] in ours), *(float(relation == n) for n in range(len(RELATIONS))), 0.0]

    def kinship(self, first: str, second: str) -> float:
        """Cosine of the vectors of two words or phrases."""
        return float(self.vector(first) @ self.vector(second))

    def vector(self, text: str) -> Features:
        """The mean of the vectors of a word's pieces, at length one."""
        if text not in self.vectors:
            ids = self.pieces.encode(text, LONGEST)[0]
            mean = self.network.embedding[ids].mean(axis=0).astype(np.float64)
            self.vectors[text] = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return self.vectors[text]


def nearness(row: Sequence[float]) -> float:
    """By which of two readings of a candidate the nearer is kept: overlap, listed and synonym."""
    return row[1] + row[2] + row[3]


def word_pairs(paths: Sequence[Path]) -> Counter[tuple[str, str]]:
    """(used, original) pairs of JSON lines with `text` and `original_text`; equally long ones word by word."""
    found: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            used = normalise(row["text"]).replace("-", " ").split()
            original = normalise(row["original_text"]).replace("-", " ").split()
            if len(used) == len(original):
                found.update(pair for pair in zip(used, original, strict=True) if pair[0] != pair[1])
            else:
                found[" ".join(used), " ".join(original)] += 1
    return found
