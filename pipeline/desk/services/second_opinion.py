"""A share of the decided items goes to a second editor, who does not see what the first one said.

Which ones is settled by the hash of the page: nobody picks them, and nobody can tell beforehand. A second opinion
changes nothing about the item; where the two differ, the dashboard lists it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, Stale
from pipeline.desk.models import Event, Item, SecondOpinion, State
from pipeline.desk.models.event import DECISIONS
from pipeline.desk.services.decide import kind_of
from pipeline.desk.services.log import append, changing
from pipeline.desk.services.reasons import REASONS
from pipeline.desk.services.undo import standing

SHARE = "DESK_SECOND_OPINION"
"""Its name among the settings (`config`)."""


def share() -> float:
    """How many of the decided items are asked about, 0 to 1."""
    return float(getattr(settings, SHARE))


def waiting(who: User) -> QuerySet[Item]:
    """What `who` can give a second opinion on, the latest decision first."""
    given = SecondOpinion.objects.filter(version=OuterRef("version"))
    decided = Item.objects.exclude(state=State.OPEN).exclude(decided_by=who).exclude(Exists(given))
    if share() < 1:
        decided = decided.filter(content_hash__lt=_bound())
    return decided.order_by("-decided_at", "-pk")


def give(item_id: int, version: int, action: str, who: User, now: datetime, *, reasons: Sequence[str] = ()) -> Event:
    """Say what `who` would have decided.

    Raises Stale where the decision or the version is no longer the one that was asked about, Invalid for an item that
    is not asked about, or one's own decision.
    """
    roles.demand(who, roles.DECIDE)
    kind = kind_of(action)
    if kind == Event.Kind.SKIP or any(reason not in REASONS for reason in reasons):
        raise Invalid("a second opinion is approve, reject or ask for changes, with reasons of the list")
    with changing(item_id) as item:
        first = standing(item)
        if item.state == State.OPEN or first is None or item.version is None or item.version.number != version:
            raise Stale("this item is open again, or has a newer version")
        if first.actor_id == who.pk:
            raise Invalid("this is your own decision")
        if not is_asked_about(item):
            raise Invalid("no second opinion is asked for on this item")
        if SecondOpinion.objects.filter(first=first).exists():
            raise Stale("somebody has given a second opinion already")
        SecondOpinion.objects.create(
            first=first, version=item.version, action=kind, reasons=list(reasons), by=who, at=now
        )
        agrees = DECISIONS[kind] == item.state
        return append(item, Event.Kind.OPINION, who, now, data={"on": first.pk, "action": kind, "agrees": agrees})


def is_asked_about(item: Item) -> bool:
    """Whether the item is in the share."""
    return share() >= 1 or item.content_hash < _bound()


def _bound() -> str:
    """The hashes below this are the share: they are spread evenly."""
    return f"{int(share() * 16**12):012x}"
