"""The desk as its users have it: a server of its own, started by the command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
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
def serving(desk: Desk) -> Iterator[str]:
    """The address of a server for this desk, ended at the end."""
    home_folder.make(home_of(desk))
    server = subprocess.Popen(
        [*COMMAND, "desk", "serve", "--port", "0"], env=environment(desk), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        for line in server.stderr:
            if found := re.search(r"http://[\d.]+:\d+", line):
                yield found.group()
                break
        else:
            raise AssertionError("the server did not start")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
        server.stderr.close()  # type: ignore[union-attr]
