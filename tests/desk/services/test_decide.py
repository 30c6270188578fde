"""Decisions, one at a time."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from pipeline.desk.errors import Invalid, Leased, NotAllowed, Stale
from pipeline.desk.models import Event, Item
from pipeline.desk.services.decide import decide
from pipeline.desk.services.lease import LIFE, keep, take, take_over
from pipeline.desk.services.receive import Outcome
from pipeline.desk.services.undo import last_of, undo
from tests.desk.assessments import put
from tests.desk.conftest import Desk


def state(item_id: int) -> str:
    """Where an item stands."""
    return Item.objects.get(pk=item_id).state


def test_a_version_is_decided_once(desk: Desk) -> None:
    """Whoever comes second is told who was first, and changes nothing."""
    maria, jo = desk.person("maria"), desk.person("jo")
    item = put().item
    decide(item.pk, 1, "reject", maria, desk.now, reasons=["spun"], note=" as before ")
    with pytest.raises(Stale, match="maria has decided"):
        decide(item.pk, 1, "approve", jo, desk.now)
    (event,) = Event.objects.filter(kind=Event.Kind.REJECT)
    assert (event.actor, event.reasons, event.note) == (maria, ["spun"], "as before")
    assert (event.before, event.after, event.version.number) == ("open", "rejected", 1)  # type: ignore[union-attr]
    assert state(item.pk) == "rejected"


def test_a_decision_is_about_the_version_that_was_seen(desk: Desk) -> None:
    """A new version came while the page was open: the decision is refused."""
    item = put().item
    assert put(title="About sleep, revised").outcome == Outcome.CHANGED
    with pytest.raises(Stale, match="newer version"):
        decide(item.pk, 1, "approve", desk.person("maria"), desk.now)
    assert state(item.pk) == "open"


def test_what_cannot_be_decided(desk: Desk) -> None:
    """Unknown actions, reasons and items, too long a note, and a reader's hands."""
    item, maria = put().item, desk.person("maria")
    for wrong in ({"action": "delete"}, {"reasons": ["because"]}, {"note": "x" * 4001}):
        with pytest.raises(Invalid):
            decide(item.pk, 1, wrong.pop("action", "approve"), maria, desk.now, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="no item"):
        decide(item.pk + 1, 1, "approve", maria, desk.now)
    with pytest.raises(NotAllowed):
        decide(item.pk, 1, "approve", desk.person("rita", "reader"), desk.now)
    assert Event.objects.count() == 1


def test_undo_is_an_event(desk: Desk) -> None:
    """The item is open again, the log has both; somebody else's decision needs the role for it."""
    maria, jo, chief = desk.person("maria"), desk.person("jo"), desk.person("cleo", "chief editor")
    item = put().item
    first = decide(item.pk, 1, "approve", maria, desk.now)
    with pytest.raises(NotAllowed):
        undo(item.pk, jo, desk.now)
    assert last_of(maria) == first
    assert undo(item.pk, maria, desk.now).data == {"undoes": first.pk}
    assert (state(item.pk), last_of(maria)) == ("open", None)
    with pytest.raises(Stale):
        undo(item.pk, maria, desk.now)
    decide(item.pk, 1, "reject", jo, desk.now)
    undo(item.pk, chief, desk.now)
    assert [e.kind for e in item.events.order_by("number")] == ["arrived", "approve", "undo", "reject", "undo"]


def test_the_log_is_append_only(desk: Desk) -> None:
    """The database itself refuses to change or delete a line of it."""
    put()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(note="never happened")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()


def test_a_lease_keeps_others_out_until_it_lapses(desk: Desk) -> None:
    """Ten minutes without a heartbeat, and the item is free; with one, it stays."""
    maria, jo = desk.person("maria"), desk.person("jo")
    item = put().item
    take(item.pk, maria, desk.now)
    desk.later(minutes=9)
    with pytest.raises(Leased, match="maria"):
        take(item.pk, jo, desk.now)
    keep(item.pk, maria, desk.now)
    desk.later(minutes=9)
    with pytest.raises(Leased, match="maria"):
        decide(item.pk, 1, "approve", jo, desk.now)
    assert take(item.pk, jo, desk.later(minutes=1)).until == desk.now + LIFE
    with pytest.raises(Leased, match="jo"):
        keep(item.pk, maria, desk.now)
    decide(item.pk, 1, "approve", jo, desk.now)
    assert state(item.pk) == "approved"


def test_taking_over_is_logged(desk: Desk) -> None:
    """The log says from whom; who lost it can no longer decide."""
    maria, jo = desk.person("maria"), desk.person("jo")
    item = put().item
    take(item.pk, maria, desk.now)
    take_over(item.pk, jo, desk.later(minutes=1))
    assert Event.objects.get(kind=Event.Kind.TAKE_OVER).data == {"from": "maria"}
    with pytest.raises(Leased, match="jo"):
        decide(item.pk, 1, "reject", maria, desk.now)
