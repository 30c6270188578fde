"""Who is at an item: taken when it is opened, kept up by a heartbeat, over after ten minutes without one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q

from pipeline.desk import roles
from pipeline.desk.errors import Leased
from pipeline.desk.models import Event, Item, Lease
from pipeline.desk.services.log import append, changing

LIFE = timedelta(minutes=10)


def take(item_id: int, who: User, now: datetime) -> Lease:
    """Take the item, or keep it up where `who` has it. Raises Leased where somebody else is at it."""
    roles.demand(who, roles.DECIDE)
    with changing(item_id) as item:
        lease = held(item, now)
        if lease and lease.holder_id != who.pk:
            raise Leased(str(lease.holder), lease.until)
        if lease is None:
            append(item, Event.Kind.LEASE, who, now)
        return _give(item, who, now)


def keep(item_id: int, who: User, now: datetime) -> Lease:
    """The heartbeat: longer, by one conditional update. Taken anew where it is over.

    Raises Leased where somebody else has it by now.
    """
    beat = Lease.objects.filter(item=item_id, holder=who, until__gt=now).update(until=now + LIFE)
    return Lease.objects.get(item=item_id) if beat else take(item_id, who, now)


def take_over(item_id: int, who: User, now: datetime) -> Lease:
    """Take the item from whoever has it; the log says from whom."""
    roles.demand(who, roles.TAKE_OVER)
    with changing(item_id) as item:
        lease = held(item, now)
        if lease is None or lease.holder_id == who.pk:
            append(item, Event.Kind.LEASE, who, now)
        else:
            append(item, Event.Kind.TAKE_OVER, who, now, data={"from": str(lease.holder)})
        return _give(item, who, now)


def release(item_id: int, who: User, until: datetime) -> None:
    """Let the item go, where `who` has it and has not taken it anew since: a page that is left says so late."""
    Lease.objects.filter(item=item_id, holder=who, until=until).delete()


def held(item: Item, now: datetime) -> Lease | None:
    """The lease on an item that is not over."""
    return Lease.objects.select_related("holder").filter(item=item, until__gt=now).first()


def check(item: Item, who: User, now: datetime) -> None:
    """Raise Leased where somebody else is at the item."""
    lease = held(item, now)
    if lease and lease.holder_id != who.pk:
        raise Leased(str(lease.holder), lease.until)


def _give(item: Item, who: User, now: datetime) -> Lease:
    """Write the lease. The item is locked, and who else had it has been asked about or taken over from."""
    columns = {"holder": who, "taken_at": now, "until": now + LIFE}
    lease, made = Lease.objects.get_or_create(item=item, defaults=columns)
    if not made:
        still = Q(holder=who, until__gt=now)
        Lease.objects.filter(still, item=item).update(until=now + LIFE)
        Lease.objects.exclude(still).filter(item=item).update(**columns)
        lease.refresh_from_db()
    return lease
