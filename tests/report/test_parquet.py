"""Parquet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from pipeline.records import Assessment
from pipeline.report import open_report, parquet


def test_a_row_reads_back_as_the_same_assessment(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Nested columns hold all that the records hold."""
    with open_report("parquet", tmp_path / "out") as report:
        for assessment in assessments:
            report.add(assessment)
    rows = pq.read_table(tmp_path / "out").to_pylist()
    assert tuple(map(restored, rows)) == tuple(assessments)


def test_every_field_of_the_record_has_a_column() -> None:
    """A field added to the contract is not lost here in silence."""
    assert set(parquet.SCHEMA.names) == set(Assessment.__struct_fields__)


def test_pages_are_written_in_groups_as_they_come(
    assessments: Sequence[Assessment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory holds one row group; the file has its name only when it is whole."""
    monkeypatch.setattr(parquet, "GROUP_PAGES", 3)
    with open_report("parquet", tmp_path / "out") as report:
        for assessment in assessments:
            report.add(assessment)
        assert not (tmp_path / "out").exists()
    assert pq.ParquetFile(tmp_path / "out").num_row_groups == 3


def restored(row: dict[str, object]) -> Assessment:
    """The assessment that a row was made of."""
    data = json.loads(json.dumps(row))
    data["signals"] = dict(data["signals"])
    data["versions"]["models"] = dict(data["versions"]["models"])
    for item in data["evidence"]:
        item["related"] = json.loads(item["related"])
    return msgspec.convert(data, Assessment)
