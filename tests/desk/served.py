"""The desk as its users have it: a server of its own, started by the command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.desk import home as home_folder
from tests.desk.conftest import POSTGRESQL, Desk

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()"]
ROOT = Path(__file__).parents[2]


def environment(desk: Desk) -> dict[str, str]:
    """The environment of a command about this desk."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("UNSPUN_", "DJANGO_"))}
    plain |= {"UNSPUN_DESK_HOME": str(home_of(desk)), "OMP_NUM_THREADS": "1", "NO_COLOR": "1"}
    if desk.is_postgresql:
        plain["UNSPUN_DATABASE_URL"] = os.environ[POSTGRESQL]
    return plain


def home_of(desk: Desk) -> Path:
    """The folder of this desk."""
    return desk.folder


def unspun(desk: Desk, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command for this desk."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(desk) | more, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@contextmanager
def serving(desk: Desk, **more: str) -> Iterator[str]:
    """The address of a server for this desk, ended at the end; `more` is for its environment."""
    home_folder.make(home_of(desk))
    said = home_of(desk) / "server.log"
    with said.open("w") as log:
        command = [*COMMAND, "desk", "serve", "--port", "0"]
        server = subprocess.Popen(command, env=environment(desk) | more, cwd=ROOT, stderr=log)
    try:
        for _ in range(600):
            if found := re.search(r"http://[\d.]+:\d+", said.read_text()):
                break
            time.sleep(0.05)
        else:
            raise AssertionError(f"the server did not start: {said.read_text()}")
        yield found.group()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
        assert "Traceback" not in said.read_text(), said.read_text()
