"""The desk behind a proxy that speaks HTTPS."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from pipeline.desk.models import LoginFailure
from tests.desk.conftest import Desk
from tests.desk.served import serving

FORWARDED = {"Host": "desk.example", "X-Forwarded-Proto": "https", "Origin": "https://desk.example"}


def ask(address: str, method: str, headers: dict[str, str], **form: str) -> tuple[HTTPResponse, str]:
    """One request as the proxy hands it on, and what came back."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=30)
    sent = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    connection.request(method, "/login", urlencode(form) if form else None, FORWARDED | headers | sent)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_callers_keep_their_addresses_and_cookies_are_for_https_only(desk: Desk) -> None:
    """A guesser does not lock out everybody behind the same proxy; a cookie never travels in the clear."""
    with serving(desk, UNSPUN_DESK_HTTPS="1", UNSPUN_DESK_HOSTS="desk.example") as address:
        page, text = ask(address, "GET", {})
        cookie = page.headers["Set-Cookie"]
        assert page.status == 200
        assert "; Secure" in cookie
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[0]
        form = {"csrfmiddlewaretoken": token, "username": "maria", "password": "wrong"}
        cookies = {"Cookie": cookie.split(";")[0]}
        assert ask(address, "POST", cookies | {"X-Forwarded-For": "198.51.100.7"}, **form)[0].status == 200
    with serving(desk) as address:
        ask(address, "POST", {"X-Forwarded-For": "203.0.113.9", "Host": "localhost"}, **form)
    keys = set(LoginFailure.objects.values_list("key", flat=True))
    assert "address:198.51.100.7" in keys
    assert not any("203.0.113.9" in key for key in keys), "without a proxy nobody is believed"
