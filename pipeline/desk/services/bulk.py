"""Decide many items at once: first a preview, then exactly what it showed.

A preview is a signed list of items and version numbers. What changed since, what somebody else is at or has decided,
is left alone and counted. All that a bulk decision does is one transaction, and can be undone as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction

from pipeline.desk import roles
from pipeline.desk.errors import Conflict, Invalid
from pipeline.desk.models import Event, Item, Lease, State
from pipeline.desk.models.event import DECISIONS
from pipeline.desk.services.decide import decide_locked, kind_of
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.log import append, changing
from pipeline.desk.services.paging import ordered
from pipeline.desk.services.undo import standing

MOST = 1_000
SHOWN = 20
SALT = "desk.bulk"
LIFE_SECONDS = 3600


@dataclass(frozen=True)
class Preview:
    """What a bulk decision would do. `ticket` is what `decide_many` takes."""

    ticket: str
    number: int
    beyond: int
    """Items of the filter past `MOST`, which are left for the next time."""
    leased: int
    """Items that somebody else is at: left alone."""
    verdicts: dict[str, int]
    first: list[Item]


def preview(filters: Filters, who: User, now: datetime) -> Preview:
    """The open items of a filter, most urgent first, up to `MOST`."""
    roles.demand(who, roles.BULK)
    items = filters.apply(Item.objects.filter(state=State.OPEN), who)
    elsewhere = Lease.objects.filter(until__gt=now).exclude(holder=who).values("item")
    free = ordered(items.exclude(pk__in=elsewhere), filters.sort)
    chosen = list(free.values_list("pk", "version__number", "verdict")[:MOST])
    return Preview(
        ticket=signing.dumps([(pk, number) for pk, number, _ in chosen], salt=SALT, compress=True),
        number=len(chosen),
        beyond=free.count() - len(chosen),
        leased=items.filter(pk__in=elsewhere).count(),
        verdicts=dict(Counter(verdict for _, _, verdict in chosen)),
        first=list(Item.objects.filter(pk__in=[pk for pk, _, _ in chosen[:SHOWN]]).order_by("-rank", "-id")),
    )


@dataclass(frozen=True)
class Done:
    """What a bulk decision did: its name in the log, how many it decided, and why others were left alone."""

    name: str
    decided: int
    left: dict[str, int]


def decide_many(
    ticket: str, action: str, who: User, now: datetime, *, reasons: Sequence[str] = (), note: str = ""
) -> Done:
    """Decide what a preview showed. Raises Invalid for a ticket that is not ours or older than an hour."""
    roles.demand(who, roles.BULK)
    kind_of(action)
    try:
        chosen = signing.loads(ticket, salt=SALT, max_age=LIFE_SECONDS)
    except signing.BadSignature:
        raise Invalid("this preview is too old or damaged; make a new one") from None
    name, decided, left = uuid4().hex[:12], 0, Counter[str]()
    with transaction.atomic():
        for item_id, version in sorted(chosen):  # by id, so that two bulk decisions cannot wait for each other
            try:
                with changing(item_id) as item:
                    decide_locked(item, version, action, who, now, reasons=reasons, note=note, data={"bulk": name})
                decided += 1
            except Conflict as conflict:
                left[type(conflict).__name__.lower()] += 1
    return Done(name, decided, dict(left))


def undo_many(name: str, who: User, now: datetime) -> int:
    """Undo the decisions of a bulk decision that still stand; gives their number."""
    roles.demand(who, roles.BULK)
    kinds = [kind for kind in DECISIONS if kind != Event.Kind.SKIP]
    made = Event.objects.filter(kind__in=kinds, data__bulk=name)
    if who.pk not in set(made.values_list("actor", flat=True)):
        roles.demand(who, roles.UNDO_ANY)
    undone = 0
    with transaction.atomic():
        for event in made.order_by("item"):
            assert event.item_id is not None
            with changing(event.item_id) as item:
                stands = standing(item)
                if item.state == State.OPEN or stands is None or stands.pk != event.pk:
                    continue
                columns = {"state": State.OPEN, "decided_at": None, "decided_by": None}
                append(item, Event.Kind.UNDO, who, now, columns=columns, data={"undoes": event.pk, "bulk": name})
                undone += 1
    return undone
