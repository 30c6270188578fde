"""Labels, notes, assignments, saved views, keys, the log-in limit, the export."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pipeline.desk.errors import Invalid, NotAllowed, Stale
from pipeline.desk.models import Event, FindingLabel, Item, LoginFailure, SavedView
from pipeline.desk.services import login, saved_views
from pipeline.desk.services.assign import assign, people
from pipeline.desk.services.decide import decide
from pipeline.desk.services.export import export
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.label import fingerprints, label, labels_of
from pipeline.desk.services.note import note
from pipeline.records import Evidence
from tests.desk.assessments import TEXT, assessment, put
from tests.desk.conftest import Desk


def finding(quote: str, rule: str = "SP101") -> Evidence:
    """A finding with these words."""
    return Evidence(rule=rule, name="tortured-phrase", axis="spin", quote=quote, message="m", strength=0.5)


def test_a_finding_has_a_name_in_every_version() -> None:
    """Same rule and words, in whatever case and white space; equal ones are counted; their order does not matter."""
    first = fingerprints([finding("a b"), finding("A  B"), finding("c"), finding("a b", "SP102")])
    assert len(set(first)) == 4
    assert fingerprints([finding("c"), finding("a b"), finding("a b")]) == [first[2], first[0], first[1]]


def test_labels_stand_through_versions_and_are_taken_back(desk: Desk) -> None:
    """The latest stands; the log has all; a finding that is not there, or not in this version, cannot be judged."""
    maria, item = desk.person("maria"), put().item
    name = fingerprints(assessment().evidence)[0]
    label(item.pk, 1, name, "wrong", maria, desk.now)
    label(item.pk, 1, name, "fine", maria, desk.now)
    put(text=TEXT + " More.")
    assert labels_of(Item.objects.get()) == {name: "fine"}
    with pytest.raises(Stale):
        label(item.pk, 1, name, "right", maria, desk.now)
    with pytest.raises(Invalid, match="no such finding"):
        label(item.pk, 2, "0" * 32, "right", maria, desk.now)
    with pytest.raises(Invalid, match="unknown label"):
        label(item.pk, 2, name, "silly", maria, desk.now)
    with pytest.raises(NotAllowed):
        label(item.pk, 2, name, "right", desk.person("rita", "reader"), desk.now)
    assert label(item.pk, 2, name, "fine", maria, desk.now) is None
    assert not FindingLabel.objects.exists()
    assert [e.data["label"] for e in item.events.filter(kind="label").order_by("number")] == ["wrong", "fine", ""]


def test_notes_and_assignments(desk: Desk) -> None:
    """Editors note, and take items for themselves; only who may assign gives them to others or takes them away."""
    maria, jo, cleo = desk.person("maria"), desk.person("jo"), desk.person("cleo", "chief editor")
    desk.person("rita", "reader")
    item = put().item
    assert note(item.pk, " look at the links ", maria, desk.now).note == "look at the links"
    with pytest.raises(Invalid, match="empty"):
        note(item.pk, " \x00", maria, desk.now)
    assert assign(item.pk, "maria", maria, desk.now)
    assert assign(item.pk, "maria", maria, desk.now) is None
    for who, to in ((jo, "jo"), (jo, ""), (maria, "jo")):
        with pytest.raises(NotAllowed):
            assign(item.pk, to, who, desk.now)
    with pytest.raises(Invalid, match="nobody called"):
        assign(item.pk, "rita", cleo, desk.now)
    assign(item.pk, "jo", cleo, desk.now)
    assert Item.objects.get().assignee == jo
    assert people() == ["cleo", "jo", "maria"]


def test_saved_views(desk: Desk) -> None:
    """One's own and shared ones; one name, one view; nobody deletes another's."""
    maria, jo, rita = desk.person("maria"), desk.person("jo"), desk.person("rita", "reader")
    saved_views.save(maria, " Links  ", Filters(score="links", least="0.5"))
    view = saved_views.save(maria, "Links", Filters(score="links", least="0.8"), shared=True)
    assert [(v.name, v.query) for v in saved_views.seen_by(jo)] == [("Links", "score=links&least=0.8")]
    with pytest.raises(NotAllowed):
        saved_views.delete(view.pk, jo)
    with pytest.raises(NotAllowed):
        saved_views.save(rita, "For all", Filters(), shared=True)
    for name in ("", "x" * 61):
        with pytest.raises(Invalid):
            saved_views.save(rita, name, Filters())
    saved_views.delete(view.pk, maria)
    with pytest.raises(Invalid):
        saved_views.delete(view.pk, maria)
    assert not SavedView.objects.exists()


def test_guessing_passwords_is_limited(desk: Desk) -> None:
    """Five for a name from one address; others there and the name elsewhere go on; after 15 minutes, again."""
    for number in range(5):
        assert not login.is_blocked("Maria", "10.0.0.1", desk.now), number
        login.failed("maria", "10.0.0.1", desk.now)
    assert login.is_blocked("MARIA", "10.0.0.1", desk.now)
    assert not login.is_blocked("jo", "10.0.0.1", desk.now)
    assert not login.is_blocked("maria", "10.0.0.2", desk.now)
    for number in range(15):
        login.failed(f"name{number}", "10.0.0.1", desk.now)
    assert login.is_blocked("jo", "10.0.0.1", desk.now), "an address that tries name after name"
    desk.later(minutes=15)
    assert not login.is_blocked("maria", "10.0.0.1", desk.now)
    login.failed("maria", "10.0.0.1", desk.now)
    assert LoginFailure.objects.count() == 3, "old ones are dropped"
    login.succeeded("maria", "10.0.0.1")
    assert LoginFailure.objects.filter(key__startswith="both:").count() == 0


def test_the_log_in_full(desk: Desk) -> None:
    """CSV and JSON Lines say the same; formulas are text; that it was exported stands in the log."""
    cleo = desk.person("cleo", "chief editor")
    item = put(title="=cmd|' /C calc'!A0").item
    decide(item.pk, 1, "reject", cleo, desk.now, reasons=["spun", "copied"], note="+1\nand more")
    rows = list(csv.DictReader(io.StringIO("".join(export("csv", cleo, desk.now)))))
    lines = [json.loads(line) for line in export("jsonl", cleo, desk.now)]
    assert [row["did"] for row in rows] == ["arrived", "reject", "export"]
    assert [line["did"] for line in lines] == ["arrived", "reject", "export", "export"]
    assert rows[1]["title"] == "'=cmd|' /C calc'!A0"
    assert rows[1]["note"] == "'+1 and more"
    assert (rows[1]["who"], rows[1]["version"], rows[1]["verdict"], rows[1]["after"]) == (
        "cleo",
        "1",
        "hold",
        "rejected",
    )
    assert json.loads(rows[1]["reasons"]) == lines[1]["reasons"] == ["spun", "copied"]
    assert lines[1]["note"] == "+1\nand more"
    with pytest.raises(NotAllowed):
        export("csv", desk.person("jo"), desk.now)
    with pytest.raises(Invalid):
        export("xml", cleo, desk.now)
    assert Event.objects.filter(kind="export").count() == 2
