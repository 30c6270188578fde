"""Pages of the queue by key: as fast at the end as at the start, and nothing twice while items come and go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from pipeline.desk.models import Item
from pipeline.desk.services.filters import Filters

COLUMN = {"": ("rank", True), "newest": ("changed_at", True), "oldest": ("changed_at", False)}
"""What each order sorts by, and whether the greatest comes first; equals by id, the same way round."""


@dataclass(frozen=True)
class Place:
    """A place in an order: what the column says there, and the id."""

    value: float | datetime
    id: int

    @classmethod
    def of(cls, item: Item, sort: str) -> Place:
        """The place of an item."""
        return cls(getattr(item, COLUMN[sort][0]), item.pk)

    @classmethod
    def parse(cls, text: str, sort: str) -> Place | None:
        """The place written in an address, or None."""
        value, _, number = text.rpartition("_")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        try:
            return cls(float(value) if COLUMN[sort][0] == "rank" else datetime.fromisoformat(value), int(number))
        except ValueError:
            return None

    def __str__(self) -> str:
        """As written in an address."""
        value = self.value.isoformat() if isinstance(self.value, datetime) else repr(self.value)
        return f"{value}_{self.id}"


def ordered(items: QuerySet[Item], sort: str, *, backwards: bool = False) -> QuerySet[Item]:
    """`items` in one of the orders of `COLUMN`."""
    column, greatest_first = COLUMN[sort]
    sign = "-" if greatest_first != backwards else ""
    return items.order_by(f"{sign}{column}", f"{sign}id")


def beyond(items: QuerySet[Item], sort: str, place: Place, *, backwards: bool = False) -> QuerySet[Item]:
    """Those of `items` behind a place, or before it, nearest first."""
    column, greatest_first = COLUMN[sort]
    way = "lt" if greatest_first != backwards else "gt"
    # The first condition alone is a range of the index; the second settles equals.
    behind = Q(**{f"{column}__{way}e": place.value}) & (
        Q(**{f"{column}__{way}": place.value}) | Q(**{f"id__{way}": place.id})
    )
    return ordered(items.filter(behind), sort, backwards=backwards)


def rows(items: QuerySet[Item], most: int, *related: str) -> list[Item]:
    """The first of `items`, with what they are related to: found by the index alone, then fetched."""
    found = list(items.values_list("pk", flat=True)[:most])
    fetched = Item.objects.select_related(*related).in_bulk(found) if related else Item.objects.in_bulk(found)
    return [fetched[pk] for pk in found if pk in fetched]


def neighbour(item: Item, filters: Filters, who: User, *, backwards: bool = False) -> Item | None:
    """The item behind (or before) `item` in a filtered queue; the item itself need no longer be in it."""
    items = filters.apply(Item.objects.all(), who)
    found = rows(beyond(items, filters.sort, Place.of(item, filters.sort), backwards=backwards), 1)
    return found[0] if found else None
