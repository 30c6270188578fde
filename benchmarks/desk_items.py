"""Generated items for `benchmarks/desk.py`: the sample pages, assessed, with other sentences and risks.

Rows are made as `receive` and `decide` would leave them, and written in few statements: one by one they take an hour.
"""

from __future__ import annotations

import random
import re
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
BATCH = 2_000
DAYS = 90
DECIDED = 0.2
"""Share of the items that are decided, some hours after they came."""
RANK = {"hold": 2, "review": 1, "pass": 0}
KIND = {"approved": "approve", "rejected": "reject", "changes": "ask_for_changes"}


@dataclass(frozen=True)
class Made:
    """One generated item: its number, its assessment, when it came, and what was decided when and by whom."""

    pk: int
    one: Any
    arrived: datetime
    state: str
    decided: datetime | None
    who: Any

    @property
    def key(self) -> str:
        """A digest in the place of those of its content."""
        return sha256(str(self.pk).encode()).hexdigest()

    @property
    def scores(self) -> dict[str, float]:
        """The columns of the axes."""
        return {axis: getattr(self.one.scores, axis) for axis in ("spin", "links", "claims", "quality")}


def fill(number: int, editors: list[Any], now: datetime) -> None:
    """Put `number` items on an empty desk, some of them decided by `editors`."""
    from django.db import connection, transaction

    rng = random.Random(7)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # of a desk in use it is FULL: so it is again when it is measured
    templates, sentences = assessments(), sample_sentences()
    for first in range(0, number, BATCH):
        numbers = range(first + 1, min(first + BATCH, number) + 1)
        made = [item(pk, rng.choice(templates), sentences, editors, now, rng) for pk in numbers]
        with transaction.atomic():
            write(made)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("desk_item", "desk_version"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
        cursor.execute("ANALYZE")
    connection.close()


def item(pk: int, template: Any, sentences: list[str], editors: list[Any], now: datetime, rng: random.Random) -> Made:
    """One item that came within `DAYS` days; one in five is decided."""
    one = generated(template, pk, sentences, rng)
    arrived = now - timedelta(minutes=rng.random() * DAYS * 24 * 60)
    decided = arrived + timedelta(hours=rng.expovariate(1 / 20)) if rng.random() < DECIDED else None
    if decided is None or decided >= now:
        return Made(pk, one, arrived, "open", None, None)
    state = rng.choice(("approved", "rejected", "rejected", "changes"))
    return Made(pk, one, arrived, state, decided, rng.choice(editors))


def write(made: list[Made]) -> None:
    """All rows of some items. An item and its version point at each other: the item's side is written last."""
    from django.db import connection

    from pipeline.desk.models import Event, Finding, Item, SourcePage, Version
    from pipeline.desk.services import search

    Item.objects.bulk_create(map(item_row, made))
    Version.objects.bulk_create(map(version_row, made))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE desk_item SET version_id = id WHERE version_id IS NULL")
    SourcePage.objects.bulk_create(map(source_row, made))
    Finding.objects.bulk_create([row for one in made for row in finding_rows(one)])
    Event.objects.bulk_create([row for one in made for row in event_rows(one)])
    for each in made:
        search.index(each.pk, each.one.title or "", each.one.text, each.one.source)


def item_row(made: Made) -> Any:
    """The item, as yet without its version."""
    from pipeline.desk.models import Item

    one = made.one
    return Item(
        pk=made.pk, key=made.key, source=one.source, state=made.state, revision=2 if made.decided else 1,
        content_hash=sha256(made.key.encode()).hexdigest(), title=one.title, language="en", verdict=one.verdict,
        rank=RANK[one.verdict] + one.risk, risk=one.risk, reason=one.reasons[0] if one.reasons else "",
        found=len(one.evidence), arrived_at=made.arrived, changed_at=made.arrived, decided_at=made.decided,
        decided_by=made.who, **made.scores,
    )  # fmt: skip


def version_row(made: Made) -> Any:
    """The assessment as it was."""
    from pipeline.desk.models import Version

    return Version(
        pk=made.pk, item_id=made.pk, number=1, content_hash=made.key, text_hash=made.key, reasons_hash=made.key,
        verdict=made.one.verdict, risk=made.one.risk, made_by="{}", at=made.arrived, stored=packed(made.one),
        **made.scores,
    )  # fmt: skip


def source_row(made: Made) -> Any:
    """The page's lines: all of them body."""
    from pipeline.desk.models import SourcePage

    lines = [["", made.one.text[block.start : block.end]] for block in made.one.blocks]
    return SourcePage(version_id=made.pk, stored=packed(lines))


def finding_rows(made: Made) -> list[Any]:
    """One row a rule that found something."""
    from pipeline.desk.models import Finding

    seen: dict[str, Any] = {}
    for evidence in made.one.evidence:
        row = seen.setdefault(
            evidence.rule,
            Finding(
                version_id=made.pk, rule=evidence.rule, name=evidence.name, axis=evidence.axis, count=0, strength=0
            ),
        )
        row.count += 1
        row.strength = max(row.strength, evidence.strength)
    return list(seen.values())


def event_rows(made: Made) -> list[Any]:
    """That it came, and what was decided."""
    from pipeline.desk.models import Event

    rows = [Event(item_id=made.pk, version_id=made.pk, number=1, kind="arrived", at=made.arrived, after="open")]
    if made.decided:
        rows.append(
            Event(
                item_id=made.pk, version_id=made.pk, number=2, kind=KIND[made.state], actor=made.who, at=made.decided,
                before="open", after=made.state, reasons=["spun"],
            )
        )  # fmt: skip
    return rows


def packed(value: Any) -> bytes:
    """JSON, deflated, as the desk stores it."""
    return zlib.compress(msgspec.json.encode(value), 1)


def assessments() -> list[Any]:
    """The sample pages, assessed."""
    from pipeline.flow import Engine
    from pipeline.ingest import read

    engine = Engine()
    found = [engine.assess(page) for page in read([ROOT / "samples" / "pages"], engine.settings)]
    return [one for one in found if one.verdict is not None]


def sample_sentences() -> list[str]:
    """Sentences of the sample articles."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted((ROOT / "samples").rglob("*.txt"))]
    return [s for text in texts for s in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if 30 < len(s) < 300]


def generated(template: Any, pk: int, sentences: list[str], rng: random.Random) -> Any:
    """An item like the template: its marked words where they stand, other sentences behind them."""
    extra = "\n\n".join(
        f"{' '.join(rng.sample(sentences, 4))} Reference {rng.randrange(10**6)}." for _ in range(rng.randrange(1, 6))
    )
    text = f"{template.text}\n\n{extra}"
    risk = min(1.0, max(0.0, rng.gauss(template.risk, 0.1)))
    verdict = "hold" if risk > 0.8 else "review" if risk > 0.4 else "pass"
    block = msgspec.structs.replace(template.blocks[-1], start=len(template.text) + 2, end=len(text), kind="paragraph")
    return msgspec.structs.replace(
        template,
        source=f"https://site{pk % 300}.example/{pk}",
        title=f"{template.title or 'Untitled'} {pk}",
        text=text,
        blocks=(*template.blocks, block),
        risk=risk,
        verdict=verdict,
        scores=msgspec.structs.replace(template.scores, spin=risk),
    )
