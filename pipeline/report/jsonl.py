"""JSON Lines: one assessment a line, each line in one write; what other programs and `unspun desk` read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pipeline.records import Assessment
from pipeline.report.output import LineWriter
from pipeline.report.report import Report, RuleInfo
from pipeline.report.safe_text import well_formed


class JsonlReport(Report):
    """Streams; nothing is kept. The shape of a line is docs/assessment.schema.json."""

    def __init__(self, writer: LineWriter) -> None:
        self._writer = writer
        self._encoder = msgspec.json.Encoder()

    def add(self, assessment: Assessment) -> None:
        """Write one line."""
        try:
            line = self._encoder.encode(assessment)
        except UnicodeEncodeError:
            line = self._encoder.encode(well_formed(assessment))
        self._writer.write(line + b"\n")

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002  a line is complete when it is written
        """Close the file."""
        self._writer.close()


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:  # noqa: ARG001  evidence carries its own words
    """A JSON Lines report to `out` or stdout."""
    return JsonlReport(LineWriter(out))
