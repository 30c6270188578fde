"""Known names, whole and broken."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from pipeline.detect import Detectors
from pipeline.detect.spin.broken_name import NAME, first_broken, names
from pipeline.learn.known_names import names as mined
from pipeline.learn.known_names import rows as mined_rows
from tests.detect.articles import article


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the centers for sickness mastery and prevention said", "Centers for Disease Control and Prevention"),
        ("world wellbeing association", "World Health Organization"),
    ],
)
def test_broken(words: str, name: str) -> None:
    """One or two words swapped."""
    found = first_broken(words.split())
    assert found is not None
    assert found[2] == name


def test_every_known_name_is_left_alone() -> None:
    """No name of the lexicon is taken for another one broken."""
    known, _ = names()
    assert len(known) > 500
    assert [name for name in known if first_broken(list(name))] == []


@pytest.mark.parametrize(
    "words", ["world health assembly", "world meteorological organization", "american institutes of health"]
)
def test_a_word_that_was_seen_there_is_another_name(words: str) -> None:
    """What the reference has in a place is not a swap, nor is what no thesaurus links to the name's own word."""
    assert first_broken(words.split()) is None


def test_a_page_in_capitals_is_bounded() -> None:
    """A hundred thousand capitalised words cost little."""
    text = "\n".join(["World Health Wellness Of Sickness " * 20 + "and so on."] * 1000)
    start = time.process_time()
    found = Detectors().detect(article(text))
    assert not found.failures
    assert NAME.search(text)
    assert time.process_time() - start < 20


def test_mined_rows_say_what_else_was_seen() -> None:
    """Runs inside runs are names too; the longer one takes the place of a part that hardly stands alone."""
    text = "Ask the Royal Society of Medicine. The Royal Society of Surgeons differs."
    assert ("royal", "society", "of", "medicine") in set(mined(text))
    counts = Counter({("royal", "society", "of", "medicine"): 20, ("royal", "society", "of", "surgeons"): 1})
    assert list(mined_rows(counts)) == ["royal society of medicine\t20\t0: 1: 3:surgeons"]
