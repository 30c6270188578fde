"""Candidates and scores over two small thesauri; inflections by a small dictionary in lemminflect's place."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from pipeline.detect.discriminator.weights import Weights
from pipeline.learn.synonyms import FEATURES, SEEN, Synonyms
from pipeline.learn.wordnet import WordNet

FORMS = {"pill": "pills", "tablet": "tablets", "slab": "slabs"}
WORDS = ["the", *FORMS, *FORMS.values()]


class Inflections:
    """Plurals of FORMS."""

    def readings(self, form: str) -> list[tuple[str, str, str]]:
        return [(lemma, "NOUN", "NNS") for lemma, plural in FORMS.items() if plural == form]

    def forms(self, lemma: str, pos: str, tag: str) -> tuple[str, ...]:
        return (FORMS[lemma],) if lemma in FORMS and (pos, tag) == ("NOUN", "NNS") else ()


@pytest.fixture
def synonyms() -> Synonyms:
    """Moby links tablet with pill and slab; in WordNet pill is its synonym, and slab is above it."""
    links: dict[str, set[str]] = defaultdict(set)
    for one, two in (("tablet", "pill"), ("tablet", "slab"), ("tablet", "the")):
        links[one].add(two)
        links[two].add(one)
    wordnet = WordNet.__new__(WordNet)
    tablet, slab = ("noun", "1"), ("noun", "2")
    wordnet.words = {tablet: ["tablet", "pill"], slab: ["slab"]}
    wordnet.synsets = defaultdict(list, {"tablet": [tablet], "pill": [tablet], "slab": [slab]})
    wordnet.above = defaultdict(set, {tablet: {slab}})
    wordnet.below = defaultdict(set, {slab: {tablet}})
    wordnet.similar = defaultdict(set)
    pieces = ["[UNK]", "[CLS]", "[SEP]", *WORDS]
    vectors = np.random.default_rng(1).normal(size=(len(pieces), 4)).astype(np.float32)
    network = Weights(pieces, 1, vectors, {}, [])
    return Synonyms(dict.fromkeys(WORDS, 100.0), links, wordnet, network, Inflections())  # type: ignore[arg-type]


def test_originals_are_inflected_as_the_word_is_and_no_function_words(synonyms: Synonyms) -> None:
    found = synonyms.originals("tablets")
    assert set(found) == {"pills", "slabs"}
    pills = dict(zip(FEATURES, found["pills"], strict=True))
    assert (pills["synonym"], pills["listed"], pills["hypernym"]) == (1, 1, 0)
    assert dict(zip(FEATURES, found["slabs"], strict=True))["hypernym"] == 1
    assert synonyms.originals("the") == {}


def test_a_word_that_the_reference_hardly_uses_is_no_original(synonyms: Synonyms) -> None:
    synonyms.frequency["pills"] = 3.0
    assert set(synonyms.originals("tablets")) == {"slabs"}


def test_weights_put_the_originals_they_were_shown_first(synonyms: Synonyms) -> None:
    synonyms.learn(Counter({("tablets", "pills"): 1, ("tablet", "pill"): 1}))
    scores = synonyms.scored("tablets")
    assert scores["pills"] > scores["slabs"]


def test_a_swap_that_was_seen_counts_and_becomes_a_link(synonyms: Synonyms) -> None:
    synonyms.weights = np.zeros(len(FEATURES))
    synonyms.add(Counter({("slab", "pill"): 1}))
    scores = synonyms.scored("slab")
    assert scores["pill"] == pytest.approx(SEEN * np.log(2))
    assert scores["tablet"] == 0
