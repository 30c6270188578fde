"""Signs of the type of a claim."""

from __future__ import annotations

import pytest

from pipeline.detect import Detectors
from pipeline.detect.reading import Reading
from pipeline.detect.type_signs import TYPE_SIGNS, features
from tests.detect.articles import article

MATCHER = Detectors().matcher


@pytest.mark.parametrize(
    ("sentence", "sign", "without"),
    [
        ("One in five adults have it.", "sign number of people who have it", "One in five tablets is white."),
        ("The oil opens the arteries.", "sign body acted upon", "The arteries are large."),
        ("“My knee is fine again,” says Ann.", "sign told in quotation marks", "My knee is fine again."),
        ("It is stronger than aspirin.", "sign better than", "It is strong."),
        ("Symptoms fell by 40 percent.", "sign changed by so much", "Symptoms fell."),
        ("It reverses diabetes.", "promises a cure", "It is taken in diabetes."),
    ],
)
def test_signs_need_their_words_together(sentence: str, sign: str, without: str) -> None:
    """What makes a prevalence, a mechanism, a testimonial, a comparison, a number; and the promise by its name."""
    column = TYPE_SIGNS.index(sign)
    found, missing = (features(Reading(article(text), MATCHER))[0, column] for text in (sentence, without))
    assert (found, missing) == (1.0, 0.0)
