"""What the queue shows: a filter that is an address, so that it can be saved, shared and gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import QuerySet

from pipeline.desk.models import Finding, Item, State
from pipeline.desk.services import search
from pipeline.desk.services.rules import code_of
from pipeline.records import AXES

STATES = {
    "": "Open",
    "decided": "Decided",
    "approved": "Approved",
    "rejected": "Rejected",
    "changes": "Changes asked for",
    "all": "All",
}
VERDICTS = {"": "Any verdict", "hold": "Hold", "review": "Review", "pass": "Pass", "error": "Not assessed"}
SCORES: dict[str, str] = dict([("", "Risk"), *((axis, axis.capitalize()) for axis in AXES)])
SORTS = {"": "Most urgent", "newest": "Newest", "oldest": "Oldest"}
LONGEST = 200
"""Characters of one value in an address."""


@dataclass(frozen=True)
class Filters:
    """One filter. Each field is a parameter of the address, empty where it filters nothing; they are combined by *and*.

    `score` names what `least` and `most` bound (risk, or an axis); `since` and `until` are days on which an item
    arrived, both included; `assignee` is a user name, ``me`` or ``none``; `ids` are numbers of items, with commas.
    """

    q: str = ""
    state: str = ""
    verdict: str = ""
    rule: str = ""
    score: str = ""
    least: str = ""
    most: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    assignee: str = ""
    ids: str = ""
    sort: str = ""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> Filters:
        """The filter in an address. What cannot be understood filters nothing."""
        values = {
            field.name: " ".join(given.get(field.name, "").replace("\0", " ").split())[:LONGEST]
            for field in fields(cls)
        }
        for name, known in (("state", STATES), ("verdict", VERDICTS), ("score", SCORES), ("sort", SORTS)):
            if values[name] not in known:
                values[name] = ""
        for name in ("least", "most"):
            if number(values[name]) is None:
                values[name] = ""
        for name in ("since", "until"):
            if day(values[name]) is None:
                values[name] = ""
        if not (values["ids"] and all(part.isascii() and part.isdigit() for part in values["ids"].split(","))):
            values["ids"] = ""
        return cls(**values)

    @property
    def query(self) -> str:
        """The filter as the query string of an address, without what filters nothing."""
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    @property
    def in_use(self) -> int:
        """How many fields filter something; the order is not a filter."""
        return sum(bool(getattr(self, field.name)) for field in fields(self) if field.name != "sort")

    def apply(self, items: QuerySet[Item], who: User) -> QuerySet[Item]:
        """Those of `items` that the filter lets through, in no order."""
        if self.state == "decided":
            items = items.exclude(state=State.OPEN)
        elif self.state != "all":
            items = items.filter(state=self.state or State.OPEN)
        if self.verdict:
            items = items.filter(verdict=self.verdict)
        if self.rule:
            # a set made once: asking item by item takes seconds over 100,000 of them
            items = search.among(items, Finding.objects.filter(rule=code_of(self.rule)).values("version"))
        if self.ids:
            items = items.filter(pk__in=[int(part) for part in self.ids.split(",") if len(part) < 19])
        score = self.score or "risk"
        if (least := number(self.least)) is not None:
            items = items.filter(**{f"{score}__gte": least})
        if (most := number(self.most)) is not None:
            items = items.filter(**{f"{score}__lte": most})
        if self.source:
            items = items.filter(source__icontains=self.source)
        if first := day(self.since):
            items = items.filter(arrived_at__gte=first)
        if last := day(self.until):
            items = items.filter(arrived_at__lt=last + timedelta(days=1))
        if self.assignee == "none":
            items = items.filter(assignee=None)
        elif self.assignee:
            items = (
                items.filter(assignee=who) if self.assignee == "me" else items.filter(assignee__username=self.assignee)
            )
        return search.matching(items, self.q) if self.q else items


def number(text: str) -> float | None:
    """A score: a number from 0 to 1, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def day(text: str) -> datetime | None:
    """The first moment of a day in UTC, or None."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        return None
