"""Who gets in, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pipeline.desk.api.limits import PER_MINUTE, Buckets, TooMany
from pipeline.desk.errors import Invalid, NotAllowed
from pipeline.desk.models import ApiToken, Event
from pipeline.desk.services import people, tokens
from tests.desk.api.program import Program
from tests.desk.assessments import put
from tests.desk.conftest import Desk


def test_only_a_standing_token_opens(desk: Desk) -> None:
    """Not none, not a wrong one, not one past its end, not a revoked one, not one of somebody who was let out."""
    root, maria, now = desk.person("root", "administrator"), desk.person("maria"), timezone.now()
    put()

    def status(token: str | None) -> int:
        return Program(token).get("items").status_code

    assert [status(wrong) for wrong in (None, "", "unspun_wrong", "x" * 5000, "\udcff")] == [401] * 5
    _kept, old = tokens.create(maria, "old", now - timedelta(days=91), who=None)
    assert status(old) == 401
    kept, token = tokens.create(maria, "new", now, who=root)
    assert status(token) == 200
    tokens.revoke(kept.pk, now, who=root)
    assert status(token) == 401
    with pytest.raises(Invalid, match="already"):
        tokens.revoke(kept.pk, now, who=root)
    _kept, another = tokens.create(maria, "another", now, who=root)
    people.set_active(maria.pk, False, root, now)
    assert status(another) == 401
    people.set_active(maria.pk, True, root, now)
    assert status(another) == 401


def test_a_token_is_kept_hashed_and_its_making_logged(desk: Desk) -> None:
    """Its words are in no column of any row; the log knows who made it for whom."""
    root, maria = desk.person("root", "administrator"), desk.person("maria")
    made, token = tokens.create(maria, "cms", timezone.now(), who=root)
    row = ApiToken.objects.filter(pk=made.pk).values().get()
    assert token not in str(row)
    assert len(token) > 45
    event = Event.objects.get(kind=Event.Kind.ADMIN)
    assert (event.actor, event.data["person"], event.data["token"]) == (root, "maria", made.prefix)
    assert token not in str(event.data)
    with pytest.raises(NotAllowed):
        tokens.create(root, "mine", timezone.now(), who=maria)


def test_a_session_does_not_open_the_api(desk: Desk) -> None:
    """A page that makes a browser post here gets nothing, whoever is logged in."""
    item, maria = put().item, desk.person("maria")
    browser = desk.client(maria)
    body = {"version": 1, "action": "approve"}
    assert browser.post(f"/api/v1/items/{item.pk}/decision", body, content_type="application/json").status_code == 401
    assert browser.get("/api/v1/items").status_code == 401


def test_a_token_does_not_open_the_pages(desk: Desk) -> None:
    """It is for the API: with it, no page and no administration."""
    _kept, token = tokens.create(desk.person("root", "administrator"), "x", timezone.now(), who=None)
    assert Client(headers={"Authorization": f"Bearer {token}"}).get("/").status_code == 302


def test_too_often_is_refused_until_the_bucket_fills_again() -> None:
    """A minute's worth at once, then evenly; others are not touched."""
    buckets = Buckets({"read": 60})
    for _ in range(60):
        buckets.spend("read", "a", now=0)
    with pytest.raises(TooMany) as refused:
        buckets.spend("read", "a", now=0.5)
    assert refused.value.seconds == 1
    buckets.spend("read", "b", now=0.5)
    buckets.spend("read", "a", now=1.5)


def test_limits_say_when_to_come_back(desk: Desk) -> None:
    """429 with Retry-After; wrong tokens are limited by address, and do not lock out who has a right one."""
    program = Program.of(desk.person("maria"))
    for _ in range(PER_MINUTE["submit"]):
        assert program.post("items", {}).status_code == 400
    refused = program.post("items", {})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60 / PER_MINUTE["submit"]
    wrong = [Program("unspun_wrong").get("items").status_code for _ in range(PER_MINUTE["refused"] + 1)]
    assert wrong[-2:] == [401, 429]
    assert program.get("items").status_code == 200


def test_other_methods_and_addresses_are_problems(desk: Desk) -> None:
    """JSON for programs, not the log-in page."""
    program = Program.of(desk.person("maria"))
    wrong = program.client.delete("/api/v1/items", headers=program.headers)
    assert (wrong.status_code, wrong["Allow"]) == (405, "POST, GET")
    assert program.get("nothing/here").json()["status"] == 404
