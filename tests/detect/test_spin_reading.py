"""The spin models on an article: spans are the article's, one reading serves both detectors, nothing breaks them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.detect import Detectors, spin_models
from pipeline.detect.matchers import Matcher, normalise
from pipeline.detect.reading import Reading
from pipeline.detect.spin_reading import SpinReading, whole_or_window
from pipeline.detect.suggestions import whole, written
from pipeline.detect.tiers import read
from tests.detect.articles import article

SPUN = (
    "Kidney pebbles are hard bulges that cultivate when the urine clutches more salts than it can retain. A contagion"
    " of the urinary pamphlet may incite boulders, and corrosive urine assists them."
)


def test_spans_quote_the_article() -> None:
    """Offsets are code points of the text, in order, and do not overlap."""
    text = "Ünïcode 🩺 first. " + SPUN
    seen = SpinReading.of(spin_models.load(), text, normalise(text))
    spans = seen.spans(0.3)
    assert "pamphlet" in [text[span.start : span.end] for span in spans]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0.3 <= span.strength <= 1 for span in spans)


def test_a_stricter_threshold_shows_less() -> None:
    """What is shown at a high threshold is shown at a lower one, too."""
    seen = SpinReading.of(spin_models.load(), SPUN, normalise(SPUN))
    assert len(seen.spans(0.9)) < len(seen.spans(0.2))


def test_a_function_word_alone_is_no_span() -> None:
    """However odd it is; beside another odd word it may be part of a phrase."""
    seen = SpinReading.of(spin_models.load(), SPUN, normalise(SPUN))
    function = seen.features.company.is_function
    vars(seen)["strengths"] = np.where(function[seen.features.words], 0.9, 0.1).astype(np.float32)
    groups = seen.groups(0.5)
    assert function.sum() > len(groups)
    assert all(last > first for first, last, _ in groups)


def test_a_phrase_that_the_thesaurus_knows_is_replaced_as_a_whole() -> None:
    """Best first, and only by what stands for just these words."""
    text = "The same cream was made use of for years, as well as the tablets."
    features = SpinReading.of(spin_models.load(), text, normalise(text)).features
    words = features.company.words
    found = whole(features, features.phrases, words.index("made"), words.index("made") + 2)
    assert "used" in found
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert whole(features, features.phrases, words.index("cream"), words.index("made")) == {}


def test_one_reading_serves_both_detectors() -> None:
    """The models read an article once."""
    reading = Reading(article(SPUN), Matcher(()))
    assert read(reading, None) is read(reading, None)
    assert read(reading, None) is not read(Reading(article(SPUN), Matcher(())), None)


def test_suggestions_are_written_like_what_they_replace() -> None:
    """Capitals carry over."""
    assert written("stones", "PEBBLES") == "STONES"
    assert written("substance abuse", "Compound Abuse") == "Substance Abuse"
    assert written("substance abuse", "Compound abuse") == "Substance abuse"
    assert written("stones", "pebbles") == "stones"


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_the_models(text: str) -> None:
    """Whatever the body holds, no rule fails."""
    assert not Detectors().detect(article(text * 3)).failures


def test_a_long_page_that_is_plainly_not_spun_is_read_in_part() -> None:
    """The middle speaks for the whole, and what is found there stands where it says; a spun page is read whole."""
    models = spin_models.load()
    honest = "Take one tablet a day with food, and tell the nurse if you feel ill or have a rash. " * 80
    seen = whole_or_window(models, honest, normalise(honest))
    assert seen.offset > 0
    company = seen.features.company
    assert honest[seen.offset :].startswith(company.text[:40])
    for span in seen.spans(0.0):
        assert honest[span.start : span.end] in company.text
    spun = (SPUN + " ") * (5000 // len(SPUN) + 1)
    assert whole_or_window(models, spun, normalise(spun)).offset == 0
