"""Bulk decisions."""

from __future__ import annotations

import pytest

from pipeline.desk.errors import Invalid, NotAllowed
from pipeline.desk.models import Event, Item
from pipeline.desk.services.bulk import LIFE_SECONDS, decide_many, preview, undo_many
from pipeline.desk.services.decide import decide
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.lease import take
from tests.desk.assessments import put
from tests.desk.conftest import Desk


def test_exactly_what_the_preview_showed_is_decided(desk: Desk) -> None:
    """What changed since, was decided, is open elsewhere or came later is left alone and counted; undo undoes it."""
    cleo, jo = desk.person("cleo", "chief editor"), desk.person("jo")
    items = [put(f"p/{number}").item for number in range(6)]
    take(items[0].pk, jo, desk.now)
    shown = preview(Filters(), cleo, desk.now)
    assert (shown.number, shown.leased, shown.beyond, shown.verdicts) == (5, 1, 0, {"hold": 5})
    put("p/1", title="Changed since")
    decide(items[2].pk, 1, "approve", jo, desk.now)
    take(items[3].pk, jo, desk.now)
    put("p/late")
    done = decide_many(shown.ticket, "reject", cleo, desk.now, reasons=["copied"], note="one campaign")
    assert (done.decided, done.left) == (2, {"stale": 2, "leased": 1})
    assert set(Item.objects.filter(state="rejected")) == {items[4], items[5]}
    assert (
        Event.objects.filter(kind="reject", data__bulk=done.name, note="one campaign", reasons=["copied"]).count() == 2
    )
    assert decide_many(shown.ticket, "reject", cleo, desk.now).decided == 0
    decide_again = undo_many(done.name, cleo, desk.now)
    assert decide_again == 2
    assert not Item.objects.filter(state="rejected").exists()
    assert undo_many(done.name, cleo, desk.now) == 0


def test_who_and_with_what(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only with the role, only with a ticket of ours that is not too old."""
    cleo, jo = desk.person("cleo", "chief editor"), desk.person("jo")
    put()
    ticket = preview(Filters(), cleo, desk.now).ticket
    for call in (lambda: preview(Filters(), jo, desk.now), lambda: decide_many(ticket, "reject", jo, desk.now)):
        with pytest.raises(NotAllowed):
            call()
    with pytest.raises(Invalid, match="unknown action"):
        decide_many(ticket, "delete", cleo, desk.now)
    for wrong in ("", ticket[:-1] + ("a" if ticket[-1] != "a" else "b")):
        with pytest.raises(Invalid, match="too old or damaged"):
            decide_many(wrong, "reject", cleo, desk.now)
    import django.core.signing as signing

    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + LIFE_SECONDS + 2)
    with pytest.raises(Invalid, match="too old"):
        decide_many(ticket, "reject", cleo, desk.now)
    assert Item.objects.filter(state="open").count() == 1
