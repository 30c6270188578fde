"""The thread of the server that works off the outbox."""

from __future__ import annotations

import time

import pytest
from django.db import DatabaseError

from pipeline.desk import courier
from tests.desk.conftest import Desk


def test_it_goes_on_after_an_error_and_ends_when_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away for a moment does not end it."""
    rounds: list[int] = []

    def deliver(_clock: object) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise DatabaseError("away")

    monkeypatch.setattr("pipeline.desk.services.deliver.deliver", deliver)
    monkeypatch.setattr(courier, "EVERY", 0.01)
    thread = courier.Courier()
    thread.start()
    until = time.monotonic() + 10
    while len(rounds) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    thread.stop()
    thread.join(5)
    assert len(rounds) >= 3
    assert not thread.is_alive()
