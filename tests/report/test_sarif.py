"""SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import Assessment
from pipeline.report import RuleInfo, open_report
from pipeline.report.sarif import artifact, level
from tests.report.conftest import CLEAN, REVIEW, SPUN, seen
from tests.report.test_report import interrupted


@pytest.fixture
def run(assessments: Sequence[Assessment], rules: list[RuleInfo], tmp_path: Path) -> dict[str, Any]:
    """The one run of a report over all assessments."""
    with open_report("sarif", tmp_path / "out.sarif", rules=rules[1:]) as report:
        for assessment in assessments:
            report.add(assessment)
    log = json.loads((tmp_path / "out.sarif").read_bytes())
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_the_tool_describes_every_rule(run: dict[str, Any]) -> None:
    """Results point at their rules by index, those nobody described before included."""
    driver = run["tool"]["driver"]
    assert driver["name"] == "unspun"
    assert len(driver["rules"]) == 7
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert all(driver["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_a_result_has_what_the_standard_requires(run: dict[str, Any], assessments: Sequence[Assessment]) -> None:
    """Message, level, location and a fingerprint for each piece of evidence."""
    assert len(run["results"]) == sum(len(a.evidence) for a in assessments)
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note")
        assert " " not in result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert len(result["partialFingerprints"]["ruleQuoteSource/v1"]) == 64


def test_a_region_is_given_only_where_the_line_is_known(run: dict[str, Any]) -> None:
    """Offsets of the cleaned text are properties; the source's line, where known, is the region."""
    known, unknown = run["results"][0], run["results"][2]
    assert known["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 14,
        "snippet": {"text": "compound abuse"},
    }
    assert "region" not in unknown["locations"][0]["physicalLocation"]
    start, end = (unknown["properties"][key] for key in ("textStart", "textEnd"))
    assert SPUN.text[start:end] == "blood exams"


def test_errors_are_notifications(run: dict[str, Any]) -> None:
    """A refused page is an error, a failed rule a warning; neither is a result."""
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["warning", "error"]


def test_an_interrupted_run_says_so(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """The log is valid, and not successful."""
    with pytest.raises(KeyboardInterrupt):
        interrupted("sarif", tmp_path / "out", assessments[0])
    (run,) = json.loads((tmp_path / "out").read_bytes())["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize(
    ("source", "uri", "record"),
    [
        ("a b/ü.html", "a%20b/%C3%BC.html", ""),
        ("/data/x.html", "file:///data/x.html", ""),
        ("crawl.warc.gz#https://h.example/a#b", "crawl.warc.gz", "https://h.example/a#b"),
        ("https://h.example/a b?q=%41&r=1%", "https://h.example/a%20b?q=%41&r=1%25", ""),
        ("a:b.html", "a%3Ab.html", ""),
        ("<text>", "%3Ctext%3E", ""),
    ],
)
def test_a_source_is_a_uri_and_a_record(source: str, uri: str, record: str) -> None:
    """Paths and URLs are escaped once; file#record is split."""
    assert artifact(source) == (uri, record)


@pytest.mark.parametrize(
    ("assessment", "strength", "expected"),
    [(SPUN, 0.9, "error"), (SPUN, 0.5, "warning"), (SPUN, 0.1, "note"), (REVIEW, 0.9, "warning"), (CLEAN, 1.0, "note")],
)
def test_the_level_follows_verdict_and_strength(assessment: Assessment, strength: float, expected: str) -> None:
    """Only strong evidence on a held page is an error; a page that passes has notes."""
    assert level(assessment, seen("x", "SP101", "x", "m", strength)) == expected
