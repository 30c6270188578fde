"""The claim ledger: what is a claim, of which type, on whose word."""

from __future__ import annotations

import pytest

from pipeline.detect import Detectors
from pipeline.records import Claim
from tests.detect.articles import article

DETECTORS = Detectors()
SETTING = "The doctor treats pain, disease and other symptoms of patients in hospital."


def claims(*sentences: str) -> list[Claim]:
    """The claims of a paragraph, on a page about health."""
    found = DETECTORS.detect(article(" ".join(sentences) + f"\n- {SETTING}\n- {SETTING}")).claims
    return [claim for claim in found if claim.quote in sentences]


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("Walking reduces the pain of arthritis in most people.", "none"),
        ("Studies have shown that walking reduces the pain of arthritis.", "vague"),
        ("According to the Arthritis Foundation, walking reduces the pain of arthritis.", "named"),
        ("The WHO says that walking reduces the pain of arthritis.", "named"),
        ("According to Dr. Helen Marsh of the University of Leeds, walking reduces the pain of arthritis.", "named"),
        ("Walking reduces the pain of arthritis (Fransen et al., 2015).", "cited"),
        ("A trial of 164 volunteers found that walking reduces the pain of arthritis.", "cited"),
        ("A study published in the Lancet in 2015 found that walking reduces the pain.", "cited"),
    ],
)
def test_support_is_what_the_sentence_states(sentence: str, support: str) -> None:
    """From nobody to a reference that can be looked up."""
    assert [claim.support for claim in claims(sentence)] == [support]


def test_support_is_carried_on_and_not_further() -> None:
    """A sentence that continues the cited one shares its source; one that merely follows does not."""
    cited = "A Cochrane review of 54 trials in 2015 found that exercise reduces knee pain."
    carried = "The review also found that it improves sleep in most people."
    follows = "Garlic cures a cold and lowers blood pressure in everyone."
    assert [claim.support for claim in claims(cited, carried, follows)] == ["cited", "cited", "none"]


def test_who_is_not_the_who() -> None:
    """An agency that is spelled like a word counts only in capitals."""
    assert [c.support for c in claims("Walking reduces the pain of arthritis in people who walk daily.")] == ["none"]


def test_a_number_counts_where_the_list_is_there() -> None:
    """[2] is a reference when the page has a list with a second item."""
    sentence = "Walking reduces the pain of arthritis in most people [2]."
    page = f"{sentence}\n- {SETTING}\n- {SETTING}"
    listed = f"{page}\n# References\n- 1. Ode A. Lancet 2019.\n- 2. Marsh H. BMJ 2020."
    assert [c.support for c in DETECTORS.detect(article(page)).claims if c.quote == sentence] != ["cited"]
    found = DETECTORS.detect(article(listed)).claims
    assert [(c.support, c.source) for c in found if c.quote == sentence] == [("cited", "[2]")]
    assert not any("BMJ" in claim.quote for claim in found)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It is completely safe and has no side effects at any dose.", "safety"),
        ("In the survey 94% of users lost 12 pounds and 40% slept better.", "statistic"),
        ("Stress causes most headaches and triggers migraine in women.", "causal"),
    ],
)
def test_type(sentence: str, kind: str) -> None:
    """The weightiest cue gives the type."""
    assert [claim.type for claim in claims(sentence)] == [kind]


def test_headings_are_no_claims() -> None:
    """A heading announces; it does not assert."""
    found = DETECTORS.detect(article(f"# Garlic cures every cold\n{SETTING}\n{SETTING}")).claims
    assert not any("Garlic" in claim.quote for claim in found)
