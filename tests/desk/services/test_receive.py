"""Assessments onto the desk: new, changed, reopened, or nothing new."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from pipeline.desk.models import Event, Finding, Item, Version
from pipeline.desk.services import search
from pipeline.desk.services.decide import decide
from pipeline.desk.services.receive import Outcome, content_hash, key_of
from pipeline.records import RawPage
from tests.desk.assessments import TEXT, assessment, put
from tests.desk.conftest import Desk


def test_the_assessment_is_kept_as_it_was(desk: Desk) -> None:
    """Every field comes back; the queue's columns, the rules and the log follow from it."""
    item = put().item
    version = Version.objects.get(item=item)
    assert version.assessment == assessment()
    assert (item.title, item.verdict, item.rank, item.found) == ("About sleep and rest", "hold", 2.9, 2)
    assert set(Finding.objects.values_list("version", "rule", "count")) == {
        (version.pk, "SP101", 1),
        (version.pk, "CL101", 1),
    }
    assert [event.kind for event in item.events.all()] == ["arrived"]


@pytest.mark.parametrize(
    ("changes", "outcome", "why"),
    [
        ({}, Outcome.UNCHANGED, ()),
        ({"notes": ("mojibake was repaired",)}, Outcome.UNTOUCHED, ()),
        ({"text": TEXT + " More."}, Outcome.REOPENED, ("its text changed",)),
        ({"title": "Sleep"}, Outcome.REOPENED, ("its text changed",)),
        (
            {"reasons": ("Links are hidden.",)},
            Outcome.REOPENED,
            (
                "new reason: Links are hidden.",
                "no longer a reason: Words that no writer would choose: “compound abuse”.",
            ),
        ),
        (
            {"verdict": "review", "risk": 0.5},
            Outcome.REOPENED,
            ("its verdict was hold and is review",),
        ),
        ({"risk": 0.95}, Outcome.UNTOUCHED, ()),
    ],
)
def test_what_was_decided_is_reopened_for_text_or_reasons_only(
    desk: Desk, changes: dict[str, object], outcome: Outcome, why: tuple[str, ...]
) -> None:
    """And the item says why; the old version stays in the log and on its own page."""
    maria, item = desk.person("maria"), put().item
    decide(item.pk, 1, "approve", maria, desk.now)
    received = put(**changes)
    assert (received.outcome, received.why) == (outcome, why)
    item.refresh_from_db()
    assert item.state == ("open" if outcome is Outcome.REOPENED else "approved")
    assert Version.objects.count() == (1 if outcome is Outcome.UNCHANGED else 2)
    if outcome is Outcome.REOPENED:
        assert item.events.get(kind=Event.Kind.REOPENED).data == {"why": list(why)}
        assert item.decided_by is None


def test_a_page_that_could_not_be_assessed_has_its_place(desk: Desk) -> None:
    """Below all to be reviewed, above all that pass; without a title it is known by how it begins."""
    put("a", verdict=None, risk=0.0, text="", evidence=(), claims=(), blocks=(), reasons=(), title=None)
    put("b", verdict="review", risk=0.4)
    put("c", verdict="pass", risk=0.3, title=None)
    ranked = list(Item.objects.order_by("-rank").values_list("source", "verdict", "title"))
    assert ranked == [
        ("b", "review", "About sleep and rest"),
        ("a", "error", ""),
        (
            "c",
            "pass",
            "“About sleep A history of compound abuse rules it out. It cures everything in 3 days,…”",
        ),
    ]


def test_identity() -> None:
    """A file is its absolute path, an address itself; the hash covers the bytes and what the source says of them."""
    assert key_of("samples/./pages/x.txt#3") == key_of("samples/pages/x.txt#3") != key_of("samples/pages/x.txt")
    assert key_of("https://a.example/x/../y") != key_of("https://a.example/y")
    page = RawPage(source="a", data=b"text")
    assert content_hash(page) == content_hash(RawPage(source="b", data=b"text"))
    assert len({content_hash(p) for p in (page, RawPage(source="a", data=b"text", title="t"))}) == 2


def test_a_source_that_arrives_twice_at_once_is_one_item(desk: Desk) -> None:
    """Two intakes at the same moment: one item, and no error."""
    found: list[Outcome] = []

    def arrive() -> None:
        try:
            found.append(put().outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=arrive) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [Outcome.NEW, *[Outcome.UNCHANGED] * 3]
    assert Item.objects.count() == 1


def test_hostile_strings_are_kept_or_made_storable(desk: Desk) -> None:
    """Lone surrogates, NUL and megabytes of words neither raise nor break the search."""
    put("bad\udcff.txt", title="a\x00b \ud800", text="x\x00y " * 200_000, blocks=(), evidence=(), claims=())
    item = Item.objects.get()
    assert item.title == "ab \ufffd"
    assert list(search.matching(Item.objects.all(), "x")) in ([item], [])
