"""Give an item to somebody."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import Event
from pipeline.desk.services.log import append, changing


def assign(item_id: int, name: str, who: User, now: datetime) -> Event | None:
    """Give an item to somebody by user name, or to nobody (empty). None where that is so already.

    Editors may give items to themselves and back; to others only who may assign.
    """
    roles.demand(who, roles.DECIDE)
    name = name.replace("\0", "")
    if name not in ("", who.username):
        roles.demand(who, roles.ASSIGN)
    to = User.objects.filter(username=name, is_active=True).first() if name else None
    if name and (to is None or not roles.may(to, roles.DECIDE)):
        raise Invalid(f"there is nobody called {name!r} who decides items")
    with changing(item_id) as item:
        if item.assignee_id not in (None, who.pk):
            roles.demand(who, roles.ASSIGN)
        if item.assignee == to:
            return None
        return append(item, Event.Kind.ASSIGN, who, now, columns={"assignee": to}, data={"to": name})


def people() -> list[str]:
    """The names of all who decide items."""
    names = User.objects.filter(is_active=True, groups__name__in=[r for r in roles.ROLES if r != roles.READER])
    return list(names.order_by("username").values_list("username", flat=True).distinct())
