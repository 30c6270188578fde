"""On whose word a sentence stands."""

from __future__ import annotations

import pytest

from pipeline.detect import Detectors
from pipeline.detect.reading import Reading
from pipeline.detect.source_features import SOURCING_FEATURES, features
from pipeline.detect.sourcing import is_source
from tests.detect.articles import article

MATCHER = Detectors().matcher


def reading(text: str) -> Reading:
    """A page read."""
    return Reading(article(text), MATCHER)


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("Short sleepers caught more colds (Prather et al., 2015).", "cited"),
        ("A survey published in 2019 counted 630 cases.", "cited"),
        ("NICE guideline NG217 puts a review after two years.", "cited"),
        ("The register is at nhs.uk/conditions/epilepsy.", "cited"),
        ("When 20 trials were pooled, the gain was eight minutes in a study of 1,162 adults.", "cited"),
        ("Nearly half have it (https://www.cdc.gov/flu).", "cited"),
        ("Nearly half have it (versus-gout.org.uk/facts).", "cited"),
        ("Nearly half have it, see https://www.best-gummies.example/buy and www.deals.example.", "none"),
        ("The World Health Organization says that it is rare.", "named"),
        ("A study in the Journal of Dermatology found nothing.", "named"),
        ("It is rare, said Dr. Helen Marsh.", "named"),
        ("Studies have shown that it helps.", "vague"),
        ("The drops are taken with water.", "none"),
        ("People who walk live longer.", "none"),
    ],
)
def test_what_a_sentence_names(sentence: str, support: str) -> None:
    """From a reference that can be looked up to nobody."""
    assert [source.support for source in reading(sentence).sources] == [support]


def test_references_are_numbers_and_blocks() -> None:
    """Items count with or without numbers, until the next heading."""
    page = reading("It helps.\n# Sources\n- Ode 2019\n- Marsh 2020\n# Contact\nRing us.")
    assert page.references.numbers >= {1, 2}
    assert page.references.blocks == {1, 2, 3}


def test_carrying_on_is_seen() -> None:
    """How the sentence begins, and how far the last source is."""
    page = reading(
        "A trial of 399 people in 2020 found no difference. The same trial found less nausea. Garlic is nice."
    )
    rows = [dict(zip(SOURCING_FEATURES, row, strict=True)) for row in features(page)]
    assert [row["sentences since source"] for row in rows[1:]] == [1.0, 2.0]
    assert [row["same"] for row in rows] == [0.0, 1.0, 0.0]


def test_links_to_bodies_and_journals_are_sources() -> None:
    """A host counts with its subdomains, and not as a part of another name; a broken address is no source."""
    assert is_source("https://www.ninds.nih.gov/stroke")
    assert not is_source("https://nih.gov.example/stroke")
    assert not is_source("http://[broken")
