"""What is done to the desk itself stands in the same log as what is done to items."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from pipeline.desk.models import Event


def administered(who: User | None, now: datetime, did: str, **data: object) -> Event:
    """Write down that `who` (None: the command line) did something, in the transaction in which it is done."""
    return Event.objects.create(kind=Event.Kind.ADMIN, actor=who, at=now, data={"did": did, **data})
