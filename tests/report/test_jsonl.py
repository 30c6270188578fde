"""JSON Lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.records import Assessment
from pipeline.report import open_report


def test_a_line_reads_back_as_the_same_assessment(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """One line each, in order, nothing lost."""
    with open_report("jsonl", tmp_path / "out.jsonl") as report:
        for assessment in assessments:
            report.add(assessment)
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert tuple(msgspec.json.decode(line, type=Assessment) for line in lines) == tuple(assessments)


def test_a_line_is_there_before_the_report_is_closed(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Another program can follow the file while the run goes on."""
    with open_report("jsonl", tmp_path / "out.jsonl") as report:
        report.add(assessments[0])
        assert (tmp_path / "out.jsonl").read_bytes().endswith(b"}\n")
