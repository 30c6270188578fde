"""``unspun evaluate``, and the floors under its figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.learn import crossval, metrics
from pipeline.learn.gold import read
from pipeline.learn.mistakes import mistakes
from pipeline.learn.scoreboard import scoreboard
from pipeline.settings import Depth, Settings
from tests.cli.test_scan import unspun

ROOT = Path(__file__).parent.parent.parent
FLOORS: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads((ROOT / "models/floors.json").read_text())


ALL: list[Depth] = ["fast", "middle"]
"""Depths whose figures have floors here: what needs a fetched model is measured by hand."""


@pytest.fixture(scope="module")
def boards() -> dict[str, dict[str, dict[str, Any]]]:
    """The scoreboard of the whole corpus at each depth, with few resamples: only the values count here."""
    from pipeline.flow import Engine

    pages = read(ROOT / "samples/gold")
    before, metrics.RESAMPLES = metrics.RESAMPLES, 2
    try:
        return {depth: scoreboard(pages, crossval.assessments(Engine(Settings(depth=depth)), pages)) for depth in ALL}
    finally:
        metrics.RESAMPLES = before


def limits(side: str) -> list[tuple[str, str, str, float]]:
    """Depth, section, metric and limit of every floor ("at least") or ceiling ("at most")."""
    return [
        (depth, section, metric, limit)
        for depth in ALL
        for section, metrics_ in FLOORS[depth][side].items()
        for metric, limit in metrics_.items()
    ]


@pytest.mark.parametrize(("depth", "section", "metric", "floor"), limits("at least"))
def test_no_figure_falls_under_its_floor(
    boards: dict[str, dict[str, dict[str, Any]]], depth: str, section: str, metric: str, floor: float
) -> None:
    """A change that makes Unspun worse on the gold fails here; lowering a floor takes a written reason."""
    assert boards[depth][section][metric][0] >= floor


@pytest.mark.parametrize(("depth", "section", "metric", "ceiling"), limits("at most"))
def test_no_false_alarm_rises_over_its_ceiling(
    boards: dict[str, dict[str, dict[str, Any]]], depth: str, section: str, metric: str, ceiling: float
) -> None:
    """The same for what must stay low."""
    value = boards[depth][section][metric]
    if isinstance(value, str):
        value = int(value.split(" of ")[0])
    assert (value[0] if isinstance(value, (tuple, list)) else value) <= ceiling


def test_evaluate_prints_and_writes_the_same_figures(tmp_path: Path) -> None:
    """On a few pages: the table, the JSON, and the mistakes."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("01-spun-pivot-low-mood.txt", "05-genuine-journalist-chronic-pain.txt", "02-spun-pivot-anxiety.txt"):
        (folder / name).write_bytes((ROOT / "samples/gold/d" / name).read_bytes())
    done = unspun("evaluate", folder, "--errors", 3, "-o", tmp_path / "board.json")
    assert done.returncode == 0, done.stderr
    written = json.loads((tmp_path / "board.json").read_text())
    value, low, high = written["spin, documents"]["AUC all, against genuine"]
    assert low <= value <= high
    assert f"{value:.3f}" in done.stdout
    assert "spin: missed" in done.stdout


def test_mistakes_are_mistakes() -> None:
    """An assessment with nothing found: all marks are missed, no finding is false."""
    from pipeline.records import Assessment, Versions

    page = next(p for p in read(ROOT / "samples/gold/d") if p.substitutions)
    nothing = Assessment(id=page.name, source=page.name, versions=Versions(unspun="0"), verdict="pass")
    by_heading = dict(mistakes([page], [nothing], 10_000))
    assert len(by_heading["spin: missed"]) == len(page.substitutions)
    assert by_heading["spin: false findings"] == []
    assert len(by_heading["body lines lost"]) == len(page.body)
