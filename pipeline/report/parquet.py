"""Parquet: one row a page with evidence and claims as nested columns, for analysis at scale.

Read it with any Arrow tool, for example ``SELECT unnest(evidence) FROM 'out.parquet'`` in DuckDB.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.records import AXES, Assessment
from pipeline.report.output import WholeFile
from pipeline.report.report import Report, ReportError, RuleInfo
from pipeline.report.safe_text import well_formed

# A row group is what is held in memory and what a reader skips by: whichever of the two comes first.
GROUP_PAGES = 1_000
GROUP_CHARS = 16_000_000

_TEXTS = pa.list_(pa.string())
_SPAN = [("start", pa.int32()), ("end", pa.int32())]

SCHEMA = pa.schema(
    [
        pa.field("schema", pa.int16(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        ("title", pa.string()),
        ("author", pa.string()),
        ("language", pa.string()),
        ("text", pa.string()),
        ("verdict", pa.string()),
        ("risk", pa.float64()),
        ("scores", pa.struct([(axis, pa.float64()) for axis in AXES])),
        ("reasons", _TEXTS),
        (
            "evidence",
            pa.list_(
                pa.struct(
                    [
                        ("rule", pa.string()),
                        ("name", pa.string()),
                        ("axis", pa.string()),
                        *_SPAN,
                        ("quote", pa.string()),
                        ("message", pa.string()),
                        ("suggestions", _TEXTS),
                        ("strength", pa.float64()),
                        ("related", pa.string()),  # JSON: its keys differ from rule to rule
                    ]
                )
            ),
        ),
        (
            "claims",
            pa.list_(
                pa.struct(
                    [*_SPAN, *((name, pa.string()) for name in ("quote", "type", "support", "source"))],
                )
            ),
        ),
        ("blocks", pa.list_(pa.struct([*_SPAN, ("kind", pa.string())]))),
        (
            "links",
            pa.list_(
                pa.struct(
                    [
                        *_SPAN,
                        ("href", pa.string()),
                        ("text", pa.string()),
                        ("rel", _TEXTS),
                        ("zone", pa.string()),
                        ("hidden", pa.bool_()),
                    ]
                )
            ),
        ),
        ("removed", pa.list_(pa.struct([("text", pa.string()), ("reason", pa.string())]))),
        ("signals", pa.map_(pa.string(), pa.float64())),
        ("notes", _TEXTS),
        (
            "versions",
            pa.struct(
                [("unspun", pa.string()), ("models", pa.map_(pa.string(), pa.string())), ("policy", pa.string())]
            ),
        ),
        ("error", pa.struct([(name, pa.string()) for name in ("stage", "code", "message", "limit")])),
    ]
)


class ParquetReport(Report):
    """Writes a row group at a time; the file has its name only once it is closed and valid."""

    def __init__(self, out: Path) -> None:
        self._file = WholeFile(out)
        self._writer = pq.ParquetWriter(self._file.stream, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._chars = 0

    def add(self, assessment: Assessment) -> None:
        """Keep one row; write the group when it is full."""
        self._rows.append(row(well_formed(assessment)))
        self._chars += len(assessment.text)
        if len(self._rows) >= GROUP_PAGES or self._chars >= GROUP_CHARS:
            self._write_group()

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002  the pages so far are a valid file either way
        """Write the last group and the footer, and give the file its name."""
        with self._file:
            self._write_group()
            self._writer.close()

    def _write_group(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=SCHEMA))
        self._rows, self._chars = [], 0


def row(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain values in the types of `SCHEMA`."""
    data: dict[str, Any] = msgspec.to_builtins(assessment)
    data["signals"] = list(assessment.signals.items())
    data["versions"]["models"] = list(assessment.versions.models.items())
    for item in data["evidence"]:
        item["related"] = msgspec.json.encode(item["related"]).decode()
    return data


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:  # noqa: ARG001  evidence carries its own words
    """A Parquet report to `out`. Raises ReportError for stdout: a Parquet file is read from its end."""
    if out is None:
        raise ReportError("parquet cannot go to standard output; name a file with --output FILE")
    return ParquetReport(out)
