"""Put one assessment on the desk: a new item, a new version of one, or nothing new."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import msgspec
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from pipeline.desk.models import Event, Finding, Item, SourcePage, State, Version
from pipeline.desk.services import search
from pipeline.desk.services.log import append, changing
from pipeline.records import Assessment, RawPage
from pipeline.report.safe_text import one_line, shorten, well_formed

RANKS = {"hold": 2.0, "review": 1.0, "pass": 0.0}
FAILED_RANK = 1.0
"""A page that could not be assessed stands below all that are to be reviewed and above all that pass."""
JUDGED = ("verdict", "risk", "spin", "links", "claims", "quality")


class Outcome(StrEnum):
    """What became of an assessment."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REOPENED = "reopened"
    UNTOUCHED = "untouched"
    """The page changed, its text and its reasons did not: a decision on it stands."""


class Received(msgspec.Struct, frozen=True):
    """The item, and what became of the assessment; `why` says it in words for people."""

    item: Item
    outcome: Outcome
    why: tuple[str, ...] = ()


def key_of(source: str) -> str:
    """The identity of a source: its address, or the absolute path of a file (``#record`` and all), hashed."""
    is_file = "://" not in source and not source.startswith("<")
    full = os.path.abspath(source) if is_file else source  # noqa: PTH100 - of the name; links are not followed
    return sha256(full.encode("utf-8", "surrogatepass")).hexdigest()


def content_hash(page: RawPage) -> str:
    """The hash of all that an assessment is made from: the bytes, and what the source says about them."""
    said = (page.data, page.kind, page.url, page.title, page.encoding, page.failure)
    return sha256(msgspec.msgpack.encode(said)).hexdigest()


def is_known(source: str, hashed: str) -> bool:
    """Whether the current version of this source was made from the same page."""
    return Item.objects.filter(key=key_of(source), content_hash=hashed).exists()


def receive(
    assessment: Assessment,
    hashed: str,
    now: datetime,
    *,
    lines: Sequence[tuple[str, str]] = (),
    who: User | None = None,
) -> Received:
    """Put an assessment on the desk. `hashed` is `content_hash` of its page, `lines` are `source_lines` of it."""
    assessment = well_formed(assessment)
    key = key_of(assessment.source)
    try:
        with transaction.atomic():
            known = Item.objects.filter(key=key).values_list("pk", flat=True).first()
            if known is None:
                return _arrive(assessment, key, hashed, lines, now, who)
    except IntegrityError:  # another intake put the same source on the desk in between
        known = Item.objects.values_list("pk", flat=True).get(key=key)
    with changing(known) as item:
        return _come_again(item, assessment, hashed, lines, now, who)


def _arrive(
    assessment: Assessment,
    key: str,
    hashed: str,
    lines: Sequence[tuple[str, str]],
    now: datetime,
    who: User | None,
) -> Received:
    """A source that was not there yet."""
    item = Item(key=key, source=assessment.source, arrived_at=now, **_columns(assessment, hashed, now))
    item.save(force_insert=True)
    version = _version(item, 1, assessment, hashed, lines, now)
    append(item, Event.Kind.ARRIVED, who, now, columns={"version": version})
    return Received(item, Outcome.NEW)


def _come_again(
    item: Item,
    assessment: Assessment,
    hashed: str,
    lines: Sequence[tuple[str, str]],
    now: datetime,
    who: User | None,
) -> Received:
    """A source that is there: new version or not, and whether a decision on it still stands."""
    old = item.version
    assert old is not None
    new_text, new_reasons = text_hash(assessment) != old.text_hash, reasons_hash(assessment) != old.reasons_hash
    if item.content_hash == hashed and not (new_text or new_reasons):
        return Received(item, Outcome.UNCHANGED)
    why = tuple(_why(old, assessment, new_text, new_reasons))
    columns = _columns(assessment, hashed, now) | {"source": assessment.source}
    columns["version"] = _version(item, old.number + 1, assessment, hashed, lines, now)
    if not why:
        kind, outcome = Event.Kind.UNTOUCHED, Outcome.UNTOUCHED
        columns["changed_at"] = item.changed_at
    elif item.state == State.OPEN:
        kind, outcome = Event.Kind.CHANGED, Outcome.CHANGED
    else:
        kind, outcome = Event.Kind.REOPENED, Outcome.REOPENED
        columns |= {"state": State.OPEN, "decided_at": None, "decided_by": None}
    append(item, kind, who, now, columns=columns, data={"why": list(why)})
    return Received(item, outcome, why)


def _why(old: Version, new: Assessment, new_text: bool, new_reasons: bool) -> list[str]:
    """What changed, in words."""
    said = ["its text changed"] if new_text else []
    if new_reasons:
        before = old.assessment
        if before.verdict != new.verdict:
            said.append(f"its verdict was {before.verdict or 'an error'} and is {new.verdict or 'an error'}")
        said += [f"new reason: {one_line(reason)}" for reason in new.reasons if reason not in before.reasons]
        said += [f"no longer a reason: {one_line(reason)}" for reason in before.reasons if reason not in new.reasons]
    return said


def _columns(assessment: Assessment, hashed: str, now: datetime) -> dict[str, object]:
    """What the queue shows and sorts by."""
    verdict = assessment.verdict
    failed = one_line(assessment.error.message) if assessment.error and verdict is None else ""
    return {
        "content_hash": hashed,
        "title": _name(assessment),
        "language": one_line(assessment.language)[:16],
        "verdict": verdict or "error",
        "rank": RANKS[verdict] + min(0.9999, assessment.risk) if verdict else FAILED_RANK,
        "risk": assessment.risk,
        "spin": assessment.scores.spin,
        "links": assessment.scores.links,
        "claims": assessment.scores.claims,
        "quality": assessment.scores.quality,
        "reason": (one_line(assessment.reasons[0]) if assessment.reasons else failed)[:500],
        "found": len(assessment.evidence),
        "changed_at": now,
    }


def _name(assessment: Assessment) -> str:
    """The title; a page without one is known by how it begins."""
    if title := one_line(assessment.title or "")[:500]:
        return title
    return f"“{start}”" if (start := shorten(assessment.text[:400], 90)) else ""


def _version(
    item: Item, number: int, assessment: Assessment, hashed: str, lines: Sequence[tuple[str, str]], now: datetime
) -> Version:
    """Store the assessment whole, its rules for filters, its words for search."""
    version = Version.objects.create(
        item=item,
        number=number,
        content_hash=hashed,
        text_hash=text_hash(assessment),
        reasons_hash=reasons_hash(assessment),
        **{name: value for name, value in _columns(assessment, hashed, now).items() if name in JUDGED},
        made_by=msgspec.json.encode(assessment.versions).decode(),
        at=now,
        stored=zlib.compress(msgspec.json.encode(assessment)),
    )
    if lines:
        SourcePage.objects.create(version=version, stored=zlib.compress(msgspec.json.encode(lines)))
    rules: dict[str, Finding] = {}
    for evidence in assessment.evidence:
        row = rules.setdefault(
            evidence.rule,
            Finding(version=version, rule=evidence.rule, name=evidence.name, axis=evidence.axis, count=0, strength=0.0),
        )
        row.count += 1
        row.strength = max(row.strength, evidence.strength)
    Finding.objects.bulk_create(rules.values())
    search.index(version.pk, one_line(assessment.title or ""), assessment.text, one_line(assessment.source))
    return version


def text_hash(assessment: Assessment) -> str:
    """The hash of title and cleaned text."""
    return sha256(msgspec.json.encode((assessment.title, assessment.text))).hexdigest()


def reasons_hash(assessment: Assessment) -> str:
    """The hash of the verdict and its reasons."""
    failed = assessment.error.code if assessment.error and assessment.verdict is None else None
    return sha256(msgspec.json.encode((assessment.verdict, assessment.reasons, failed))).hexdigest()
