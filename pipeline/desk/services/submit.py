"""A page handed in by a program: assessed, and put on the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote, urlsplit

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.models import Item
from pipeline.desk.services.assess import assessor
from pipeline.desk.services.receive import Outcome, Received, content_hash, is_known, key_of, receive
from pipeline.desk.services.source_text import source_lines
from pipeline.records import PageKind, RawPage


def submit(
    source: str, content: str, kind: PageKind, title: str | None, who: User, clock: Callable[[], datetime]
) -> Received:
    """Put a page on the desk; what is there unchanged is not assessed again.

    Raises NotAllowed, Busy, and DeskError where the engine cannot be set up.
    """
    roles.demand(who, roles.SUBMIT)
    name = name_of(source, who)
    page = RawPage(
        source=name,
        data=content.encode("utf-8", "replace"),
        kind=kind,
        url=source if name == source else None,
        title=title,
        encoding="utf-8",
    )
    hashed = content_hash(page)
    if is_known(name, hashed):
        return Received(Item.objects.select_related("version").get(key=key_of(name)), Outcome.UNCHANGED)
    at_work = assessor()
    assessment = at_work.assess(page)
    lines = source_lines(page, assessment, at_work.settings)
    return receive(assessment, hashed, clock(), lines=lines, who=who)


def name_of(source: str, who: User) -> str:
    """The source as the desk names it: an address as it is; any other name under the sender's, so that nobody writes
    over the files of ``unspun intake`` or the submissions of somebody else."""
    try:
        parts = urlsplit(source)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and parts.netloc:
        return source
    return f"submitted://{quote(who.get_username(), safe='@.+-_')}/{quote(source, safe='/ ')}"
