"""Filters, pages and search of the queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from pipeline.desk.models import Item
from pipeline.desk.services.assign import assign
from pipeline.desk.services.counts import by_verdict
from pipeline.desk.services.decide import decide
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.paging import Place, beyond, neighbour, ordered
from pipeline.desk.services.rules import known_rules
from pipeline.records import Scores
from tests.desk.assessments import put
from tests.desk.conftest import START, Desk


def filtered(desk: Desk, query: str) -> list[str]:
    """The sources that a filter lets through, in its order."""
    who = desk.people[0]
    filters = Filters.parse(QueryDict(query).dict())
    return list(ordered(filters.apply(Item.objects.all(), who), filters.sort).values_list("source", flat=True))


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """Four items that differ in everything one can filter by."""
    maria = desk.person("maria", "chief editor")
    desk.person("jo")
    put("https://a.example/1", risk=0.9)
    put("https://b.example/2", verdict="review", risk=0.5, scores=Scores(links=0.8), evidence=(), title="Foot care")
    put(
        "https://a.example/3", verdict="pass", risk=0.1, text="Sleeping well, says Dr. O'Neill.", evidence=(), claims=()
    )
    done = put("https://c.example/4", risk=0.7).item
    decide(done.pk, 1, "reject", maria, desk.now)
    assign(Item.objects.get(source="https://b.example/2").pk, "jo", maria, desk.now)
    Item.objects.filter(source="https://b.example/2").update(arrived_at=START - timedelta(days=3))
    return desk


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "1 2 3"),
        ("state=all", "1 4 2 3"),
        ("state=rejected", "4"),
        ("state=decided", "4"),
        ("verdict=review", "2"),
        ("rule=sp101&state=all", "1 4"),
        ("rule=tortured-phrase", "1"),
        ("rule=LK101", ""),
        ("least=0.5", "1 2"),
        ("most=0.5", "2 3"),
        ("score=links&least=0.8", "2"),
        ("score=spin&least=0.1&most=0.95", "1 3"),
        ("source=A.EXAMPLE", "1 3"),
        ("since=2026-03-01", "1 3"),
        ("until=2026-03-01", "2"),
        ("assignee=jo", "2"),
        ("assignee=me", ""),
        ("assignee=none", "1 3"),
        ("ids=1,3,99", "1 3"),
        ("ids=1,x", "1 2 3"),
        ("q=foot", "2"),
        ("q=%22compound+abuse%22", "1 2"),
        ("q=%22abuse+compound%22", ""),
        ("q=O%27Neill", "3"),
        ("q=sleeps", "1 2 3"),
        ("q=a.example", "1 3"),
        ("q=foot+OR+sleep", ""),
        ("q=title%3Afoot", ""),
        ("q=%22%27%29%28*%5E-%3A%22%22", "1 2 3"),
        ("sort=newest", "3 2 1"),
        ("sort=oldest", "1 2 3"),
        ("verdict=nonsense&least=many&since=yesterday&state=%00", "1 2 3"),
    ],
)
def test_what_a_filter_lets_through(stocked: Desk, query: str, found: str) -> None:
    """Each alone and in company; words are words, no operator of a database; what makes no sense filters nothing."""
    assert " ".join(source[-1] for source in filtered(stocked, query)) == found


def test_a_filter_is_an_address(stocked: Desk) -> None:
    """Written and read again it is the same; what filters nothing is not in it."""
    filters = Filters.parse({"q": "  two   words ", "score": "spin", "least": "0.5", "state": "", "junk": "1"})
    assert filters.query == "q=two+words&score=spin&least=0.5"
    assert Filters.parse(QueryDict(filters.query).dict()) == filters


def test_pages_by_key_give_every_item_once(desk: Desk) -> None:
    """In every order, with many equals, also when the items between come and go."""
    who = desk.person("maria")
    for number in range(25):
        put(f"p/{number}", risk=round(0.6 + number % 3 / 10, 1))
    for sort in ("", "newest", "oldest"):
        everything = list(ordered(Item.objects.all(), sort))
        seen: list[Item] = []
        place = None
        while page := list(
            (beyond(Item.objects.all(), sort, place) if place else ordered(Item.objects.all(), sort))[:4]
        ):
            seen += page
            place = Place.parse(str(Place.of(page[-1], sort)), sort)
            assert place == Place.of(page[-1], sort)
        assert seen == everything
        middle = everything[12]
        assert neighbour(middle, Filters(sort=sort), who) == everything[13]
        assert neighbour(middle, Filters(sort=sort), who, backwards=True) == everything[11]
        assert neighbour(everything[-1], Filters(sort=sort), who) is None


@pytest.mark.parametrize("text", ["", "x", "1.5", "nan_x", "1_-1", "1_99999999999999999999", "2026-01-01_", "_5"])
def test_a_place_that_is_none(text: str) -> None:
    """Addresses come from strangers."""
    assert Place.parse(text, "") is None
    assert Place.parse(text, "newest") is None


def test_counts_and_known_rules(stocked: Desk) -> None:
    """By verdict, and the rules that ever spoke, by code."""
    assert by_verdict(Item.objects.all()) == {"all": 4, "hold": 2, "review": 1, "pass": 1, "error": 0}
    assert known_rules() == [("CL101", "unsupported-efficacy"), ("SP101", "tortured-phrase")]
