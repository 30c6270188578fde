"""Assessments → what people and other programs read. One file per format; each writes as assessments come.

>>> from pipeline.report import open_report
>>> with open_report("jsonl", Path("out.jsonl")) as report:
...     report.add(assessment)
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pipeline.report.report import Report, ReportError, RuleInfo

__all__ = ["FORMATS", "Report", "ReportError", "RuleInfo", "open_report"]

FORMATS: tuple[str, ...] = ("terminal", "jsonl", "csv", "parquet", "html", "sarif")


def open_report(format: str, out: Path | None = None, *, rules: Sequence[RuleInfo] = ()) -> Report:
    """A report in one of `FORMATS`, written to `out`, or to stdout where it is None.

    `rules` describes the rules in sarif and html; other formats do without. The module of a format is loaded
    only when asked for. Raises ReportError for an unknown format, a path that cannot be written, or a format
    that cannot go to stdout.
    """
    if format not in FORMATS:
        raise ReportError(f"unknown report format {format!r}; known: {', '.join(FORMATS)}")
    report: Report = import_module(f"pipeline.report.{format}").open_report(out, rules)
    return report
