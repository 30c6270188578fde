"""Pages onto the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pipeline.desk.models import Event, Item, Version
from pipeline.desk.services.intake import intake
from pipeline.desk.services.receive import Outcome
from pipeline.ingest import read
from pipeline.settings import Settings
from tests.desk.conftest import Desk

SAMPLES = Path(__file__).parents[2] / "samples" / "pages"


def take_in() -> dict[Outcome, int]:
    """Take the sample pages in."""
    return dict(intake(read([SAMPLES], Settings()), Settings(), jobs=1, clock=lambda: datetime.now(UTC)))


def test_the_sample_pages_stand_in_the_queue_most_urgent_first(desk: Desk) -> None:
    """All fourteen, as the engine judged them; a second time, none is assessed."""
    assert take_in() == {Outcome.NEW: 14}
    assert take_in() == {Outcome.UNCHANGED: 14}
    page = desk.client(desk.person("maria", "reader")).get("/")
    shown = [item.source for item, _ in page.context["items"]]
    ranks = list(Item.objects.filter(source__in=shown).order_by("-rank", "-id").values_list("source", flat=True))
    assert shown == ranks
    assert len(shown) == 14
    first = page.context["items"][0][0]
    assert first.verdict == "hold"
    assert first.title in page.content.decode().replace("&#x27;", "'").replace("&amp;", "&")
    assert Version.objects.get(item=first).assessment.verdict == "hold"
    assert Event.objects.filter(kind=Event.Kind.ARRIVED).count() == 14
