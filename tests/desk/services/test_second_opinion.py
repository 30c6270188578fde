"""Second opinions: on a share, by somebody else, once, and of no consequence for the item."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.conf import settings

from pipeline.desk.errors import Invalid, NotAllowed, Stale
from pipeline.desk.models import Event, Item
from pipeline.desk.services.decide import decide
from pipeline.desk.services.second_opinion import give, is_asked_about, waiting
from pipeline.desk.services.statistics import statistics
from pipeline.desk.services.undo import undo
from tests.desk.assessments import put
from tests.desk.conftest import Desk


@pytest.fixture(autouse=True)
def all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every item is asked about."""
    monkeypatch.setattr(settings, "DESK_SECOND_OPINION", 1.0)


def test_somebody_else_says_what_they_would_have_decided(desk: Desk) -> None:
    """The item stays as it is; the opinion is in the log; nobody is asked a second time."""
    maria, jo, cleo = desk.person("maria"), desk.person("jo"), desk.person("cleo")
    item = put().item
    assert not waiting(jo).exists()
    first = decide(item.pk, 1, "reject", maria, desk.now)
    assert (list(waiting(maria)), list(waiting(jo))) == ([], [item])
    event = give(item.pk, 1, "approve", jo, desk.later(minutes=1))
    assert event.data == {"on": first.pk, "action": "approve", "agrees": False}
    item.refresh_from_db()
    assert (item.state, item.decided_by) == ("rejected", maria)
    assert not waiting(cleo).exists()
    with pytest.raises(Stale, match="already"):
        give(item.pk, 1, "approve", cleo, desk.now)
    undo(item.pk, maria, desk.now)
    opinions = statistics(desk.now, 7).opinions
    assert (opinions.pairs, opinions.same, len(opinions.differing)) == (1, 0, 1)


def test_what_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One's own decision, an open item, another version, a skip, a reader, an item that is not in the share."""
    maria, jo, rita = desk.person("maria"), desk.person("jo"), desk.person("rita", "reader")
    item = put().item
    with pytest.raises(Stale, match="open"):
        give(item.pk, 1, "approve", jo, desk.now)
    decide(item.pk, 1, "reject", maria, desk.now)
    with pytest.raises(Invalid, match="your own"):
        give(item.pk, 1, "approve", maria, desk.now)
    with pytest.raises(Stale, match="version"):
        give(item.pk, 2, "approve", jo, desk.now)
    with pytest.raises(Invalid):
        give(item.pk, 1, "skip", jo, desk.now)
    with pytest.raises(NotAllowed):
        give(item.pk, 1, "approve", rita, desk.now)
    monkeypatch.setattr(settings, "DESK_SECOND_OPINION", 0.0)
    with pytest.raises(Invalid, match="asked for"):
        give(item.pk, 1, "approve", jo, desk.now)
    assert not Event.objects.filter(kind=Event.Kind.OPINION).exists()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999])
def test_the_share_is_a_share(monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """Of many pages about that many are asked about, and the same ones every time."""
    monkeypatch.setattr(settings, "DESK_SECOND_OPINION", share)
    pages = [Item(content_hash=sha256(str(number).encode()).hexdigest()) for number in range(4000)]
    assert sum(map(is_asked_about, pages)) / 4000 == pytest.approx(share, abs=0.03)
