"""The corrector's log-probabilities and proposals, computed another way."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pipeline.detect.discriminator.corrector import FLOOR, KIN, Corrector
from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from tests.detect.discriminator.small import PIECES as SMALL
from tests.detect.discriminator.small import weights

PIECES = ["[UNK]", "[CLS]", "[SEP]", "sign", "signs", "##s", "of", "indicators", "e5", "a"]
WORDS = ["sign", "signs", "indicators"]


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    """Random vectors of a few pieces; it reads nothing."""
    rng = np.random.default_rng(3)
    embedding = rng.normal(size=(len(PIECES), 8)).astype(np.float32)
    top = {"piece_bias": rng.normal(size=len(PIECES)).astype(np.float32)}
    return Corrector(Weights(PIECES, 1, embedding, top, []), WordPieces(PIECES), None)


def test_it_seeks_for_the_first_piece_of_each_word_it_is_asked_about() -> None:
    """As if all were read; 0 where there is no piece."""
    network = Corrector.of(weights(corrector=True), threads=1)
    text = "a substance 语 " + "b substance, c. " * 200
    words = list(re.finditer(r"[^\s,.]+", text))
    spans = [word.span() for word in words]
    places = [1, 2, 5, len(spans) - 2]
    ids, starts = network.pieces.encode(text, 10_000)
    every = network.of_pieces(ids)
    made = network.sought(text, spans, places)
    for row, place in zip(made, places, strict=True):
        first = np.flatnonzero(starts == spans[place][0])
        assert (row == every[first[0]]).all()
    assert SMALL[ids[np.flatnonzero(starts == spans[1][0])[0]]] == "sub"
    assert not network.sought("a", [(0, 1), (5, 6)], [1]).any()
    assert network.sought("", [], []).shape[0] == 0


def test_each_row_is_a_distribution(corrector: Corrector) -> None:
    """In the order of the vectors' products."""
    sought = np.random.default_rng(4).normal(size=(5, 8)).astype(np.float32)
    made = corrector.log_probabilities(sought)
    assert np.exp(made).sum(axis=1) == pytest.approx(1, abs=1e-5)
    logits = sought @ corrector.embedding.T + corrector.weights.top["piece_bias"]
    assert (made.argsort(axis=1) == logits.argsort(axis=1)).all()


def test_kin_are_near_from_the_centre(corrector: Corrector) -> None:
    """A word is its own nearest; a word of several pieces is their mean."""
    assert corrector.kinship("signs", ["signs"])[0] == pytest.approx(1, abs=1e-4)
    vectors = {name: corrector.embedding[PIECES.index(name)] for name in PIECES}
    centre = np.mean([vectors[name] for name in WORDS], axis=0)
    both = (vectors["indicators"] + vectors["##s"]) / 2 - centre
    other = vectors["sign"] - centre
    expected = both @ other / np.linalg.norm(both) / np.linalg.norm(other)
    assert corrector.kinship("indicatorss", ["sign"])[0] == pytest.approx(expected, abs=1e-4)


def test_proposals_are_whole_words_likely_and_kin(corrector: Corrector) -> None:
    """No marks, no ends of words, no letters alone; the best first."""
    likely = np.log(np.full(len(PIECES), 0.1, dtype=np.float32))
    likely[PIECES.index("sign")] = -50
    kin = corrector.kinship("signs", WORDS)
    score = {w: max(float(likely[PIECES.index(w)]), -FLOOR) + KIN * k for w, k in zip(WORDS, kin, strict=True)}
    assert corrector.proposed(likely, "signs", 3) == sorted(WORDS, key=lambda word: -score[word])


def test_a_word_is_known_by_its_first_piece(corrector: Corrector) -> None:
    """Whatever follows."""
    assert corrector.first_pieces(["signs", "indicatorss", "zzz"]).tolist() == [4, 7, 0]
