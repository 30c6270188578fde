"""What opening tags say: hidden by themselves or by the page's style, and read once."""

from __future__ import annotations

import pytest

from pipeline.clean.openings import Openings, named
from pipeline.clean.visibility import Sheets

SHEETS = Sheets.of([".gone, #off { display: none }"], {})


@pytest.mark.parametrize(
    ("raw", "hides"),
    [
        ("div", False),
        ('div hidden=""', True),
        ('div aria-hidden="true"', True),
        ('div aria-hidden="false"', False),
        ('div style="display:none"', True),
        ('div class="box gone"', True),
        ('div class="goner"', False),
        ('div id="off"', True),
    ],
)
def test_what_hides_an_element(raw: str, hides: bool) -> None:
    """Its own attributes, as the parser writes them out, or a rule of the page for its class or id."""
    assert Openings(SHEETS).read(raw)[2] is hides


def test_a_tag_is_read_once_and_keeps_only_what_is_asked_for() -> None:
    """Attributes of links and images; those of others are let go."""
    openings = Openings(SHEETS)
    link = openings.read('a href="/x"')
    assert link[1]["href"] == "/x"
    assert openings.known['a href="/x"'] is link
    assert not openings.read('p title="x"')[1]


def test_named_looks_at_the_id_and_the_classes() -> None:
    """Of any number of classes at the first twenty."""
    assert named({"id": "off"}, frozenset(["#off"]))
    assert named({"class": "a b"}, frozenset([".b"]))
    many = " ".join(f"c{number}" for number in range(30))
    assert not named({"class": many}, frozenset([".c25"]))
