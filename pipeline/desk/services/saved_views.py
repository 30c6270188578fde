"""Filters of the queue under a name, one's own or shared."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, NotAllowed
from pipeline.desk.models import SavedView
from pipeline.desk.services.filters import Filters

LONGEST_NAME = 60
MOST = 50
"""Views that one person can keep."""


def save(who: User, name: str, filters: Filters, *, shared: bool = False) -> SavedView:
    """Save a filter; one's own view of the same name is replaced. Raises Invalid for a name that cannot be used."""
    roles.demand(who, roles.READ)
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"a view needs a name of at most {LONGEST_NAME} characters")
    if shared:
        roles.demand(who, roles.DECIDE)
    if who.views.exclude(name=name).count() >= MOST:
        raise Invalid(f"{MOST} views are enough; delete one first")
    view, _made = SavedView.objects.update_or_create(
        owner=who, name=name, defaults={"query": filters.query[:1000], "shared": shared}
    )
    return view


def delete(view_id: int, who: User) -> None:
    """Delete one's own view."""
    view = SavedView.objects.filter(pk=view_id).first()
    if view is None:
        raise Invalid("there is no such view")
    if view.owner_id != who.pk:
        raise NotAllowed("this view belongs to somebody else")
    view.delete()


def seen_by(who: User) -> QuerySet[SavedView]:
    """One's own views and the shared ones."""
    return SavedView.objects.filter(Q(owner=who) | Q(shared=True)).select_related("owner")
