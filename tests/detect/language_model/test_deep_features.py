"""The deep features, with the random model: their shape, and what is nan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pipeline.detect import discriminator, spin_models
from pipeline.detect.company import Company
from pipeline.detect.deep_document_features import DEEP_DOCUMENT_FEATURES, FROM_FAST, of_language_model
from pipeline.detect.deep_word_features import DEEP_FEATURES, NO_GAIN, DeepWords, substitutes
from pipeline.detect.matchers import normalise
from pipeline.detect.replacements import COLUMNS
from pipeline.detect.word_features import WordFeatures

TEXT = "The physician will inspect your blood pressure, and the nurse records it. " * 4


def read(runtime: Any, text: str) -> tuple[WordFeatures, DeepWords]:
    """Both tiers' features of a text."""
    table, vectors, thesaurus = spin_models.tables()
    company = Company.of(table, vectors, text, normalise(text))
    features = WordFeatures.of(company, thesaurus, np.zeros(len(COLUMNS) + 1, dtype=np.float32))
    return features, DeepWords.of(company, thesaurus, runtime, discriminator.load(1))


def test_rows_are_the_words(runtimes: dict[str, Any]) -> None:
    """One row a word, beside those of the fast tier; surprisal is known for every word that was read."""
    features, deep = read(runtimes["int8"], TEXT)
    matrix = deep.matrix(features.company)
    assert matrix.shape == (len(features.words), len(DEEP_FEATURES))
    assert np.isfinite(matrix[:, DEEP_FEATURES.index("surprisal")]).all()
    assert (matrix[:, DEEP_FEATURES.index("gain or left")] >= NO_GAIN).all()
    assert np.isfinite(matrix[:, DEEP_FEATURES.index("replaced")]).all()
    assert of_language_model(features, deep).shape == (len(DEEP_DOCUMENT_FEATURES) - len(FROM_FAST),)


def test_without_a_language_model_its_features_are_missing() -> None:
    """What the discriminator knows is there."""
    features, deep = read(None, TEXT)
    matrix = deep.matrix(features.company)
    missing = np.isnan(matrix).all(axis=0)
    assert np.isnan(of_language_model(features, deep)).all()
    assert {name for name, gone in zip(DEEP_FEATURES, missing, strict=True) if not gone} >= {
        "replaced",
        "replaced on page",
    }
    assert missing[DEEP_FEATURES.index("surprisal")]
    assert missing[DEEP_FEATURES.index("gain")]


@pytest.mark.parametrize("text", ["", "a", "The nurse.", "… — !!"])
def test_little_text(runtimes: dict[str, Any], text: str) -> None:
    """Where there is too little to say, document features are nan, and nothing raises."""
    features, deep = read(runtimes["int8"], text)
    assert deep.matrix(features.company).shape == (len(features.words), len(DEEP_FEATURES))
    assert np.isnan(of_language_model(features, deep)).all()


def test_substitutes_are_written_as_the_word() -> None:
    """Substitutes take the word's capitals; function words have none."""
    table, vectors, thesaurus = spin_models.tables()
    text = "Physician and physician"
    options = substitutes(Company.of(table, vectors, text, normalise(text)), thesaurus)
    assert "Doctor" in options[0]
    assert options[1] == []
    assert "doctor" in options[2]
