"""Webhooks: told of every decision, signed, tried again, and sent nowhere else."""

from __future__ import annotations

import base64
import hmac
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme
from django.conf import settings

from pipeline.desk.errors import Invalid, NotAllowed
from pipeline.desk.models import Delivery, Event, Webhook
from pipeline.desk.services import destination, webhooks
from pipeline.desk.services.decide import decide
from pipeline.desk.services.deliver import BACKOFF, CLAIM, JITTER, deliver, send
from pipeline.desk.services.destination import Destination, Unreachable
from pipeline.desk.services.undo import undo
from tests.desk.assessments import put
from tests.desk.conftest import Desk

URL = "https://hooks.example/in"
WHERE = Destination("hooks.example", 443, "/in")


@pytest.fixture(autouse=True)
def hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator allows."""
    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", ["hooks.example", "slow.example"])


class Receiver:
    """Takes what is sent, and answers as told."""

    def __init__(self, *statuses: int | None) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[Destination, bytes, dict[str, str]]] = []

    def __call__(self, where: Destination, body: bytes, headers: dict[str, str]) -> int:
        """The next answer, 200 when there is none left; None is no answer."""
        self.got.append((where, body, headers))
        status = self.statuses.pop(0) if self.statuses else 200
        if status is None:
            raise Unreachable("it does not answer")
        return status


def decided(desk: Desk, source: str = "pages/sleep.txt") -> Event:
    """Something that webhooks are told of."""
    name = f"maria{Event.objects.count()}"
    return decide(put(source).item.pk, 1, "reject", desk.person(name), desk.now, reasons=["spun"], note="for us only")


def test_a_decision_is_told_and_signed(desk: Desk) -> None:
    """A receiver that knows the secret can check id, time and body, as Standard Webhooks has it."""
    hook = webhooks.add(URL, desk.now, who=None)
    event, receiver = decided(desk), Receiver()
    assert deliver(lambda: desk.now, send=receiver) == {"delivered": 1}
    ((where, body, headers),) = receiver.got
    assert where == WHERE
    said = json.loads(body)
    assert (said["type"], said["data"]["did"], said["data"]["reasons"]) == ("item.decided", "reject", ["spun"])
    assert "for us only" not in body.decode()
    key = base64.b64decode(webhooks.secret_of(hook).removeprefix("whsec_"))
    content = f"event-{event.pk}.{int(desk.now.timestamp())}.".encode() + body
    right = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{right}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == tuple(content.decode().split(".")[:2])
    assert deliver(lambda: desk.later(days=9), send=receiver) == {}


def test_what_is_told(desk: Desk) -> None:
    """Decisions and their undoing; not that somebody skipped, and nothing from before the webhook was there."""
    first = decided(desk)
    webhooks.add(URL, desk.now, who=None)
    assert first.actor is not None
    assert first.item_id is not None
    undo(first.item_id, first.actor, desk.now)
    decide(put("other").item.pk, 1, "skip", first.actor, desk.now)
    assert [d.event.kind for d in Delivery.objects.all()] == ["undo"]
    assert json.loads(webhooks.message(Delivery.objects.get().event))["type"] == "item.undone"


def test_what_fails_is_tried_later_and_later_and_then_given_up(desk: Desk) -> None:
    """Errors, redirects and silence alike; the id stays, the signature is of the time of the attempt."""
    webhooks.add(URL, desk.now, who=None)
    decided(desk)
    receiver = Receiver(500, 302, None, *[503] * 20)
    for attempt, wait in enumerate(BACKOFF, 1):
        assert deliver(lambda: desk.now, send=receiver) == {"put off": 1}
        row = Delivery.objects.get()
        assert row.next_at is not None
        assert row.attempts == attempt
        assert wait * (1 - JITTER) <= (row.next_at - desk.now).total_seconds() <= wait * (1 + JITTER)
        assert deliver(lambda at=row.next_at: at - timedelta(seconds=1), send=receiver) == {}  # type: ignore[misc]
        desk.now = row.next_at
    assert deliver(lambda: desk.now, send=receiver) == {"given up": 1}
    assert (Delivery.objects.get().next_at, Delivery.objects.get().status) == (None, 503)
    assert len({headers["webhook-id"] for *_, headers in receiver.got}) == 1
    assert len({headers["webhook-signature"] for *_, headers in receiver.got}) == len(BACKOFF) + 1


def test_a_receiver_that_is_gone_is_told_nothing_more(desk: Desk) -> None:
    """410: the webhook is stopped, with all that waits for it, and the log says why."""
    webhooks.add(URL, desk.now, who=None)
    decided(desk)
    decided(desk, "other")
    assert deliver(lambda: desk.now, send=Receiver(410)) == {"given up": 1}
    assert Webhook.objects.get().stopped_at == desk.now
    assert not Delivery.objects.filter(next_at__isnull=False).exists()
    assert "gone" in Event.objects.filter(kind=Event.Kind.ADMIN).latest("pk").data["why"]


def test_one_receiver_that_is_down_does_not_hold_up_the_others(desk: Desk) -> None:
    """After a failure, a round sends nothing more to it."""
    webhooks.add("https://slow.example/", desk.now, who=None)
    webhooks.add(URL, desk.now, who=None)
    for number in range(3):
        decided(desk, f"pages/{number}")
    asked: list[str] = []

    def one_down(where: Destination, body: bytes, headers: dict[str, str]) -> int:
        asked.append(where.host)
        return 500 if where.host == "slow.example" else 200

    assert deliver(lambda: desk.now, send=one_down) == {"delivered": 3, "put off": 1}
    assert asked.count("slow.example") == 1


def test_a_worker_that_dies_has_put_the_attempt_off(desk: Desk) -> None:
    """Nothing is lost, and nothing is sent twice at the same moment."""
    webhooks.add(URL, desk.now, who=None)
    decided(desk)

    def dies(where: Destination, body: bytes, headers: dict[str, str]) -> int:
        assert deliver(lambda: desk.now, send=Receiver()) == {}  # a second worker finds nothing to do
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(lambda: desk.now, send=dies)
    desk.now += CLAIM
    assert deliver(lambda: desk.now, send=Receiver()) == {"delivered": 1}


def test_a_host_that_is_no_longer_allowed_is_not_sent_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is the operator's, and holds at the moment of sending."""
    webhooks.add(URL, desk.now, who=None)
    decided(desk)
    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", [])
    receiver = Receiver()
    assert deliver(lambda: desk.now, send=receiver) == {"put off": 1}
    assert receiver.got == []
    assert "UNSPUN_DESK_WEBHOOK_HOSTS" in Delivery.objects.get().error


def test_who_may_add_and_stop(desk: Desk) -> None:
    """Administrators, within the operator's list, and the log says so."""
    root, chief = desk.person("root", "administrator"), desk.person("cleo", "chief editor")
    with pytest.raises(NotAllowed):
        webhooks.add(URL, desk.now, who=chief)
    with pytest.raises(Invalid, match="operator"):
        webhooks.add("https://evil.example/", desk.now, who=root)
    hook = webhooks.add(URL, desk.now, who=root)
    with pytest.raises(Invalid, match="already"):
        webhooks.add(URL, desk.now, who=root)
    with pytest.raises(NotAllowed):
        webhooks.stop(hook.pk, desk.now, who=chief)
    webhooks.stop(hook.pk, desk.now, who=root)
    with pytest.raises(Invalid, match="already"):
        webhooks.stop(hook.pk, desk.now, who=root)
    assert [e.data["did"] for e in Event.objects.filter(actor=root)] == ["added a webhook", "stopped a webhook"]


class Server:
    """An HTTPS server on this machine, with certificates of an authority made for the test."""

    def __init__(self) -> None:
        authority = trustme.CA()
        self.trusting = ssl.create_default_context()
        authority.configure_trust(self.trusting)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("hooks.example").configure_cert(context)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append((self.path, dict(self.headers), body))
                self.send_response(302 if self.path == "/redirect" else 204)
                if self.path == "/redirect":
                    self.send_header("Location", "/in")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.port = self.http.server_port
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Reached under every name; for these tests alone, its address counts as one of the open internet."""
    made, resolve = Server(), socket.getaddrinfo
    monkeypatch.setattr(destination, "is_public", lambda address: str(address) == "127.0.0.1")
    monkeypatch.setattr(destination.socket, "getaddrinfo", lambda _host, *rest, **kw: resolve("127.0.0.1", *rest, **kw))
    yield made
    made.http.shutdown()
    made.http.server_close()


def test_over_the_wire(server: Server) -> None:
    """The body and headers arrive under the host's name; a redirect is an answer like another, and not followed."""
    assert send(Destination("hooks.example", server.port, "/in"), b"{}", {"webhook-id": "x"}, server.trusting) == 204
    assert send(Destination("hooks.example", server.port, "/redirect"), b"{}", {}, server.trusting) == 302
    (path, headers, body), (redirected, *_) = server.asked
    assert (path, headers["Host"], headers["webhook-id"], body) == ("/in", f"hooks.example:{server.port}", "x", b"{}")
    assert redirected == "/redirect"


def test_the_certificate_must_be_the_hosts(server: Server) -> None:
    """Neither another name nor an authority that nobody knows; nothing was sent."""
    for host, context in (("slow.example", server.trusting), ("hooks.example", None)):
        with pytest.raises(Unreachable, match="certificate"):
            send(Destination(host, server.port, "/in"), b"{}", {}, context)
    assert server.asked == []


def test_a_receiver_that_drips_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt ends in its time, however slowly the answer comes."""
    import time

    monkeypatch.setattr("pipeline.desk.services.deliver.SECONDS", 0.5)
    monkeypatch.setattr(server.http.RequestHandlerClass, "do_POST", lambda _self: time.sleep(2))
    started = datetime.now()
    with pytest.raises(Unreachable):
        send(Destination("hooks.example", server.port, "/in"), b"{}", {}, server.trusting)
    assert (datetime.now() - started).total_seconds() < 1.5
