"""CSV: one row a page for the spreadsheet, cells that a spreadsheet would run as formulas neutralised.

RFC 4180, UTF-8, one line a row (white space in cells is folded). A cell that a spreadsheet could take for a
formula gets a leading apostrophe, which it shows as text; numbers are written as numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.records import AXES, Assessment
from pipeline.report.output import LineWriter
from pipeline.report.report import Report, RuleInfo
from pipeline.report.safe_text import one_line, well_formed

HEADER: tuple[str, ...] = (
    "source",
    "id",
    "verdict",
    "risk",
    *AXES,
    "title",
    "language",
    "top_reason",
    "evidence",
    *(f"{axis}_evidence" for axis in AXES),
    "error_code",
    "error_message",
)

# What starts a formula in a spreadsheet, with the full-width and small forms that Excel folds to them in
# East Asian locales, behind the white space, quotes and invisible characters it drops first (OWASP, "CSV Injection").
_INVISIBLE = r"\s\"'‘’“”`´\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f"
_TRIGGER = r"=+\-@＝＋－＠﹦﹢﹣﹫−"
_FORMULA = re.compile(rf"[\t\r]|[{_INVISIBLE}]*[{_TRIGGER}]")
# Where the list separator is a semicolon, the text after one is a cell of its own.
_AFTER_SEMICOLON = re.compile(rf";(?=[{_INVISIBLE}]*[{_TRIGGER}])")


class CsvReport(Report):
    """Streams row by row; nothing is kept."""

    def __init__(self, writer: LineWriter) -> None:
        self._writer = writer
        self._write(HEADER)

    def add(self, assessment: Assessment) -> None:
        """Write one row."""
        self._write(row(well_formed(assessment)))

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002  a row is complete when it is written
        """Close the file."""
        self._writer.close()

    def _write(self, cells: Sequence[str | int | float]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(cells)
        self._writer.write(line.getvalue().encode())


def row(assessment: Assessment) -> list[str | int | float]:
    """The cells of one page, in the order of `HEADER`. A page without a verdict has empty scores."""
    judged = assessment.verdict is not None
    counts = [sum(e.axis == axis for e in assessment.evidence) for axis in AXES]
    error = assessment.error
    return [
        cell(assessment.source),
        cell(assessment.id),
        assessment.verdict or "",
        round(assessment.risk, 4) if judged else "",
        *(round(getattr(assessment.scores, axis), 4) if judged else "" for axis in AXES),
        cell(assessment.title or ""),
        cell(assessment.language),
        cell(assessment.reasons[0] if assessment.reasons else ""),
        len(assessment.evidence),
        *counts,
        cell(error.code if error else ""),
        cell(error.message if error else ""),
    ]


def cell(text: str) -> str:
    """`text` as a cell: on one line, and never a formula."""
    line = _AFTER_SEMICOLON.sub(";'", one_line(text))
    return f"'{line}" if _FORMULA.match(text) else line


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:  # noqa: ARG001  a row names no rule
    """A CSV report to `out` or stdout."""
    return CsvReport(LineWriter(out))
