"""Helpers of these tests: a run in this process, a run in another, and who is running."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from pipeline.batch import assess_pages
from pipeline.records import Assessment, RawPage
from pipeline.settings import Limits, Settings

ENGINES = "tests.batch.engines"
ROOT = Path(__file__).parents[2]


def pages(*data: bytes | str) -> Iterator[RawPage]:
    """Pages named page-0, page-1, … with this data."""
    for number, item in enumerate(data):
        yield RawPage(source=f"page-{number}", data=item.encode() if isinstance(item, str) else item)


def settings(**limits: Any) -> Settings:
    """Settings with these limits."""
    return Settings(limits=Limits(**limits))


def start(
    source: Iterator[RawPage], jobs: int = 2, engine: str = "Obedient", **limits: Any
) -> Generator[Assessment, None, None]:
    """A run over `source` with one of the stand-in engines."""
    return assess_pages(source, settings(**limits), jobs=jobs, engine=f"{ENGINES}:{engine}")


def assess(*data: bytes | str, jobs: int = 2, engine: str = "Obedient", **limits: Any) -> list[Assessment]:
    """The assessments of pages with this data."""
    return list(start(pages(*data), jobs, engine, **limits))


def script(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
    """`tests.batch.script` in a process group of its own, as a shell starts it."""
    command = [sys.executable, "-m", "tests.batch.script", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, process_group=0, stderr=subprocess.PIPE, **options)


def running() -> dict[int, int]:
    """The parent of every process that runs; zombies do not."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:  # gone meanwhile
            continue
        if state not in "ZX":
            parents[int(folder.name)] = int(parent)
    return parents


def descendants(pid: int) -> set[int]:
    """The processes under `pid`, at any depth."""
    parents = running()
    found: set[int] = set()
    level = {pid}
    while level := {child for child, parent in parents.items() if parent in level}:
        found |= level
    return found


def eventually(condition: Any, seconds: float = 20.0) -> bool:
    """Whether `condition()` comes true in time; the time is for loaded machines."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def gone(pids: set[int], seconds: float = 5.0) -> bool:
    """Whether all of `pids` end soon."""
    return eventually(lambda: not pids & running().keys(), seconds)
