"""The review desk under load: 100,000 items, milliseconds a page, and the memory of the server.

    python benchmarks/desk.py [--items N] [--rounds N] [--home FOLDER]

Makes a desk in a temporary folder (or in FOLDER, where it is kept and used again), fills it with generated items, and
asks its WSGI application, as the server calls it, for each page many times: another item, word, filter and place every
time. A figure is the time from the request to the last byte of the answer, by the clock; beside it the processor's,
which other work on the machine changes less. The first request of each kind is left out: it loads what is loaded once.
Texts are sentences of the sample pages, shuffled, with made-up numbers; a fifth of the items is decided. Then a server
is started by the command, asked the same way over a socket, and the memory of its process printed.

Targets: every p95 at most 200 ms, the server at most 300 MB. UNSPUN_DATABASE_URL measures PostgreSQL instead of SQLite:
give an empty database.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import msgspec
from desk_items import fill
from rich.console import Console
from rich.table import Table

from pipeline.desk import config, manage
from pipeline.desk import home as home_folder

ROOT = Path(__file__).parents[1]
PASSWORD = "not a secret, a benchmark"
EDITORS = 5
TARGET_MS, TARGET_MB = 200, 300
WORDS = ("garlic", "sleep", "therapy", "compound abuse", "blood pressure", "ketamine", "vitamin", "anxiety", "detox")


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    home = options.home or Path(tempfile.mkdtemp(prefix="unspun-desk-benchmark-"))
    try:
        home_folder.make(home)
        config.start(home)
        manage.migrate()
        from pipeline.desk.models import Item

        if not Item.objects.exists():
            started = time.perf_counter()
            fill(options.items, people(), datetime.now(UTC))
            print(f"{options.items:,} items made in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        times = ask(options.rounds)
        Console(highlight=False).print(table(times, Item.objects.count()))
        server, workers = served(home)
        print(f"server after {len(PAGES) * 20} requests: {server:.0f} MB at most (target {TARGET_MB})")
        print(f"beside it, once a program has submitted a page: {workers:.0f} MB in processes that assess pages")
    finally:
        if options.home is None:
            shutil.rmtree(home, ignore_errors=True)


def people() -> list[Any]:
    """An administrator, and the editors who decide."""
    manage.add_person("root", PASSWORD, "administrator")
    return [manage.add_person(f"editor{n}", PASSWORD, "editor") for n in range(EDITORS)]


def open_item(rng: random.Random) -> int:
    """An open item, somewhere in the queue."""
    from pipeline.desk.models import Item

    last = Item.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return Item.objects.filter(state="open", pk__gte=rng.randrange(1, last)).values_list("pk", flat=True)[0]


def filtered(rng: random.Random) -> str:
    """A filter, somewhere in its pages."""
    return rng.choice((
        f"verdict={rng.choice(('hold', 'review', 'pass'))}",
        f"rule={rng.choice(('SP101', 'CL101', 'LK101', 'odd-synonym', 'call-to-action'))}",
        f"score=spin&least={rng.random():.2f}&most=1",
        f"source=site{rng.randrange(300)}.example",
        f"verdict=hold&rule=SP102&since=2020-01-01&sort={rng.choice(('newest', 'oldest'))}",
        "state=decided&sort=newest",
        f"state=all&after={rng.random() * 3:.6f}_{rng.randrange(1, 10**5)}",
        "assignee=none&state=all&sort=oldest",
    ))  # fmt: skip


PAGES: dict[str, Callable[[random.Random], str]] = {
    "queue": lambda _: "/",
    "queue, further on": lambda rng: f"/?after={rng.random() * 3:.6f}_{rng.randrange(1, 10**5)}",
    "filter": lambda rng: f"/?{filtered(rng)}",
    "search": lambda rng: f"/?q={rng.choice(WORDS).replace(' ', '+')}",
    "search, two words": lambda rng: f"/?q={rng.choice(WORDS).replace(' ', '+')}+{rng.randrange(10**6)}",
    "search and filter": lambda rng: f"/?q={rng.choice(WORDS).replace(' ', '+')}&{filtered(rng)}",
    "article": lambda rng: f"/items/{open_item(rng)}",
    "article as it came": lambda rng: f"/items/{open_item(rng)}?text=source",
    "compare": lambda rng: f"/items/{open_item(rng)}/compare",
    "API: list": lambda rng: f"/api/v1/items?{filtered(rng)}",
    "API: assessment": lambda rng: f"/api/v1/items/{open_item(rng)}/assessment",
    "dashboard, 28 days": lambda _: "/dashboard",
    "dashboard, 90 days": lambda _: "/dashboard?days=90",
}


def ask(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds by the clock and of the processor for each kind of page, through all of the middleware."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    browser, rng = Client(headers=bearer()), random.Random(11)
    browser.force_login(User.objects.get(username="editor0"))
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds + 1):
        for name, path in PAGES.items():
            where = path(rng)
            record(times, name, number, lambda where=where: browser.get(where))
        item = open_item(rng)
        record(times, "lease", number, lambda item=item: browser.post(f"/items/{item}/lease"))
        data = {"version": 1, "action": rng.choice(("approve", "reject")), "reason": ["spun"]}
        record(
            times, "decide and move on", number,
            lambda item=item, data=data: browser.post(f"/items/{item}/decide", data, follow=True),
        )  # fmt: skip
        record(times, "undo", number, lambda item=item: browser.post(f"/items/{item}/undo"))
    return times


def bearer() -> dict[str, str]:
    """The header of a program that acts for an editor."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from pipeline.desk.services import tokens

    editor = User.objects.get(username="editor0")
    return {"Authorization": f"Bearer {tokens.create(editor, 'benchmark', timezone.now(), who=None)[1]}"}


def record(times: dict[str, list[tuple[float, float]]], name: str, number: int, asking: Callable[[], Any]) -> None:
    """Time one request; the first of its kind is not counted."""
    started, worked = time.perf_counter(), time.process_time()
    answer = asking()
    taken = ((time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000)
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{name}: {answer.status_code}")
    if number:
        times.setdefault(name, []).append(taken)


def table(times: dict[str, list[tuple[float, float]]], items: int) -> Table:
    """Percentiles."""
    from django.db import connection

    shown = Table(title=f"{items:,} items, {connection.vendor}: milliseconds")
    shown.add_column("page")
    for head in ("p50", "p95", "worst", "p95 of CPU", "target"):
        shown.add_column(head, justify="right")
    for name, taken in times.items():
        clock, work = sorted(one for one, _ in taken), sorted(one for _, one in taken)
        last = min(len(taken) - 1, int(len(taken) * 0.95))
        met = "met" if clock[last] <= TARGET_MS else "MISSED"
        figures = (clock[len(clock) // 2], clock[last], clock[-1], work[last])
        shown.add_row(name, *(f"{figure:.0f}" for figure in figures), met)
    return shown


def served(home: Path) -> tuple[float, float]:
    """Megabytes that the server's process held at most while it was asked for every page twenty times, and those of
    the processes that it starts when a program submits a page (their proportional share of what they share)."""
    environment = os.environ | {"UNSPUN_DESK_HOME": str(home)}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", "desk", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        address = next(found.group() for line in lines(server) if (found := re.search(r"http://[\d.:]+", line)))
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        form = opener.open(f"{address}/login").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        data = urllib.parse.urlencode(
            {"username": "editor0", "password": PASSWORD, "csrfmiddlewaretoken": token.group(1) if token else ""}
        )
        opener.open(f"{address}/login", data.encode()).read()
        rng, authorised = random.Random(13), bearer()
        for _ in range(20):
            for path in PAGES.values():
                opener.open(urllib.request.Request(address + path(rng), headers=authorised)).read()
        page = msgspec.json.encode(
            {"source": f"https://example.org/{time.time()}", "text": "Garlic may help.\nOr not."}
        )
        kind = authorised | {"Content-Type": "application/json"}
        opener.open(urllib.request.Request(f"{address}/api/v1/items", page, kind)).read()
        workers = sum(kilobytes(pid, "smaps_rollup", "Pss") for pid in descendants(server.pid))
        return kilobytes(server.pid, "status", "VmHWM") / 1024, workers / 1024
    finally:
        server.terminate()
        server.wait()


def kilobytes(pid: int, file: str, name: str) -> int:
    """A figure of a process."""
    found = re.search(rf"{name}:\s+(\d+)", Path(f"/proc/{pid}/{file}").read_text())
    return int(found.group(1)) if found else 0


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    return [*children, *(one for child in children for one in descendants(child))]


def lines(server: subprocess.Popen[str]) -> Iterator[str]:
    """What the server says on stderr."""
    assert server.stderr is not None
    yield from server.stderr


if __name__ == "__main__":
    main()
