"""A note on an item, without a decision."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import Event
from pipeline.desk.services.log import append, changing, note_of


def note(item_id: int, text: str, who: User, now: datetime) -> Event:
    """Put a note on an item. Anybody who may decide may note, also on what somebody else is at."""
    roles.demand(who, roles.DECIDE)
    text = note_of(text)
    if not text:
        raise Invalid("the note is empty")
    with changing(item_id) as item:
        return append(item, Event.Kind.NOTE, who, now, note=text)
