"""Who may do what at which address: every role at every address, with CSRF and the things of others.

Every address of the resolver must have its rows in `MATRIX`, or the first test fails: a new page cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from pipeline.desk import roles
from pipeline.desk.api.limits import BUCKETS
from pipeline.desk.api.operations import OPERATIONS
from pipeline.desk.models import ApiToken, Event, FindingLabel, Item, Lease, SavedView, SecondOpinion, Webhook
from pipeline.desk.services import lease, saved_views, tokens, webhooks
from pipeline.desk.services.decide import decide
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.label import fingerprints
from tests.desk.api.program import Program
from tests.desk.assessments import assessment, put
from tests.desk.conftest import PASSWORD, Desk

ANYBODY, LOGGED_IN = "anybody", "logged in"


@dataclass
class World:
    """A desk with one thing of each kind, and who looks at it."""

    who: User | None
    other: User
    item: Item
    decided: Item
    view: SavedView
    token: ApiToken
    hook: Webhook


@dataclass(frozen=True)
class Row:
    """One method of one address: the permission it takes, its arguments, what is sent, and what it answers then."""

    name: str
    method: str
    permission: str
    args: Callable[[World], list[Any]] = lambda world: []
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    answers: int = 200

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def item(world: World) -> list[Any]:
    """The open one."""
    return [world.item.pk]


def bulk_ticket(world: World) -> dict[str, Any]:
    """A preview that somebody made who may."""
    from pipeline.desk.services.bulk import preview

    return {"ticket": preview(Filters(), world.other, timezone.now()).ticket, "action": "approve"}


def finding(_world: World) -> dict[str, Any]:
    """The first finding of the item."""
    return {"version": 1, "said": f"right {fingerprints(assessment().evidence)[0]}"}


def somebody_new(_world: World) -> dict[str, Any]:
    """A person as the form gives one."""
    return {"name": f"new{User.objects.count()}", "password": PASSWORD, "role": "reader"}


DECISION = {"version": 1, "action": "approve"}
MATRIX = (
    Row("queue", "GET", roles.READ),
    Row("save-view", "POST", roles.READ, data=lambda w: {"name": "mine", "query": "q=x"}, answers=302),
    Row("delete-view", "POST", roles.READ, lambda w: [own_view(w).pk], answers=302),
    Row("article", "GET", roles.READ, item),
    Row("letter", "GET", roles.READ, item),
    Row("compare", "GET", roles.READ, item),
    Row("decide", "POST", roles.DECIDE, item, lambda w: DECISION, 302),
    Row("undo", "POST", roles.UNDO_ANY, lambda w: [w.decided.pk], answers=302),
    Row("undo-last", "POST", roles.DECIDE, answers=302),
    Row("note", "POST", roles.DECIDE, item, lambda w: {"note": "x"}, 302),
    Row("label", "POST", roles.LABEL, item, finding, 302),
    Row("assign", "POST", roles.ASSIGN, item, lambda w: {"to": w.other.username}, 302),
    Row("lease", "POST", roles.DECIDE, item),
    Row("release", "POST", roles.DECIDE, item, lambda w: {"until": timezone.now().isoformat()}, 204),
    Row("take-over", "POST", roles.TAKE_OVER, item, answers=302),
    Row("bulk", "GET", roles.BULK),
    Row("bulk-decide", "POST", roles.BULK, data=bulk_ticket),
    Row("bulk-undo", "POST", roles.BULK, lambda w: ["0123456789ab"]),
    Row("export", "POST", roles.EXPORT, lambda w: ["csv"]),
    Row("keys", "GET", roles.READ),
    Row("keys", "POST", roles.READ, data=lambda w: {"reset": "1"}, answers=302),
    Row("dashboard", "GET", roles.READ),
    Row("second-opinion", "GET", roles.DECIDE),
    Row("give-second-opinion", "POST", roles.DECIDE, lambda w: [w.decided.pk], lambda w: DECISION, 302),
    Row("people", "GET", roles.MANAGE),
    Row("people", "POST", roles.MANAGE, data=somebody_new, answers=302),
    Row("person-role", "POST", roles.MANAGE, lambda w: [w.other.pk], lambda w: {"role": "reader"}, 302),
    Row("person-active", "POST", roles.MANAGE, lambda w: [w.other.pk], lambda w: {"active": "0"}, 302),
    Row("person-password", "POST", roles.MANAGE, lambda w: [w.other.pk], lambda w: {"password": f"{PASSWORD}s"}, 302),
    Row("tokens", "GET", roles.MANAGE),
    Row("tokens", "POST", roles.MANAGE, data=lambda w: {"person": w.other.username, "name": "x", "days": "1"}),
    Row("token-revoke", "POST", roles.MANAGE, lambda w: [w.token.pk], answers=302),
    Row("webhooks", "GET", roles.MANAGE),
    Row("webhooks", "POST", roles.MANAGE, data=lambda w: {"url": "https://hooks.example/new"}),
    Row("webhook-stop", "POST", roles.MANAGE, lambda w: [w.hook.pk], answers=302),
    Row("login", "GET", ANYBODY),
    Row("login", "POST", ANYBODY, data=lambda w: {"username": "x", "password": "y"}),
    Row("logout", "POST", LOGGED_IN, answers=302),
    Row("api:openapi", "GET", ANYBODY),
    Row("api:nowhere", "GET", ANYBODY, answers=404),
)  # fmt: skip
API = {
    "submit": lambda w: {"source": "x"},  # neither html nor text: understood, permitted, and nothing assessed
    "decide": lambda w: DECISION,
}
ANSWERS = {"submit": 400}
ACTORS = (None, *roles.ROLES)


def own_view(world: World) -> SavedView:
    """A view of whoever asks; nobody's, for nobody."""
    return saved_views.save(world.who, "own", Filters(q="x")) if world.who else world.view


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Webhooks may go somewhere, all decided items are asked about, no limit is used up."""
    from django.conf import settings

    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", ["hooks.example"])
    monkeypatch.setattr(settings, "DESK_SECOND_OPINION", 1.0)
    BUCKETS.clear()
    yield
    BUCKETS.clear()


def world_of(desk: Desk, role: str | None) -> World:
    """A desk as somebody of this role finds it; `other` is an administrator, whose things the others are."""
    number, now = User.objects.count(), timezone.now()
    other = desk.person(f"other{number}", "administrator")
    open_item, decided = put(f"pages/open{number}.txt").item, put(f"pages/decided{number}.txt").item
    decide(decided.pk, 1, "reject", other, now)
    return World(
        who=desk.person(f"who{number}", role) if role else None,
        other=other,
        item=open_item,
        decided=decided,
        view=saved_views.save(other, "theirs", Filters(q="x")),
        token=tokens.create(other, "theirs", now, who=None)[0],
        hook=webhooks.add(f"https://hooks.example/{number}", now, who=None),
    )


def may(role: str | None, permission: str) -> bool:
    """What the table of roles says."""
    if permission == ANYBODY:
        return True
    return role is not None and (permission == LOGGED_IN or permission in roles.permissions(role))


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """The names of all addresses."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name}"


def address(row: Row, world: World) -> str:
    """Where the row asks."""
    return "/api/v1/no/such/thing" if row.name == "api:nowhere" else reverse(row.name, args=row.args(world))


def test_every_address_is_in_the_matrix() -> None:
    """An address that nobody thought about is a failure here, not a surprise later."""
    known = {row.name for row in MATRIX} | {f"api:{o.name}" for o in OPERATIONS} | {"api:submit-list"}
    there = set(addresses(get_resolver().url_patterns))
    assert there - known == set()
    assert {row.name for row in MATRIX} - there == set()


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_each_role_at_each_page(desk: Desk, row: Row) -> None:
    """What the role permits is done; else 403, or the log-in for nobody; and then nothing has happened."""
    for role in ACTORS:
        world = world_of(desk, role)
        client = desk.client(world.who) if world.who else Client()
        where, data, before = address(row, world), row.data(world), happened()
        answer = client.generic("GET", where) if row.method == "GET" else client.post(where, data)
        if may(role, row.permission):
            expected = 302 if row.name == "login" and role else row.answers  # who is in, is sent on
            assert answer.status_code == expected, (role, answer.content[-600:])
            continue
        assert answer.status_code == (302 if role is None else 403), role
        assert role is not None or answer["Location"].startswith("/login")
        assert happened() == before, role


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("row", [row for row in MATRIX if row.method == "POST"], ids=str)
def test_no_post_without_the_token_against_forgery(desk: Desk, row: Row) -> None:
    """Another site can make a browser post; it cannot make it post the token. And nothing changes by GET."""
    world = world_of(desk, "administrator")
    assert world.who is not None
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.who)
    where, data, before = address(row, world), row.data(world), happened()
    assert browser.post(where, data).status_code == 403
    foreign = browser.post(where, data, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.get(where, data).status_code in (200, 405, 302)
    assert happened() == before


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_each_role_at_each_operation(desk: Desk, operation: Any) -> None:
    """By token: what the role permits. By session, whoever it is: nothing."""
    for role in ACTORS:
        world = world_of(desk, role)
        decided = world.decided if operation.name == "undo" else world.item
        path = operation.path.replace("<int:item_id>", str(decided.pk))
        body, before = API.get(operation.name, lambda w: None)(world), happened()
        session = desk.client(world.who) if world.who else Client()
        by_session = session.generic(operation.method, f"/api/v1/{path}", b"{}", content_type="application/json")
        assert by_session.status_code == 401
        program = Program.of(world.who) if world.who else Program(None)
        asked_before = happened()
        answer = program.post(path, body) if operation.method == "POST" else program.get(path)
        # An editor may undo, but these decisions are somebody else's.
        permission = roles.UNDO_ANY if operation.name == "undo" else operation.permission
        if may(role, permission):
            assert answer.status_code == ANSWERS.get(operation.name, 200), (role, answer.content)
        else:
            assert answer.status_code == (401 if role is None else 403), role
            assert happened() == (asked_before if role else before)


def test_the_things_of_others(desk: Desk) -> None:
    """By changing a number in an address nobody gets at what is somebody else's."""
    world = world_of(desk, "editor")
    assert world.who is not None
    browser, editor = desk.client(world.who), world.who
    assert browser.post(reverse("delete-view", args=[world.view.pk])).status_code == 403
    assert browser.post(reverse("undo", args=[world.decided.pk])).status_code == 403
    assert browser.post(reverse("undo-last")).status_code == 302
    held = lease.take(world.item.pk, world.other, timezone.now())
    browser.post(reverse("release", args=[world.item.pk]), {"until": held.until.isoformat()})
    assert Lease.objects.get().holder == world.other
    assert browser.post(reverse("decide", args=[world.item.pk]), DECISION).status_code == 409
    assert browser.post(reverse("assign", args=[world.item.pk]), {"to": world.other.username}).status_code == 403
    theirs = saved_views.save(world.other, "secret", Filters(q="unannounced"))
    assert b"unannounced" not in browser.get(reverse("queue")).content
    assert SavedView.objects.filter(pk=theirs.pk).exists()
    assert not Event.objects.filter(actor=editor).exists()
    for name in ("article", "letter", "compare"):
        assert browser.get(reverse(name, args=[10**18])).status_code == 404


def happened() -> list[Any]:
    """All that an address could have changed."""
    people = list(User.objects.order_by("pk").values_list("pk", "is_active", "password", "is_superuser"))
    counted = [kind.objects.count() for kind in (Event, FindingLabel, SavedView, SecondOpinion, Lease)]
    standing = [ApiToken.objects.filter(revoked_at=None).count(), Webhook.objects.filter(stopped_at=None).count()]
    return [people, list(Item.objects.order_by("pk").values_list("pk", "state", "revision")), *counted, *standing]
