"""The pages: what they show, where they lead, what they refuse."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from pipeline.desk.middleware import POLICY
from pipeline.desk.models import Event, Item, SavedView
from pipeline.desk.services.decide import decide
from pipeline.desk.services.lease import take
from tests.desk.assessments import TEXT, assessment, put
from tests.desk.conftest import PASSWORD, Desk


def test_a_decision_leads_to_the_next_item_of_the_filter(desk: Desk) -> None:
    """Behind the decided one, past what others are at, round to the top, and at last to the queue."""
    client, jo = desk.client(desk.person("maria")), desk.person("jo")
    low, high, held, passed = (
        put(f"p/{n}", risk=risk, verdict=verdict).item.pk
        for n, risk, verdict in ((1, 0.7, "hold"), (2, 0.9, "hold"), (3, 0.6, "hold"), (4, 0.1, "pass"))
    )
    take(held, jo, timezone.now())

    def decide(item: int) -> str:
        return client.post(f"/items/{item}/decide?verdict=hold", {"version": 1, "action": "approve"})["Location"]

    assert decide(low) == f"/items/{high}?verdict=hold"
    assert decide(high) == "/?verdict=hold"
    assert Item.objects.get(pk=passed).state == "open"


def test_skipping_leaves_the_item_open_and_goes_on(desk: Desk) -> None:
    """It is in the log, and the item stays in the queue."""
    client = desk.client(desk.person("maria"))
    first, second = put("p/1", risk=0.9).item, put("p/2", risk=0.8).item
    answer = client.post(f"/items/{first.pk}/decide", {"version": 1, "action": "skip"})
    assert answer["Location"] == f"/items/{second.pk}"
    assert (
        client.post(f"/items/{second.pk}/decide", {"version": 1, "action": "skip"})["Location"] == f"/items/{first.pk}"
    )
    assert Item.objects.filter(state="open").count() == 2
    assert Event.objects.filter(kind="skip").count() == 2


def test_z_undoes_the_latest_that_stands(desk: Desk) -> None:
    """One after the other, back to the item, in the filter one was in; then there is nothing left to undo."""
    client = desk.client(desk.person("maria"))
    items = [put(f"p/{n}").item.pk for n in range(2)]
    for item in items:
        client.post(f"/items/{item}/decide", {"version": 1, "action": "reject"})
    assert client.post("/undo?verdict=hold")["Location"] == f"/items/{items[1]}?verdict=hold"
    assert client.post("/undo")["Location"] == f"/items/{items[0]}"
    assert client.post("/undo")["Location"].startswith("/?")
    assert Item.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/items/1/decide", {"version": "1", "action": "burn"}, 400),
        ("/items/1/decide", {"version": "one", "action": "approve"}, 400),
        ("/items/1/decide", {"version": "2", "action": "approve"}, 409),
        ("/items/99/decide", {"version": "1", "action": "approve"}, 400),
        ("/items/1/label", {"version": "1", "said": "wrong nothing"}, 400),
        ("/items/1/note", {"note": ""}, 400),
        ("/items/1/release", {"until": "never"}, 400),
        ("/items/1/assign", {"to": "nobody"}, 403),
        ("/bulk/decide", {"ticket": "x", "action": "approve"}, 403),
        ("/log.csv", {}, 403),
    ],
)
def test_what_is_refused_says_so_and_changes_nothing(desk: Desk, path: str, data: dict[str, str], status: int) -> None:
    """With the status that belongs to it, a page that says why, and the way back."""
    client = desk.client(desk.person("maria"))
    put()
    answer = client.post(path, data)
    assert (answer.status_code, "Nothing was changed" in answer.content.decode()) == (status, True)
    assert list(Event.objects.values_list("kind", flat=True)) == ["arrived"]


@pytest.mark.parametrize(
    "path",
    [
        "/items/99",
        "/items/1?version=7",
        "/items/1?version=x",
        "/items/1/compare?with=99",
        "/items/99/letter",
        "/nothing",
    ],
)
def test_what_is_not_there(desk: Desk, path: str) -> None:
    """404, not an error."""
    put()
    assert desk.client(desk.person("maria")).get(path).status_code == 404


HUGE = "9" * 30


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        *(
            ("get", f"/?{name}=%00%01", {})
            for name in ("q", "state", "rule", "source", "assignee", "ids", "least", "since")
        ),
        ("get", f"/?ids={HUGE}&after={HUGE}_{HUGE}", {}),
        *(("get", f"/items/{HUGE}{rest}", {}) for rest in ("", "/letter", "/compare")),
        ("get", f"/items/1?version={HUGE}", {}),
        ("get", f"/items/1/compare?with={HUGE}&find=%00", {}),
        ("get", f"/items/1/compare?before={HUGE}", {}),
        *(
            (
                "post",
                f"/items/{item}/{verb}",
                {"version": "1", "until": "2026-01-01T00:00:00Z", "note": "\0x", "to": "\0"},
            )
            for item in ("1", HUGE)
            for verb in ("decide", "undo", "note", "label", "assign", "lease", "release", "take-over")
        ),
        ("post", f"/views/{HUGE}/delete", {}),
        ("post", "/views", {"name": "\0", "query": "q=%00&source=%00"}),
        ("post", "/login", {"username": "\0", "password": "\0"}),
        ("post", "/keys", {"approve": "\0"}),
        ("post", "/bulk/x/undo", {}),
        ("post", "/bulk/decide", {"ticket": "\0", "action": "approve", "note": "\0", "reason": "\0"}),
    ],
)
def test_nothing_that_is_sent_is_an_error_of_ours(desk: Desk, method: str, path: str, data: dict[str, str]) -> None:
    """NULs and numbers no database holds: refused, not found or ignored, but never a 500 (the client raises those)."""
    put()
    client = desk.client(desk.person("cleo", "chief editor"))
    assert getattr(client, method)(path, data or None).status_code < 500
    anybody = Client()
    assert getattr(anybody, method)(path, data or None).status_code < 500


def test_an_old_version_is_shown_as_it_was(desk: Desk) -> None:
    """With its own text and evidence, and without buttons."""
    put()
    put(title="Revised", evidence=(), verdict="pass")
    client = desk.client(desk.person("maria"))
    old = client.get("/items/1?version=1")
    assert [card.rule for card in old.context["shown"].cards] == ["SP101", "CL101"]
    assert not old.context["decides"]
    assert client.get("/items/1").context["shown"].cards == []


def test_what_came_again_says_so_and_shows_what_changed(desk: Desk) -> None:
    """Reopened, why, and both versions side by side; siblings are offered as one filter of the queue."""
    maria = desk.person("maria")
    client = desk.client(maria)
    item = put().item
    decide(item.pk, 1, "approve", maria, desk.now)
    put(text=TEXT.replace("everything", "most things"))
    said = client.get("/items/1").content.decode()
    assert "Reopened, it was decided before" in said
    assert "its text changed" in said
    changed = client.get("/items/1/compare?before=1")
    (row,) = (row for row in changed.context["rows"] if row.kind == "changed")
    assert [bit.text for bit in row.left if bit.changed] == ["everything"]
    assert [bit.text for bit in row.right if bit.changed] == ["most things"]
    for source in ("a", "b"):
        put(source, text="A trial of 312 people by the Tolverne Sleep Study, led by Marian Oakes.", blocks=())
    assert client.get("/items/2/compare").context["cluster"] == "2,3"
    assert len(client.get("/?ids=2,3&state=all").context["items"]) == 2


def test_everything_of_a_page_is_text(desk: Desk) -> None:
    """Markup in every field of an assessment stands on the page escaped, and in no address that can be followed."""
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    page = assessment(title=bad)
    evidence = tuple(
        type(e)(
            **{f: getattr(e, f) for f in e.__struct_fields__} | {"message": bad, "suggestions": (bad,), "name": bad}
        )
        for e in page.evidence
    )
    put(f"javascript:{bad}", title=bad, reasons=(bad,), evidence=evidence, language=bad[:16], notes=(bad,))
    client = desk.client(desk.person("cleo", "chief editor"))
    client.post("/items/1/note", {"note": bad})
    client.post("/views", {"name": bad[:60], "query": f"q={bad}"})
    for path in (
        "/",
        "/?q=" + bad,
        "/items/1",
        "/items/1?text=source",
        "/items/1/compare",
        "/items/1/letter",
        "/bulk",
        "/keys",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        said = answer.content.decode()
        assert "<script>alert" not in said, path
        assert "<img" not in said, path
        assert 'href="javascript:' not in said, path
        assert answer["Content-Security-Policy"] == POLICY


def test_logging_in_is_limited(desk: Desk) -> None:
    """After five wrong passwords even the right one gets 429; nobody sees anything without logging in."""
    desk.person("maria")
    client = Client()
    assert client.get("/items/1")["Location"] == "/login?next=/items/1"
    for _ in range(5):
        assert client.post("/login", {"username": "maria", "password": "wrong"}).status_code == 200
    assert client.post("/login", {"username": "maria", "password": PASSWORD}).status_code == 429
    assert client.post("/login", {"username": "Maria", "password": PASSWORD}).status_code == 429
    assert client.get("/").status_code == 302


def test_views_are_saved_and_shared(desk: Desk) -> None:
    """A filter under a name is a link for everybody whom it is shared with; nothing but a filter is kept."""
    maria, jo = desk.client(desk.person("maria")), desk.client(desk.person("jo"))
    answer = maria.post("/views", {"name": "Spun", "query": "score=spin&least=0.8&evil=1", "shared": "1"})
    assert answer["Location"] == "/?score=spin&least=0.8"
    assert '<a href="?score=spin&amp;least=0.8"' in jo.get("/").content.decode()
    assert jo.post(f"/views/{SavedView.objects.get().pk}/delete").status_code == 403
    assert maria.post(f"/views/{SavedView.objects.get().pk}/delete").status_code == 302


def test_the_page_of_the_queue(desk: Desk) -> None:
    """Fifty items, the way to the next fifty, and counts of all."""
    for number in range(53):
        put(f"p/{number}")
    client = desk.client(desk.person("rita", "reader"))
    first = client.get("/")
    assert (len(first.context["items"]), first.context["counts"]["all"]) == (50, 53)
    second = client.get(f"/?after={first.context['next']}")
    assert len(second.context["items"]) == 3
    assert second.context["next"] is None
    shown = {item.pk for page in (first, second) for item, _ in page.context["items"]}
    assert len(shown) == 53
