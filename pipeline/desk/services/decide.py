"""Decide an item: approve, reject, ask for changes, or skip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, Stale
from pipeline.desk.models import Event, Item, Lease, State
from pipeline.desk.models.event import DECISIONS
from pipeline.desk.services import lease
from pipeline.desk.services.log import append, changing, note_of
from pipeline.desk.services.reasons import REASONS


def decide(
    item_id: int,
    version: int,
    action: str,
    who: User,
    now: datetime,
    *,
    reasons: Sequence[str] = (),
    note: str = "",
) -> Event:
    """Decide version number `version` of an item, and let the item go.

    Raises Stale where that version is not the current one or is decided already, Leased where somebody else is at the
    item, Invalid for an unknown action or reason.
    """
    roles.demand(who, roles.DECIDE)
    with changing(item_id) as item:
        return decide_locked(item, version, action, who, now, reasons=reasons, note=note)


def decide_locked(
    item: Item,
    version: int,
    action: str,
    who: User,
    now: datetime,
    *,
    reasons: Sequence[str] = (),
    note: str = "",
    data: dict[str, str] | None = None,
) -> Event:
    """The same for an item that the caller holds in `changing`; `data` goes into the log."""
    kind = kind_of(action)
    unknown = [reason for reason in reasons if reason not in REASONS]
    if unknown:
        raise Invalid(f"unknown reason {unknown[0]!r}; known: {', '.join(REASONS)}")
    note = note_of(note)
    lease.check(item, who, now)
    if item.state != State.OPEN:
        raise Stale(f"{item.decided_by or 'somebody'} has decided this item: {State(item.state).label.lower()}")
    if item.version is None or item.version.number != version:
        raise Stale("this item has a newer version; look at it again")
    state = DECISIONS[kind]
    decided = {} if state == State.OPEN else {"state": state, "decided_at": now, "decided_by": who}
    event = append(item, kind, who, now, columns=decided, reasons=list(reasons), note=note, data=data or {})
    Lease.objects.filter(item=item).delete()
    return event


def kind_of(action: str) -> Event.Kind:
    """The event of an action. Raises Invalid for an unknown one."""
    for kind in DECISIONS:
        if kind.value == action:
            return kind
    raise Invalid(f"unknown action {action!r}; known: {', '.join(kind.value for kind in DECISIONS)}")
