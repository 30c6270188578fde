"""The API as a program uses it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from pipeline.desk.models import Event, Item
from pipeline.desk.services import assess
from pipeline.desk.services.lease import take
from pipeline.records import RawPage
from tests.desk.api.program import Program
from tests.desk.assessments import assessment, put
from tests.desk.conftest import Desk

PAGE = {"source": "https://news.example/sleep", "text": "About sleep\nIt cures everything.", "title": "About sleep"}


class Engine:
    """In the place of the worker: pages seen, and one answer."""

    settings = assess.Settings()

    def __init__(self) -> None:
        self.seen: list[RawPage] = []

    def assess(self, page: RawPage):
        """An assessment under the page's source."""
        self.seen.append(page)
        return assessment(page.source, title=page.title, text=page.data.decode(), blocks=(), evidence=(), claims=())


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """No worker is started."""
    made = Engine()
    monkeypatch.setattr(assess, "_assessor", made)
    return made


def test_a_page_is_submitted_read_decided_undone_and_all_of_it_is_in_the_log(desk: Desk, engine: Engine) -> None:
    """The whole round, with the numbers that one answer gives used in the next."""
    maria = desk.person("maria")
    program = Program.of(maria)
    first = program.post("items", PAGE)
    assert first.status_code == 200
    item = first.json()["item"]
    assert (first.json()["outcome"], item["source"], item["state"]) == ("new", PAGE["source"], "open")
    where = f"items/{item['id']}"
    assert program.get(where).json() == item
    read = program.get(f"{where}/assessment").json()
    assert (read["text"], read["schema"]) == (PAGE["text"], 1)
    decision = program.post(f"{where}/decision", {"version": item["version"], "action": "reject", "reasons": ["spun"]})
    assert (decision.json()["did"], decision.json()["after"]) == ("reject", "rejected")
    assert program.get(where).json()["decided_by"] == "maria"
    assert program.post(f"{where}/undo").json()["after"] == "open"
    log = program.get(f"{where}/log").json()
    assert [event["did"] for event in log["events"]] == ["arrived", "reject", "undo"]
    assert all(event["who"] == "maria" for event in log["events"])
    prefix = maria.tokens.get().prefix
    assert [event["data"].get("token") for event in log["events"]] == [None, prefix, prefix]


def test_the_same_page_again_is_not_assessed_again(desk: Desk, engine: Engine) -> None:
    """Unchanged: the engine saw it once. Changed: a new version of the same item, reopened with the reason."""
    program = Program.of(desk.person("maria"))
    item = program.post("items", PAGE).json()["item"]
    assert program.post("items", PAGE).json()["outcome"] == "unchanged"
    assert len(engine.seen) == 1
    program.post(f"items/{item['id']}/decision", {"version": 1, "action": "approve"})
    again = program.post("items", PAGE | {"text": "Something else."}).json()
    assert (again["item"]["id"], again["item"]["version"], again["outcome"]) == (item["id"], 2, "reopened")
    assert again["why"] == ["its text changed"]
    assert program.get(f"items/{item['id']}/assessment", version=1).json()["text"] == PAGE["text"]
    assert program.get(f"items/{item['id']}/assessment", version=3).status_code == 404


def test_names_of_ones_own_are_kept_apart(desk: Desk, engine: Engine) -> None:
    """Neither another sender's name nor a file of the operator's can be written over."""
    theirs = put("/etc/articles/one.txt").item
    maria, jo = (Program.of(desk.person(name)) for name in ("maria", "jo"))
    made = {
        program.post("items", PAGE | {"source": "/etc/articles/one.txt"}).json()["item"]["id"]
        for program in (maria, jo)
    }
    assert len(made | {theirs.pk}) == 3


def test_a_list_has_the_filters_and_pages_of_the_queue(desk: Desk) -> None:
    """Every item once, most urgent first, whatever the size of a page."""
    for number in range(7):
        put(f"pages/{number}.txt", risk=number / 10, verdict="hold" if number > 3 else "review")
    program = Program.of(desk.person("rita", "reader"))
    seen, after = [], ""
    while after is not None:
        page = program.get("items", limit=2, after=after).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
    assert seen == list(Item.objects.order_by("-rank", "-id").values_list("pk", flat=True))
    assert len(program.get("items", verdict="hold").json()["items"]) == 3
    assert len(program.get("items", least=0.2, most=0.4).json()["items"]) == 3
    assert len(program.get("items", q="compound abuse", source="5.txt").json()["items"]) == 1
    assert program.get("items", state="decided").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "parameters",
    [{"verdict": "bad"}, {"least": "2"}, {"limit": "0"}, {"since": "2026-02-31"}, {"after": "x"}, {"colour": "red"},
     {"q": "a\0b"}, {"q": ["a", "b"]}],
)  # fmt: skip
def test_a_list_says_what_it_does_not_understand(desk: Desk, parameters: dict[str, object]) -> None:
    """A typing error in a filter must not list everything."""
    refused = Program.of(desk.person("rita", "reader")).get("items", **parameters)
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"version": 2, "action": "approve"}, 409),
        ({"version": 1, "action": "delete"}, 400),
        ({"version": 1, "action": "approve", "reasons": ["because"]}, 400),
        ({"version": 1, "action": "approve", "note": "a\0b"}, 400),
        ({"version": 1, "action": "approve", "colour": "red"}, 400),
        ({"version": 1}, 400),
        ("[" * 5000, 400),
        ("\ufeff{}", 400),
        ("", 415),
    ],
)
def test_a_decision_that_cannot_be_made_changes_nothing(desk: Desk, body: object, status: int) -> None:
    """Stale, unknown, or not understood."""
    item = put().item
    program = Program.of(desk.person("maria"))
    assert program.post(f"items/{item.pk}/decision", body).status_code == status
    assert Event.objects.filter(item=item).count() == 1


def test_conflicts_are_named(desk: Desk) -> None:
    """Somebody at it, somebody else's decision, nothing to undo, nothing there."""
    item, maria, jo = put().item, desk.person("maria"), desk.person("jo")
    program = Program.of(jo)
    approve = {"version": 1, "action": "approve"}
    from django.utils import timezone

    take(item.pk, maria, timezone.now())
    refused = program.post(f"items/{item.pk}/decision", approve)
    assert (refused.status_code, "maria" in refused.json()["detail"]) == (409, True)
    Program.of(maria).post(f"items/{item.pk}/decision", approve)
    assert program.post(f"items/{item.pk}/undo").status_code == 403
    assert program.post(f"items/{item.pk + 1}/undo").status_code == 404
    assert Program.of(desk.person("cleo", "chief editor")).post(f"items/{item.pk}/undo").status_code == 200
    assert program.post(f"items/{item.pk}/undo").status_code == 409


def test_the_log_is_read_from_place_to_place(desk: Desk) -> None:
    """By chief editors; that it was read is written down once, at the beginning."""
    for number in range(5):
        put(f"pages/{number}.txt")
    assert Program.of(desk.person("maria")).get("log").status_code == 403
    program = Program.of(desk.person("cleo", "chief editor"))
    kinds, after = [], 0
    while after is not None:
        page = program.get("log", limit=3, after=after).json()
        kinds += [event["did"] for event in page["events"]]
        after = page["next"]
    assert kinds == ["arrived"] * 5 + ["admin"] * 2 + ["export"]


def test_a_submission_has_html_or_text(desk: Desk, engine: Engine) -> None:
    """Not both, not neither; JSON and nothing else; no larger than a page may be."""
    program = Program.of(desk.person("maria"))
    both, neither = PAGE | {"html": "<p>x"}, {"source": "https://news.example/x"}
    assert [program.post("items", body).status_code for body in (both, neither)] == [400, 400]
    form = program.post("items", "source=x", content_type="application/x-www-form-urlencoded")
    assert form.status_code == 415
    assert program.post("items", PAGE | {"text": "x" * 6_000_001}).status_code == 413
    assert program.post("items", PAGE | {"source": "a\nb"}).status_code == 400
    assert engine.seen == []


def test_a_page_goes_through_the_worker(desk: Desk) -> None:
    """The real engine, in its own process: a page, the next one, and one that the limits refuse."""
    program, assessor = Program.of(desk.person("maria")), assess.assessor()
    try:
        html = "<title>Garlic</title>" + "<p>Garlic may help some adults with high blood pressure.</p>" * 9
        done = program.post("items", {"source": "https://news.example/1", "html": html}).json()
        assert (done["outcome"], done["item"]["title"]) == ("new", "Garlic")
        worker = assessor._supervisor
        deep = program.post("items", {"source": "deep", "html": "<div>" * 50_000}).json()
        assert deep["item"]["verdict"] == "error"
        assert assessor._supervisor is worker
        assert User.objects.get().username in deep["item"]["source"]
    finally:
        assessor.close()
