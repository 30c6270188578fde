"""Work off the outbox: one attempt for what is due, then later and later, then given up.

Two workers can run at once: an attempt belongs to whoever counted it, by one conditional update. One that dies in the
middle of an attempt has only put it off.
"""

from __future__ import annotations

import random
import ssl
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer

from pipeline import __version__
from pipeline.desk.errors import Invalid
from pipeline.desk.models import Delivery
from pipeline.desk.services import destination, webhooks
from pipeline.desk.services.destination import Destination, Unreachable

BACKOFF = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds to the next attempt after the first, second, …: as Standard Webhooks recommends; three days."""
JITTER = 0.1
CLAIM = timedelta(minutes=2)
SECONDS = 10.0
"""An attempt in all, whatever the receiver does."""
GONE = 410

Send = Callable[[Destination, bytes, dict[str, str]], int]


class CheckedConnection(HTTPSConnection):
    """HTTPS to an address that was checked; the certificate must be the host's."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=destination.CONNECT_SECONDS, context=context)
        self.checked = context

    def connect(self) -> None:
        """Never by name: `destination.connect` resolves and checks."""
        plain = destination.connect(self.host, self.port)
        self.sock = self.checked.wrap_socket(plain, server_hostname=self.host)


def send(where: Destination, body: bytes, headers: dict[str, str], context: ssl.SSLContext | None = None) -> int:
    """One attempt; gives the status. Follows no redirect, asks no proxy, reads nothing of the answer's body.

    Raises Unreachable.
    """
    connection = CheckedConnection(where.host, where.port, context or ssl.create_default_context())
    deadline = Timer(SECONDS, _cut, (connection,))
    deadline.daemon = True
    deadline.start()
    try:
        connection.request("POST", where.path, body, headers)
        return connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from None
    finally:
        deadline.cancel()
        connection.close()


def deliver(clock: Callable[[], datetime], *, most: int = 1_000, send: Send = send) -> Counter[str]:
    """Try what is due, up to `most`, each once; gives how many were delivered, put off and given up.

    After a failure the other messages to the same webhook wait for the next round: a receiver that is down must not
    hold up the others.
    """
    done: Counter[str] = Counter()
    failing: set[int] = set()
    while sum(done.values()) < most and (delivery := _claim(clock(), failing)):
        outcome = _attempt(delivery, clock, send)
        done[outcome] += 1
        if outcome != "delivered":
            failing.add(delivery.webhook_id)
    return done


def _claim(now: datetime, failing: set[int]) -> Delivery | None:
    """The next that is due, its attempt counted; None where nothing is."""
    while True:
        due = Delivery.objects.filter(next_at__lte=now).exclude(webhook__in=failing).order_by("next_at", "pk").first()
        if due is None:
            return None
        mine = Delivery.objects.filter(pk=due.pk, attempts=due.attempts, next_at=due.next_at)
        if mine.update(attempts=due.attempts + 1, next_at=now + CLAIM):
            related = ("webhook", "event__actor", "event__item", "event__version")
            return Delivery.objects.select_related(*related).get(pk=due.pk)


def _attempt(delivery: Delivery, clock: Callable[[], datetime], send: Send) -> str:
    """Send one, and write down what came of it."""
    hook, event, status, error = delivery.webhook, delivery.event, None, ""
    body = webhooks.message(event)
    headers = {"Content-Type": "application/json", "User-Agent": f"unspun/{__version__}", "Connection": "close"}
    try:
        status = send(Destination.of(hook.url), body, headers | webhooks.signed(hook, event, body, clock()))
    except (Unreachable, Invalid) as why:
        error = str(why)
    now = clock()
    columns: dict[str, object] = {"status": status, "error": error[:300]}
    if status is not None and 200 <= status < 300:
        outcome, columns = "delivered", columns | {"delivered_at": now, "next_at": None}
    elif status == GONE or delivery.attempts > len(BACKOFF):
        outcome, columns = "given up", columns | {"next_at": None}
    else:
        wait = BACKOFF[delivery.attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)
        outcome, columns = "put off", columns | {"next_at": now + timedelta(seconds=wait)}
    Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(**columns)
    if status == GONE:
        with suppress(Invalid):  # somebody stopped it in the meantime
            webhooks.stop(hook.pk, now, who=None, why="the receiver says that it is gone")
    return outcome


def _cut(connection: HTTPSConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)
