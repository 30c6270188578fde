"""The option --depth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.depth import at_depth
from pipeline.detect import language_model
from pipeline.settings import Depth, Settings, widened
from tests.cli.test_scan import unspun

SAMPLES = Path(__file__).parents[2] / "samples" / "pages"


def test_auto_says_once_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, with the command that helps; stdout is for results."""
    monkeypatch.setattr(language_model, "missing", lambda: "no model (`unspun models fetch deep` fetches it)")
    assert at_depth(Settings(), "auto").depth == "auto"
    said = capsys.readouterr()
    assert said.err.count("unspun models fetch deep") == 1
    assert said.out == ""


@pytest.mark.parametrize("depth", ["fast", "deep"])
def test_others_say_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], depth: Depth) -> None:
    """Fast needs nothing; deep fails when the engine is set up."""
    monkeypatch.setattr(language_model, "missing", lambda: "no model")
    at_depth(Settings(), depth)
    assert capsys.readouterr().err == ""


def test_the_option_goes_before_the_file() -> None:
    """Without the option, what unspun.toml says stands."""
    assert at_depth(Settings(depth="deep"), None).depth == "deep"
    assert at_depth(Settings(depth="deep"), "fast").depth == "fast"


def test_limits_make_room_for_the_language_model() -> None:
    """A page may take longer and a worker more memory where a language model may read, and only there."""
    assert widened(Settings()) == Settings()
    wide = widened(Settings(depth="auto")).limits
    assert wide.page_seconds == Settings().limits.page_seconds + Settings().limits.deep_seconds
    assert wide.worker_megabytes == Settings().limits.worker_megabytes + Settings().limits.deep_megabytes


@pytest.mark.parametrize(("depth", "code", "said"), [("deep", 2, "unspun: the deep tier"), ("auto", 0, "going on")])
def test_a_scan_without_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: str, code: int, said: str
) -> None:
    """Deep fails before a page is read; auto says what is missing, once, and does with what is shipped."""
    monkeypatch.setenv("UNSPUN_CACHE", str(tmp_path))
    page = next(SAMPLES.glob("11-*"))
    done = unspun("scan", page, "--depth", depth, "--format", "jsonl")
    assert done.returncode == code, done.stderr
    assert done.stderr.count(said) == 1
    if code == 0:
        models = json.loads(done.stdout)["versions"]["models"]
        assert "middle-spin-words" in models
        assert "deep-spin-words" not in models
