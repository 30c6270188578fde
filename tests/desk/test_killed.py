"""The server is killed in the middle of deciding."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from itertools import islice
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db.models import Max

from pipeline.desk import home as home_folder
from pipeline.desk.models import Event, Item, Lease
from pipeline.desk.models.event import DECISIONS
from tests.desk.assessments import put
from tests.desk.conftest import Desk
from tests.desk.served import ROOT, environment

pytestmark = pytest.mark.slow
KILLS = 50
EDITORS, EACH = 3, 6


class Editor(threading.Thread):
    """Decides items over HTTP one after the other, and remembers what was acknowledged."""

    def __init__(self, port: int, cookie: str, items: list[int], first: threading.Event) -> None:
        super().__init__()
        self.first = first
        self.port, self.cookie, self.items = port, cookie, items
        self.acknowledged: list[int] = []

    def run(self) -> None:
        """Until the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        token = "a" * 32
        headers = {
            "Cookie": f"sessionid={self.cookie}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            for item in self.items:
                body = urlencode({"csrfmiddlewaretoken": token, "version": 1, "action": "reject", "reason": "spun"})
                connection.request("POST", f"/items/{item}/decide", body, headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 302, answer.status
                self.acknowledged.append(item)
                self.first.set()
        except (OSError, http.client.HTTPException):
            return


def test_no_acknowledged_decision_is_lost_and_none_is_half_written(desk: Desk) -> None:
    """Killed 50 times (SIGKILL) while three editors decide: what was acknowledged is there, whole; what was not is
    either whole or not there at all, and the item is still open."""
    home_folder.make(desk.folder)
    put_all = [
        put(f"pages/{number}.txt", blocks=(), evidence=(), claims=()).item.pk
        for number in range(KILLS * EDITORS * EACH)
    ]
    people = [desk.person(f"editor{number}") for number in range(EDITORS)]
    key = home_folder.secret_key(desk.folder)
    django_settings.SECRET_KEY, before = key, django_settings.SECRET_KEY  # sessions that the server takes for its own
    cookies = [desk.client(person).cookies["sessionid"].value for person in people]
    django_settings.SECRET_KEY = before
    pool, chance, acknowledged, killed_early = iter(put_all), random.Random(7), set[int](), 0
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.desk.crashing"],
        cwd=ROOT, env=environment(desk) | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdin is not None
    assert parent.stdout is not None
    try:
        for _ in range(KILLS):
            parent.stdin.write("\n")
            parent.stdin.flush()
            pid, port = map(int, parent.stdout.readline().split())
            first = threading.Event()
            editors = [Editor(port, cookie, list(islice(pool, EACH)), first) for cookie in cookies]
            for editor in editors:
                editor.start()
            first.wait(30)
            time.sleep(chance.uniform(0.0, 0.06))  # a decision takes some 10 ms, more where the machine is busy
            os.kill(pid, signal.SIGKILL)
            for editor in editors:
                editor.join()
                acknowledged.update(editor.acknowledged)
                killed_early += len(editor.acknowledged) < len(editor.items)
    finally:
        parent.stdin.close()
        parent.wait(10)
        parent.stdout.close()
    assert killed_early > KILLS / 2, "the kill must come in the middle"
    assert len(acknowledged) > KILLS / 2, "some must have been decided"
    assert set(Item.objects.filter(pk__in=acknowledged, state="rejected").values_list("pk", flat=True)) == acknowledged
    decided = dict(Event.objects.filter(kind__in=DECISIONS).values_list("item", "reasons"))
    for item in Item.objects.annotate(last=Max("events__number")):
        assert item.revision == item.last
        assert (item.pk in decided) == (item.state == "rejected") == (item.decided_by_id is not None)
        assert decided.get(item.pk, ["spun"]) == ["spun"]
    assert Event.objects.filter(kind__in=DECISIONS).count() == len(decided)
    assert not Lease.objects.filter(item__in=decided).exists()
