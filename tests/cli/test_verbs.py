"""A verb is made known by itself, so that what others import costs it nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """import sys
from pipeline import cli
cli.add_verbs(sys.argv[1])
print(*sorted(command.callback.__name__ for command in cli.app.registered_commands))
print(*[name for name in ("pipeline.detect", "pipeline.flow", "pipeline.learn", "numpy") if name in sys.modules])"""


def known(asked: str) -> list[str]:
    """The verbs that are known when one is asked for, and the heavy modules that were imported for it."""
    run = subprocess.run([sys.executable, "-c", PROBE, asked], capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_scan_imports_no_detectors() -> None:
    """They are loaded by the workers, which start the sooner."""
    assert known("scan") == ["scan", ""]


@pytest.mark.parametrize("asked", ["", "scann", "desk"])
def test_all_verbs_are_known_where_none_is_meant(asked: str) -> None:
    """Help lists all of them, and a slip is answered with those that there are."""
    assert known(asked)[0] == "evaluate explain intake query rules scan"
