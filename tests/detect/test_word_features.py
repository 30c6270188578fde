"""The features of words: looked up together, they are what each would be alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect import replacements, spin_models
from pipeline.detect.associations import PAIR, SKIP, TRIGRAM, Associations
from pipeline.detect.company import Company
from pipeline.detect.matchers import normalise
from pipeline.detect.replacements import Ranked, Replacements, highest
from pipeline.detect.word_features import FEATURES, WordFeatures, capitals
from tests.detect.test_spin_reading import SPUN

TEXT = (
    f"{SPUN} In spite of side effects the patient's situation researches were 3 times as large, by contrast;"
    " take care of stress."
)


@pytest.fixture(scope="module")
def features() -> WordFeatures:
    """The features of TEXT."""
    models = spin_models.load()
    company = Company.of(models.table, models.vectors, TEXT, normalise(TEXT))
    return WordFeatures.of(company, models.thesaurus, models.judge.ranker)


def test_a_text_is_looked_up_three_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own n-grams; those of replacements, phrases and broken terms; those of joint replacements."""
    models = spin_models.load()
    look_up, sizes = Associations.look_up, []

    def counted(self: Associations, *asked: np.ndarray) -> list[np.ndarray]:
        sizes.append(sum(keys.size for keys in asked))
        return look_up(self, *asked)

    monkeypatch.setattr(Associations, "look_up", counted)
    company = Company.of(models.table, models.vectors, TEXT, normalise(TEXT))
    assert WordFeatures.of(company, models.thesaurus, models.judge.ranker).matrix.shape[1] == len(FEATURES)
    assert len(sizes) == 3
    assert min(sizes) > 0


def test_company_is_what_each_pair_has_alone(features: WordFeatures) -> None:
    """Affinities and trigrams of every token, asked one by one."""
    company = features.company
    table, ids = company.table, company.ids
    before, after, before2, after2 = (company.at(offset) for offset in (-1, 1, -2, 2))
    alone = [
        table.affinity(PAIR, before, ids),
        table.affinity(PAIR, ids, after),
        table.affinity(SKIP, before2, ids),
        table.affinity(SKIP, ids, after2),
    ]
    assert np.array_equal(company.affinities, alone)
    counts = [
        table.count(TRIGRAM, before2, before, ids),
        table.count(TRIGRAM, before, ids, after),
        table.count(TRIGRAM, ids, after, after2),
    ]
    assert np.array_equal(company.trigrams, np.log2(1 + np.stack(counts)))


def test_a_replacement_gains_what_it_has_over_the_word(features: WordFeatures) -> None:
    """The columns of each replacement, asked one by one."""
    company, single = features.company, features.single
    table = company.table
    assert len(single.places) > 100
    for row in range(0, len(single.places), 17):
        place, number = single.places[row : row + 1], single.ids[row : row + 1]
        before, after = company.at(-1)[place], company.at(1)[place]
        bonds = table.affinity(PAIR, before, number), table.affinity(PAIR, number, after)
        assert np.array_equal(single.bonds[:, row : row + 1], bonds)
        gains = [bond - company.affinities[side, place] for side, bond in enumerate(bonds)]
        middle = np.log2(1 + table.count(TRIGRAM, before, number, after)) - company.trigrams[1, place]
        frequency = table.frequency[number] - company.frequency[place]
        assert np.allclose(single.columns[row, [0, 1, 5, 7]], np.concatenate([*gains, middle, frequency]), atol=1e-6)


def test_phrases_gain_along_the_chain(features: WordFeatures) -> None:
    """Known phrases and joint replacements: affinities along the new words less those along the old."""
    company, table = features.company, features.company.table
    for phrases in (features.phrases, features.joint):
        assert len(phrases.places)
        for row in range(0, len(phrases.places), 5):
            place, length = int(phrases.places[row]), int(phrases.lengths[row])
            new = [number for number in phrases.ids[row].tolist() if number]
            sides = [int(company.at(-1)[place])], [int(company.padded[place + length + 2])]
            chains = [[*sides[0], *middle, *sides[1]] for middle in (new, company.ids[place : place + length].tolist())]
            gained, had = (
                sum(float(table.affinity(PAIR, np.array([a]), np.array([b]))[0]) for a, b in pairwise(chain))
                for chain in chains
            )
            assert phrases.gains[row] == pytest.approx(gained - had, abs=1e-4)


def test_phrases_are_those_of_the_thesaurus(features: WordFeatures) -> None:
    """Every place is tried, however few are looked up."""
    ids, thesaurus = features.company.ids, features.thesaurus
    tried = []
    for length in (2, 3):
        key = sum(ids[n : len(ids) - length + 1 + n].astype(np.uint64) << np.uint64(16 * n) for n in range(length))
        rows, targets = thesaurus.of_phrases(np.asarray(key, dtype=np.uint64))
        tried += [(row, length, *pair) for row, pair in zip(rows.tolist(), targets.tolist(), strict=True)]
    places, lengths, targets = thesaurus.phrases_in(ids)
    assert tried == [
        (*found, *pair) for *found, pair in zip(places.tolist(), lengths.tolist(), targets.tolist(), strict=True)
    ]


def test_a_joint_gain_counts_for_both_words(features: WordFeatures) -> None:
    """At each token the highest gain of a pair that covers it."""
    covered = np.full(len(features.company), -8.0, dtype=np.float32)
    for place, gain in zip(features.joint.places.tolist(), features.joint.gains.tolist(), strict=True):
        covered[place : place + 2] = np.maximum(covered[place : place + 2], gain)
    assert np.array_equal(features.over_pairs(), covered)


def test_neighbours_as_a_block_are_those_in_a_row() -> None:
    """The first neighbours of each word, with their priors."""
    _, _, thesaurus = spin_models.tables()
    words = np.arange(0, 60_000, 977)
    ids, prior, there = thesaurus.first_of_words(words, 9)
    rows, flat, flat_prior = thesaurus.of_words(words, 9)
    assert np.array_equal(np.nonzero(there)[0], rows)
    assert np.array_equal(ids[there], flat)
    assert np.array_equal(prior[there], flat_prior)


def test_equal_scores_keep_their_order() -> None:
    """By falling score, of equal ones the first first; the best of a place is the last of them."""
    single = Replacements(np.array([3, 3, 3, 7, 9, 9]), np.arange(6), np.zeros((6, 12)), np.zeros((2, 6)))
    ranked = Ranked.of(single, np.array([1, 2, 2, 0, -1, 5], dtype=np.float32))
    assert ranked.places.tolist() == [3, 7, 9]
    assert ranked.sizes.tolist() == [3, 1, 2]
    assert [row[:size] for row, size in zip(ranked.order.tolist(), ranked.sizes.tolist(), strict=True)] == [
        [1, 2, 0],
        [3],
        [5, 4],
    ]
    assert ranked.top.tolist() == [2, 3, 5]


def test_the_highest_of_each_row() -> None:
    """All of a row that has no more than are wanted."""
    scores = np.array([[1, 5, 3, 4], [9, 0, 8, 7]], dtype=np.float32)
    assert highest(scores, 2).tolist() == [[False, True, False, True], [True, False, True, False]]
    assert highest(scores, 4).all()


@pytest.mark.parametrize("text", ["", "kidney", "the", "kidney pebbles", "Qwzx blorp frindle.", "1 2 3"])
def test_short_texts_have_features(text: str) -> None:
    """One row a word, however little there is around it."""
    models = spin_models.load()
    company = Company.of(models.table, models.vectors, text, normalise(text))
    made = WordFeatures.of(company, models.thesaurus, models.judge.ranker)
    assert made.matrix.shape == (len(made.words), len(FEATURES))
    assert len(made.joint.places) == made.joint.gains.size


@given(st.text(st.one_of(st.characters(), st.sampled_from("AaZzÄäǅßΩ²Ⅷ")), max_size=30))
def test_capitals_are_what_python_says(text: str) -> None:
    """Of every script, lone surrogates too."""
    assert capitals(text, np.arange(len(text))).tolist() == [character.isupper() for character in text]


def test_nothing_asked_is_nothing_answered() -> None:
    """No places, no options."""
    models = spin_models.load()
    company = Company.of(models.table, models.vectors, TEXT, normalise(TEXT))
    none = np.zeros(0, dtype=np.int64)
    assert replacements.at(company, models.thesaurus, none, 32, 14).columns.shape == (0, 12)
