"""Rows of terms and words, for all tokens of a page at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect.claim_terms import terms
from pipeline.detect.term_index import TermIndex

TERMS = {"tea": 0, "cures": 1, "tea cures": 2, "<s> tea": 3, "cures tea": 4, "<s> cures": 5}
WORDS = {"tea": 0, "gout": 1}
INDEX = TermIndex.of(TERMS, WORDS)
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
