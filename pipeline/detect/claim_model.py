"""The claim model: which sentences are health claims, whether the article supports them, and of which type they are.

Two steps. The first is linear (three log-odds a sentence: claim, unsupported claim, supported claim) over its terms,
the company that its words keep (a score a word, learnt through word vectors), and readable features. The second, small
boosted trees, sees these log-odds for the sentence, its neighbours, its block and its page, and the readable features
again: what a page is tells how a sentence of it is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store, trees
from pipeline.detect import claim_features
from pipeline.detect.claim_features import FEATURES, TYPES, Floats, Places
from pipeline.detect.term_index import TermIndex, Tokens, firsts
from pipeline.records import ClaimType
from pipeline.trees import Trees

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

NAME = "claims"
HEADS = ("claim", "unsupported", "supported")
CONTEXTS = ("", "before", "after", "block", "page", "page, top fifth")
ALL_FEATURES = [*FEATURES, *(f"{head} {where}".strip() for where in CONTEXTS for head in HEADS)]
OUTSIDE = -3.0
"""Log-odds that stand for the sentence before the first and after the last."""
FARTHEST = 5.0
"""Standard deviations beyond which no readable feature pulls further."""
RARE = 1e-3
"""Share of all words at which a word counts half in the mean that favours rare words (Arora et al. 2017)."""


@dataclass(frozen=True)
class Sentences:
    """A text as the model reads it: the tokens of each sentence, its readable features, and the number of its block.

    `features` is (sentences, len(FEATURES)).
    """

    words: list[list[str]]
    features: Floats
    blocks: Places

    @classmethod
    def of(cls, reading: Reading) -> Sentences:
        """Read all sentences of an article."""
        blocks = np.array([sentence.block for sentence in reading.sentences], dtype=np.intp)
        return cls(reading.sentence_tokens, claim_features.features(reading), blocks)

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class Linear:
    """The first step and the types. Columns of all weights are `HEADS`, then `TYPES`."""

    terms: dict[str, int]
    term_weights: Floats
    """(terms, columns + 1): inverse document frequency, then weights times it."""
    words: dict[str, int]
    word_weights: Floats
    """(words, 2 columns + 1): how rare the word is, weights of the plain mean, weights of the rare mean."""
    means: Floats
    scales: Floats
    feature_weights: Floats
    intercepts: Floats

    @cached_property
    def index(self) -> TermIndex:
        """Where the rows of terms and words are found."""
        return TermIndex.of(self.terms, self.words)

    @cached_property
    def of_terms(self) -> Floats:
        """(terms, columns + 1): what is summed of each term: the square of its frequency, and its weights."""
        return np.concatenate([self.term_weights[:, :1] ** 2, self.term_weights[:, 1:]], axis=1)

    @cached_property
    def of_words(self) -> Floats:
        """(words, 2 columns + 2): what is summed of each word: one, how rare it is, its weights, those times that."""
        rare, plain, weighed = np.split(self.word_weights, [1, len(self.intercepts) + 1], axis=1)
        return np.concatenate([np.ones_like(rare), rare, plain, weighed * rare], axis=1)

    def log_odds(self, tokens: Tokens, features: Floats) -> Floats:
        """(sentences, columns), given their tokens as `index` reads them, and (sentences, len(FEATURES))."""
        count, columns = len(features), len(self.intercepts)
        sentence, row = tokens.terms()
        total = summed(self.of_terms.take(row, axis=0), sentence, count)
        by_terms = total[:, 1:] / (np.sqrt(total[:, :1]) + 1e-9)
        sentence, row = tokens.known_words()
        total = summed(self.of_words.take(row, axis=0), sentence, count)
        by_words = total[:, 2 : columns + 2] / (total[:, :1] + 1e-9)
        by_rare = total[:, columns + 2 :] / (total[:, 1:2] + 1e-9)
        seen = np.clip((features - self.means) / self.scales, -FARTHEST, FARTHEST)
        return np.asarray(
            by_terms + by_words + by_rare + seen @ self.feature_weights + self.intercepts, dtype=np.float32
        )


def summed(values: Floats, owners: Places, count: int) -> Floats:
    """(count, columns): sums of the rows of `values` by owner; `owners` are in order."""
    out = np.zeros((count, values.shape[1]), dtype=np.float32)
    if len(owners):
        starts = np.flatnonzero(firsts(owners))
        out[owners[starts]] = np.add.reduceat(values, starts, axis=0)
    return out


def in_context(log_odds: Floats, text: Sentences) -> Floats:
    """(sentences, len(ALL_FEATURES)): what the second step sees, given (sentences, len(HEADS)) log-odds."""
    if not len(text):
        return np.zeros((0, len(ALL_FEATURES)), dtype=np.float32)
    found = np.full((len(text), len(ALL_FEATURES)), OUTSIDE, dtype=np.float32)
    found[:, : len(FEATURES)] = text.features
    around = found[:, len(FEATURES) :].reshape(len(text), len(CONTEXTS), -1)
    own, before, after, block, page, top = around.swapaxes(0, 1)
    own[:] = log_odds
    before[1:] = log_odds[:-1]
    after[:-1] = log_odds[1:]
    new = firsts(text.blocks)
    starts, numbers = np.flatnonzero(new), np.cumsum(new) - 1
    block[:] = (np.add.reduceat(log_odds, starts) / np.bincount(numbers)[:, None])[numbers]
    page[:] = log_odds.mean(axis=0)
    top[:] = top_fifth(log_odds)
    return found


def top_fifth(values: Floats) -> Floats:
    """The 80th percentile of each column, between neighbours as `numpy.percentile` has it, in a tenth of its time."""
    place = 0.8 * (len(values) - 1)
    low = int(place)
    ranked = np.sort(values, axis=0)
    return np.asarray(ranked[low] + (ranked[min(low + 1, len(values) - 1)] - ranked[low]) * (place - low))


@dataclass(frozen=True)
class Judged:
    """What the model says of each sentence: probabilities, and the likeliest type were it a claim."""

    claim: Floats
    supported: Floats
    types: Sequence[ClaimType]


@dataclass(frozen=True)
class ClaimModel:
    """Both steps."""

    linear: Linear
    claim: Trees
    supported: Trees

    def judge(self, reading: Reading, least: float) -> Judged:
        """Judge all sentences of an article; what is a claim with less than `least` is not asked for support."""
        text = Sentences.of(reading)
        log_odds = self.linear.log_odds(reading.tokens, text.features)
        seen = in_context(log_odds[:, : len(HEADS)], text)
        kinds = log_odds[:, len(HEADS) :].argmax(axis=1)
        if not len(text):
            return Judged(seen[:, 0], seen[:, 0], ())
        claim = self.claim.probability(seen)
        supported, likely = np.zeros_like(claim), claim >= least
        supported[likely] = self.supported.probability(seen[likely])
        return Judged(claim, supported, [TYPES[kind] for kind in kinds])

    def arrays(self) -> dict[str, Any]:
        """The arrays to store; weights of words as 8-bit integers, of terms as 16-bit floats."""
        step = np.abs(self.linear.word_weights[:, 1:]).max(axis=0) / 127 + 1e-12
        return {
            "terms": packed(self.linear.terms),
            "term_weights": self.linear.term_weights.astype(np.float16),
            "words": packed(self.linear.words),
            "word_rarity": self.linear.word_weights[:, 0].astype(np.float16),
            "word_weights": np.round(self.linear.word_weights[:, 1:] / step).astype(np.int8),
            "word_step": step.astype(np.float32),
            "means": self.linear.means,
            "scales": self.linear.scales,
            "feature_weights": self.linear.feature_weights,
            "intercepts": self.linear.intercepts,
            **self.claim.arrays("claim_"),
            **self.supported.arrays("supported_"),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, Any]) -> ClaimModel:
        """A model from stored arrays."""
        rarity = arrays["word_rarity"].astype(np.float32)[:, None]
        weights = arrays["word_weights"].astype(np.float32) * arrays["word_step"]
        linear = Linear(
            terms=unpacked(arrays["terms"]),
            term_weights=np.ascontiguousarray(arrays["term_weights"], dtype=np.float32),
            words=unpacked(arrays["words"]),
            word_weights=np.concatenate([rarity, weights], axis=1),
            means=arrays["means"],
            scales=arrays["scales"],
            feature_weights=arrays["feature_weights"],
            intercepts=arrays["intercepts"],
        )
        return cls(linear, trees.from_arrays(arrays, "claim_"), trees.from_arrays(arrays, "supported_"))


def packed(items: dict[str, int]) -> NDArray[np.uint8]:
    """Words in the order of their rows, as one array of bytes."""
    return np.frombuffer("\n".join(items).encode(), dtype=np.uint8)


def unpacked(array: NDArray[np.uint8]) -> dict[str, int]:
    """Word → row."""
    return {word: row for row, word in enumerate(bytes(array).decode().split("\n"))}


@cache
def untaught() -> ClaimModel:
    """A model that knows no terms: gold is read by it before there is another."""
    none = np.zeros((0, 1), dtype=np.float32)
    flat, columns = none.ravel(), np.zeros(len(HEADS) + len(TYPES), dtype=np.float32)
    node = np.zeros(1, dtype=np.intp)
    leaf = Trees(node, columns[:1], node, columns[:1], node, depth=0, baseline=0.0)
    linear = Linear({}, none, {}, none, flat, flat, none, columns)
    return ClaimModel(linear, leaf, leaf)


@cache
def load() -> ClaimModel:
    """The shipped model. Raises ModelError."""
    return ClaimModel.from_arrays(model_store.load(NAME, ALL_FEATURES).arrays)


def version() -> dict[str, str]:
    """Name → version of the model, without loading it. Raises ModelError."""
    return {NAME: model_store.folder_of(NAME).name}
