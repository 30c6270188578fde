"""What the dashboard counts. All of it in the database, by day and by group: no row of an item is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, FloatField, Func, Q, QuerySet, TextField

from pipeline.desk.models import Event, Finding, FindingLabel, Item, SecondOpinion, State
from pipeline.desk.models.event import DECISIONS
from pipeline.desk.services.agreement import cohen_kappa, krippendorff_alpha, wilson
from pipeline.records import AXES

CLOSING = tuple(kind for kind in DECISIONS if kind != Event.Kind.SKIP)
CAME = (Event.Kind.ARRIVED, Event.Kind.CHANGED, Event.Kind.REOPENED)
VERDICTS = ("hold", "review", "pass", "error")
DECIDED = (State.REJECTED, State.CHANGES, State.APPROVED)
SPOKE = 0.5
"""Score from which an axis says that something is wrong: the middle of its range, where the report draws the line."""
JUDGED = 3_000
"""Decided items over which rules are judged: a tenth that is overruled is then known to a hundredth, in 50 ms."""
SPOKEN = """
    SELECT spoke.rule, count(*), sum(CASE WHEN latest.state = %s THEN 1 ELSE 0 END)
    FROM ({chosen}) latest JOIN desk_finding spoke ON spoke.version_id = latest.read
    GROUP BY spoke.rule
"""
"""Straight from items to findings: the rows of versions between them are wide, and say nothing about it."""
HOURS = (("under 1 h", 1), ("1 to 4 h", 4), ("4 to 24 h", 24), ("1 to 3 d", 72), ("3 to 7 d", 168), ("over 7 d", None))


class Day(Func):
    """The day of a moment in UTC, ``2026-03-02``. Django's own goes through Python for every row of SQLite."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Moments are stored as text that begins with the day."""
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 10)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As text, like the other."""
        template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        return super().as_sql(compiler, connection, template=template, **context)


class HoursBetween(Func):
    """Hours from the second moment to the first."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Days of the Julian calendar."""
        template, joiner = "((julianday(%(expressions)s)) * 24.0)", ") - julianday("
        return super().as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Seconds of the interval."""
        template = "(EXTRACT(EPOCH FROM (%(expressions)s)) / 3600.0)"
        return super().as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


@dataclass(frozen=True)
class Spoken:
    """A rule or an axis that spoke on `decided` items, of which editors approved `overruled`.

    `right`, `wrong` and `fine` are what editors said of single findings. `least` is the share that is overruled at
    least, with chance allowed for: by it a rule that erred in 40 of 50 stands above one that erred in 2 of 2.
    """

    code: str
    name: str
    axis: str
    decided: int
    overruled: int
    right: int = 0
    wrong: int = 0
    fine: int = 0

    @property
    def share(self) -> float:
        """Overruled of decided."""
        return self.overruled / self.decided if self.decided else 0.0

    @property
    def least(self) -> float:
        """The lower end of its interval."""
        return wilson(self.overruled, self.decided)[0] if self.decided else 0.0


@dataclass(frozen=True)
class Opinions:
    """Pairs of first and second opinions."""

    pairs: int
    same: int
    kappa: float | None
    alpha: float | None
    differing: list[SecondOpinion]


@dataclass(frozen=True)
class Statistics:
    """A period of the desk. `volume` has (day, came in, decided); `matrix` verdict → state → items."""

    volume: list[tuple[date, int, int]]
    matrix: dict[str, dict[str, int]]
    axes: list[Spoken]
    rules: list[Spoken]
    waited: list[tuple[str, int]]
    backlog: list[tuple[str, dict[str, int]]]
    waiting: int
    decided: int
    reasons: list[tuple[str, int]]
    opinions: Opinions


def statistics(now: datetime, days: int) -> Statistics:
    """The last `days` days, today included; the backlog is that of now."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=days - 1)
    decided = Item.objects.filter(decided_at__gte=since)
    matrix = _matrix(decided)
    backlog = _backlog(now)
    return Statistics(
        volume=_volume(since, days),
        matrix=matrix,
        axes=_axes(decided),
        rules=_rules(decided, since),
        waited=_waited(decided),
        backlog=backlog,
        waiting=sum(sum(verdicts.values()) for _, verdicts in backlog),
        decided=sum(sum(states.values()) for states in matrix.values()),
        reasons=_reasons(since),
        opinions=_opinions(since),
    )


def _volume(since: datetime, days: int) -> list[tuple[date, int, int]]:
    def by_day(kinds: tuple[Event.Kind, ...]) -> dict[str, int]:
        events = Event.objects.filter(kind__in=kinds, at__gte=since).order_by()
        return dict(events.annotate(day=Day("at")).values_list("day").annotate(number=Count("pk")))

    came, decided = by_day(CAME), by_day(CLOSING)
    all_days = [(since + timedelta(days=number)).date() for number in range(days)]
    return [(day, came.get(day.isoformat(), 0), decided.get(day.isoformat(), 0)) for day in all_days]


def _matrix(decided: QuerySet[Item]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {verdict: dict.fromkeys(DECIDED, 0) for verdict in VERDICTS}
    for verdict, state, number in decided.order_by().values_list("verdict", "state").annotate(number=Count("pk")):
        if verdict in found and state in DECIDED:
            found[verdict][state] = number
    return found


def _axes(decided: QuerySet[Item]) -> list[Spoken]:
    approved = Q(state=State.APPROVED)
    counts = {}
    for axis in AXES:
        spoke = Q(**{f"{axis}__gte": SPOKE})
        counts[f"{axis}_all"], counts[f"{axis}_approved"] = Count("pk", spoke), Count("pk", spoke & approved)
    found = decided.aggregate(**counts)
    return [Spoken(axis, axis, axis, found[f"{axis}_all"], found[f"{axis}_approved"]) for axis in AXES]


def _rules(decided: QuerySet[Item], since: datetime) -> list[Spoken]:
    """Over the latest `JUDGED` decided items, most overruled first."""
    latest = decided.order_by("-decided_at").annotate(read=F("version")).values("read", "state")[:JUDGED]
    chosen, parameters = latest.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN.format(chosen=chosen), [State.APPROVED, *parameters])
        rows = cursor.fetchall()
    labels: dict[str, Counter[str]] = {}
    said = FindingLabel.objects.filter(at__gte=since).order_by().values_list("rule", "label")
    for rule, label, number in said.annotate(number=Count("pk")):
        labels.setdefault(rule, Counter())[label] = number
    rules = []
    for code, number, overruled in rows:
        name, axis = Finding.objects.filter(rule=code).values_list("name", "axis")[0]
        judged = labels.get(code, Counter())
        counted = (judged["right"], judged["wrong"], judged["fine"])
        rules.append(Spoken(code, name, axis, number, overruled, *counted))
    return sorted(rules, key=lambda rule: (-rule.least, -rule.decided, rule.code))


def _waited(decided: QuerySet[Item]) -> list[tuple[str, int]]:
    """How long items waited for their decision, from when they came in or changed."""
    timed = decided.annotate(hours=HoursBetween(F("decided_at"), F("changed_at")))
    below = [timed_by for _, timed_by in HOURS if timed_by is not None]
    found = timed.aggregate(all=Count("pk"), **{f"h{hours}": Count("pk", Q(hours__lt=hours)) for hours in below})
    upto = [found[f"h{hours}"] for hours in below] + [found["all"]]
    return [(words, upto[i] - (upto[i - 1] if i else 0)) for i, (words, _) in enumerate(HOURS)]


def _backlog(now: datetime) -> list[tuple[str, dict[str, int]]]:
    """Open items by how long they have waited, and verdict: a range of the index for each age."""
    found, younger = [], now + timedelta(days=1)  # clocks of other machines may be ahead
    for name, hours in HOURS:
        items = Item.objects.filter(state=State.OPEN, changed_at__lte=younger).order_by()
        if hours is not None:
            younger = now - timedelta(hours=hours)
            items = items.filter(changed_at__gt=younger)
        counted = dict(items.values_list("verdict").annotate(number=Count("pk")))
        found.append((name, {verdict: counted.get(verdict, 0) for verdict in VERDICTS}))
    return found


def _reasons(since: datetime) -> list[tuple[str, int]]:
    """Why editors decided, most frequent first."""
    given: Counter[str] = Counter()
    rows = Event.objects.filter(kind__in=CLOSING, at__gte=since).order_by().values_list("reasons")
    for reasons, number in rows.annotate(number=Count("pk")):
        for reason in reasons:
            given[reason] += number
    return given.most_common()


def _opinions(since: datetime) -> Opinions:
    pairs = list(SecondOpinion.objects.filter(at__gte=since).values_list("first__kind", "action"))
    differing = SecondOpinion.objects.filter(at__gte=since).exclude(action=F("first__kind"))
    return Opinions(
        pairs=len(pairs),
        same=sum(first == second for first, second in pairs),
        kappa=cohen_kappa(pairs),
        alpha=krippendorff_alpha(pairs),
        differing=list(differing.select_related("first__item", "first__actor", "by").order_by("-at")[:20]),
    )
