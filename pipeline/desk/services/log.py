"""The one way to change an item: its row locked, its columns and its event written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from pipeline.desk.errors import Invalid, Stale
from pipeline.desk.models import Event, Item, Version
from pipeline.desk.services import outbox

LONGEST_NOTE = 4_000


@contextmanager
def changing(item_id: int) -> Iterator[Item]:
    """The item, in a transaction and locked until its end. Raises Invalid where there is none."""
    with transaction.atomic():
        # SQLite knows no row locks and needs none: its transactions here begin IMMEDIATE, one writer at a time
        item = Item.objects.select_for_update(of=("self",)).select_related("version").filter(pk=item_id).first()
        if item is None:
            raise Invalid(f"there is no item {item_id}")
        yield item


def append(
    item: Item,
    kind: Event.Kind,
    actor: User | None,
    now: datetime,
    *,
    columns: dict[str, Any] | None = None,
    **said: Any,
) -> Event:
    """Change `columns` of the item and write the event of its next revision, or raise Stale and change nothing.

    Call it inside `changing`. The condition on the revision holds also where somebody forgot to.
    """
    columns = columns or {}
    before, number = item.state, item.revision + 1
    if not Item.objects.filter(pk=item.pk, revision=item.revision).update(revision=number, **columns):
        raise Stale("somebody changed this item at the same moment; look at it again")
    for name, value in {"revision": number, **columns}.items():
        setattr(item, name, value)
    version: Version | None = item.version
    event = Event.objects.create(
        item=item,
        version=version,
        number=number,
        kind=kind,
        actor=actor,
        at=now,
        before=before,
        after=item.state,
        **said,
    )
    outbox.post(event)
    return event


def note_of(text: str) -> str:
    """`text` as a note: trimmed, not too long. Raises Invalid for one that is."""
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise Invalid(f"the note has {len(text):,} characters; {LONGEST_NOTE:,} are allowed")
    return text.replace("\0", "")
