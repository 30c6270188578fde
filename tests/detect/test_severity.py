"""How dangerous a sentence is."""

from __future__ import annotations

import pytest

from pipeline.detect.severity import FORMS, title_danger

CASES = [
    ("You can pour your insulin down the sink.", "tells readers to stop or refuse a treatment"),
    ("It reverses diabetes.", "promises a cure"),
    ("There is no risk of side effects.", "denies side effects or risk"),
    ("Double the dose every day.", "gives or raises a dose"),
    ("It has never failed.", "promises success to all"),
    ("It is better than any other pill.", "ranks itself above every treatment"),
    ("Usual medicines only mask the pain.", "runs down other treatments"),
    ("The therapy is safe and quick.", "calls a treatment safe without saying for whom"),
    ("You lose twenty pounds within two weeks.", "promises haste"),
    ("It goes to the root cause.", "offers wonder in place of proof"),
]


@pytest.mark.parametrize(("sentence", "risk"), CASES)
def test_every_promise_is_known_by_name(sentence: str, risk: str) -> None:
    """Each kind of promise has a sentence."""
    assert risk in title_danger(sentence)["promise"].names


def test_every_risk_has_a_case() -> None:
    """No pattern goes untried."""
    assert {form.risk for form in FORMS if form.tone == "promise"} == {name for _, name in CASES}


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not cure arthritis.",
        "Nobody can promise that it reverses diabetes.",
        "Does it cure arthritis?",
        "Myth 4: it cures arthritis overnight.",
        "Do not throw away your tablets.",
        "Ask your doctor before you stop your tablets.",
    ],
)
def test_what_is_denied_doubted_or_asked_is_no_promise(sentence: str) -> None:
    """The words before a promise take it back."""
    assert title_danger(sentence)["promise"].severity == 0


def test_children_make_it_worse() -> None:
    """The same promise for babies is more dangerous, and stopping a treatment is worse than haste."""
    plain, babies = (title_danger(f"It has no side effects{end}.")["promise"].severity for end in ("", " in babies"))
    assert plain < babies <= 1
    stops = title_danger("You can throw away your tablets.")["promise"].severity
    assert stops > title_danger("You lose ten pounds within a week.")["promise"].severity
