"""Rows of terms and words, for all tokens of a page at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect import claim_model, word_flags
from pipeline.detect.claim_terms import terms
from pipeline.detect.term_index import TermIndex, firsts, numbers_of

TERMS = {"tea": 0, "cures": 1, "tea cures": 2, "<s> tea": 3, "cures tea": 4, "<s> cures": 5}
WORDS = {"tea": 0, "gout": 1}
INDEX = TermIndex.of(TERMS, WORDS)
SHIPPED, EMPTY = claim_model.load().linear.index, claim_model.untaught().linear.index
SENTENCES = st.lists(st.lists(st.sampled_from(["tea", "cures", "gout", "nothing", "<s>"]), max_size=6), max_size=5)


@given(SENTENCES)
def test_rows_are_those_of_the_dictionaries(sentences: list[list[str]]) -> None:
    """Each known term once a sentence, each scored word as often as it stands there, in the order of the sentences."""
    read = INDEX.read(sentences)
    owners, rows = read.terms()
    assert list(zip(owners.tolist(), rows.tolist(), strict=True)) == [
        (number, row)
        for number, words in enumerate(sentences)
        for row in sorted({TERMS[term] for term in terms(words) if term in TERMS})
    ]
    owners, rows = read.known_words()
    assert list(zip(owners.tolist(), rows.tolist(), strict=True)) == [
        (number, WORDS[word]) for number, words in enumerate(sentences) for word in words if word in WORDS
    ]


def test_an_index_of_nothing_knows_nothing() -> None:
    """No terms, no words, no rows."""
    read = TermIndex.of({}, {}).read([["tea"], []])
    assert [len(part) for part in (*read.terms(), *read.known_words())] == [0, 0, 0, 0]


@given(st.lists(st.lists(st.sampled_from(["cures", "overnight", "pills", "trial", "zebu"]), max_size=4), max_size=5))
def test_numbers_tell_the_sets_that_words_tell(sentences: list[list[str]]) -> None:
    """One look-up gives the same flags as the words themselves, by the shipped model and by one that knows no term."""
    expected = word_flags.of_words(sentences).tolist()
    for index in (SHIPPED, EMPTY):
        assert index.read(sentences).flags().tolist() == expected


def test_rows_of_numbers_and_truths_become_an_array() -> None:
    """As numpy makes one of them, no rows included."""
    assert numbers_of([(1, True, 0.5), (False, 2, 3.0)], 3).tolist() == [[1.0, 1.0, 0.5], [0.0, 2.0, 3.0]]
    assert numbers_of([], 3).shape == (0, 3)


def test_firsts_are_those_unlike_the_one_before() -> None:
    """The first value always is."""
    assert firsts(np.array([4, 4, 7, 7, 7, 9])).tolist() == [True, False, True, False, False, True]
    assert firsts(np.array([])).tolist() == []
