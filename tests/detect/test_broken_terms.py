"""Fixed terms that a swap broke, as the shipped tables see them."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.detect import spin_models
from pipeline.detect.broken_terms import BrokenTerms, broken_terms
from pipeline.detect.company import Company
from pipeline.detect.matchers import normalise
from pipeline.detect.spin.tortured_phrase import often


def found(text: str) -> list[tuple[str, str]]:
    """(broken term, original word) of a text."""
    table, vectors, thesaurus = spin_models.tables()
    company = Company.of(table, vectors, text, normalise(text))
    terms: BrokenTerms = broken_terms(company, thesaurus)
    assert np.all(np.diff(terms.firsts) > 0)
    assert np.all(np.isin(terms.swapped - terms.firsts, (0, 1)))
    assert len(np.unique(terms.swapped)) == len(terms)
    return [
        (" ".join(company.words[first : first + 2]), table.words[original])
        for first, original in zip(terms.firsts.tolist(), terms.originals.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "term", "original"),
    [
        ("Her blood strain rose again.", "blood strain", "pressure"),
        ("He had a heart assault at forty.", "heart assault", "attack"),
        ("Painful kidney rocks pass by themselves.", "kidney rocks", "stones"),
    ],
)
def test_finds_the_term(text: str, term: str, original: str) -> None:
    """The pair and the word that stood there."""
    assert (term, original) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "blood",
        "Her blood pressure rose again; a heart attack and kidney stones were ruled out.",
        "Qwzx blorp, frindle grunx.",
        "The blood. Strain follows.",
    ],
)
def test_leaves_alone(text: str) -> None:
    """Terms as they are, unknown words, words that a stop parts, and nothing at all."""
    assert found(text) == []


def test_counts_in_words() -> None:
    """A weighted count stands for a quarter of it at least."""
    assert [often(uses) for uses in (48, 96, 600, 12000)] == [
        "a dozen times or more",
        "dozens of times",
        "hundreds of times",
        "thousands of times",
    ]
