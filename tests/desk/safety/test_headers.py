"""What every answer carries, whatever it is."""

from __future__ import annotations

import re
import urllib.request
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pipeline.desk import config
from tests.desk.assessments import put
from tests.desk.conftest import Desk
from tests.desk.safety.test_matrix import MATRIX, Row, address, configured, world_of
from tests.desk.served import serving

__all__ = ["configured"]
WORDS = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip


def check(answer: object) -> None:
    """The policy, and nothing weaker beside it."""
    headers = answer.headers  # type: ignore[attr-defined]
    assert set(headers["Content-Security-Policy"].split("; ")) == WORDS
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_every_address_answers_under_the_policy(desk: Desk, row: Row) -> None:
    """Pages, refusals, redirects, files; for an administrator and for nobody; no inline style, no inline script."""
    world = world_of(desk, "administrator")
    assert world.who is not None
    for client in (desk.client(world.who), Client()):
        where, data = address(row, world), row.data(world)
        answer = client.post(where, data) if row.method == "POST" else client.get(where)
        check(answer)
        if answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            assert not re.search(r"<[^>]*\s(?:style|on\w+)\s*=", page)
            assert "<style" not in page
            assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_errors_and_files_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not found, a foreign host, a defect of ours, a style sheet: none of them goes without."""
    browser = desk.client(desk.person("maria"))
    browser.raise_request_exception = False
    for answer in (browser.get("/nothing"), browser.get("/", headers={"Host": "evil.example"})):
        assert answer.status_code in (404, 400)
        check(answer)
    style = browser.get("/static/desk/desk.css")
    assert style.status_code == 200
    check(style)
    monkeypatch.setattr("pipeline.desk.views.queue.by_verdict", lambda _: 1 / 0)
    broken = browser.get("/")
    assert broken.status_code == 500
    assert b"ZeroDivision" not in broken.content
    check(broken)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(desk: Desk) -> None:
    """HttpOnly and SameSite; Secure as soon as the operator says that HTTPS is there."""
    desk.person("maria")
    browser = Client()
    browser.get("/login")
    browser.post("/login", {"username": "maria", "password": "correct horse battery"})
    assert {"sessionid", "csrftoken"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        if cookie.key in ("sessionid", "csrftoken"):
            assert cookie["httponly"]
            assert cookie["samesite"] in ("Lax", "Strict")


def test_https_makes_cookies_secure(monkeypatch: pytest.MonkeyPatch) -> None:
    """One variable, both cookies, and HTTPS from then on."""
    monkeypatch.setenv("UNSPUN_DESK_HTTPS", "1")
    made = config.settings("k" * 60, {})
    assert made["SESSION_COOKIE_SECURE"]
    assert made["CSRF_COOKIE_SECURE"]
    assert made["SECURE_HSTS_SECONDS"] >= 86_400 * 30
    monkeypatch.delenv("UNSPUN_DESK_HTTPS")
    assert not config.settings("k" * 60, {})["SESSION_COOKIE_SECURE"]


def test_what_a_proxy_says_is_believed_where_the_operator_names_one(desk: Desk) -> None:
    """Over a socket, as behind a proxy: browsers are told to stay with HTTPS, and the cookie goes over nothing else.
    Where no proxy is named, what a client says about it is not believed."""
    said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}

    def headers(address: str) -> Any:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/login", headers=said)) as answer:
            return answer.headers

    with serving(desk, UNSPUN_DESK_HTTPS="1") as address:
        assert headers(address)["Strict-Transport-Security"] == "max-age=31536000"
        assert "Secure" in headers(address)["Set-Cookie"]
    with serving(desk) as address:
        assert headers(address)["Strict-Transport-Security"] is None


def test_logging_in_changes_the_session(desk: Desk) -> None:
    """A session that somebody planted is not the one that is logged in."""
    desk.person("maria")
    browser = Client()
    browser.get("/login")
    browser.cookies["sessionid"] = "planted0planted0planted0planted0"
    browser.post("/login", {"username": "maria", "password": "correct horse battery"})
    assert browser.cookies["sessionid"].value != "planted0planted0planted0planted0"


def test_the_next_page_after_logging_in_is_one_of_ours(desk: Desk) -> None:
    """Not a phisher's copy of the log-in."""
    desk.person("maria")
    for foreign in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        given = {"username": "maria", "password": "correct horse battery", "next": foreign}
        assert Client().post("/login", given)["Location"] == "/"


def test_guessing_is_stopped(desk: Desk) -> None:
    """After five wrong passwords the right one is refused too, for a while, and the log-in of others is not touched."""
    desk.person("maria")
    jo = desk.person("jo")
    for _ in range(5):
        Client().post("/login", {"username": "maria", "password": "wrong"})
    assert Client().post("/login", {"username": "maria", "password": "correct horse battery"}).status_code == 429
    assert Client().post("/login", {"username": jo.username, "password": "correct horse battery"}).status_code == 302


def test_a_request_that_is_too_large_is_refused(desk: Desk) -> None:
    """By what it says of itself, before it is read; a note is held to its own limit."""
    browser = desk.client(desk.person("maria"))
    item = put().item
    large = browser.post(reverse("note", args=[item.pk]), {"note": "x" * (config.UPLOAD_BYTES + 1)})
    assert large.status_code in (400, 413)
    many = browser.post(reverse("note", args=[item.pk]), {f"f{n}": "" for n in range(2_100)})
    assert many.status_code == 400
    assert browser.post(reverse("note", args=[item.pk]), {"note": "x" * 4_001}).status_code == 400


@pytest.mark.parametrize(
    "path", [*(f"/?{name}=a%00" for name in ("q", "source", "rule", "assignee", "after")), "/a%00"]
)
def test_no_address_with_a_nul_reaches_the_database(desk: Desk, path: str) -> None:
    """PostgreSQL refuses it with an error that would be ours."""
    browser = desk.client(desk.person("maria"))
    browser.raise_request_exception = False
    assert browser.get(path).status_code in (400, 404, 405)


def test_settings_that_must_not_slip() -> None:
    """No debugging, hosts named, passwords checked."""
    made = config.settings("k" * 60, {})
    assert made["DEBUG"] is False
    assert "*" not in made["ALLOWED_HOSTS"]
    assert len(made["AUTH_PASSWORD_VALIDATORS"]) >= 3
    assert not hasattr(settings, "ADMINS") or not settings.ADMINS
