"""What is asked of the API and what it answers. The document's schemas are made from these."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from pipeline.desk.services.reasons import REASONS
from pipeline.records import Scores

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL stores no NUL."""
Word = Annotated[str, Meta(max_length=200, pattern=NO_NUL)]
Verdict = Literal["pass", "review", "hold", "error"]
State = Literal["open", "approved", "rejected", "changes"]
Action = Literal["approve", "reject", "ask_for_changes", "skip"]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-03-02"])]
Share = Annotated[float, Meta(ge=0, le=1)]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """An answer."""


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question. A field that is not known is an error, not a silence."""


class Submission(Asked, frozen=True):
    """A page to be assessed: `html`, or `text` with a block a line.

    `source` names it: its address (``https://…``), or a name of the sender's own, which the desk keeps apart from the
    names of others. The same source again is a new version of the same item.
    """

    source: Annotated[str, Meta(min_length=1, max_length=2_000, pattern=r"^[^\x00-\x1f\x7f]+$")]
    html: str | None = None
    text: str | None = None
    title: Annotated[str, Meta(max_length=2_000)] | None = None


class Verdicting(Asked, frozen=True):
    """A decision on the version with this number. `reasons` are names of the desk's list."""

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    action: Action
    reasons: Annotated[tuple[Literal[*REASONS], ...], Meta(max_length=9)] = ()  # type: ignore[valid-type]
    note: Annotated[str, Meta(max_length=4_000, pattern=NO_NUL)] = ""


class Listing(Asked, frozen=True):
    """A filter of the queue, as in its address; `after` is the `next` of the page before."""

    q: Word = ""
    state: Literal["", "decided", "approved", "rejected", "changes", "all"] = ""
    verdict: Literal["", "pass", "review", "hold", "error"] = ""
    rule: Word = ""
    score: Literal["", "spin", "links", "claims", "quality"] = ""
    least: Share | None = None
    most: Share | None = None
    source: Word = ""
    since: Day | None = None
    until: Day | None = None
    assignee: Word = ""
    sort: Literal["", "newest", "oldest"] = ""
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class Which(Asked, frozen=True):
    """A version of an item, the current one where none is named."""

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None


class Since(Asked, frozen=True):
    """A place in the log: events with a greater `id` follow."""

    after: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0
    limit: Annotated[int, Meta(ge=1, le=500)] = 100


class Nothing(Asked, frozen=True):
    """No parameters, or no fields."""


class Item(Record, frozen=True):
    """An item as the queue shows it. `version` is the number that a decision names."""

    id: int
    source: str
    title: str
    state: State
    version: int
    verdict: Verdict
    risk: float
    scores: Scores
    reason: str
    findings: int
    language: str
    assignee: str | None
    arrived_at: datetime
    changed_at: datetime
    decided_at: datetime | None
    decided_by: str | None


class Items(Record, frozen=True):
    """A page of a list, and the place behind which the following one begins."""

    items: tuple[Item, ...]
    next: str | None


class Submitted(Record, frozen=True):
    """The item, and what became of the submission; `why` says what changed or was reopened."""

    item: Item
    outcome: Literal["new", "unchanged", "changed", "reopened", "untouched"]
    why: tuple[str, ...]


class Event(Record, frozen=True):
    """One line of the log."""

    id: int
    at: datetime
    who: str | None
    did: str
    item: int | None
    version: int | None
    before: str
    after: str
    reasons: tuple[str, ...]
    note: str
    data: dict[str, Any]


class Log(Record, frozen=True):
    """A part of the log, oldest first, and what to ask for next; null at its end."""

    events: tuple[Event, ...]
    next: int | None


class Problem(Record, frozen=True):
    """What was wrong, after RFC 9457."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
