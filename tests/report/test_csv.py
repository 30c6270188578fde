"""CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Assessment
from pipeline.report import open_report
from pipeline.report.csv import cell


def test_the_header_is_as_it_was(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Spreadsheets and scripts depend on names and order."""
    rows = written(assessments, tmp_path / "out.csv")
    assert ",".join(rows[0]) == (
        "source,id,verdict,risk,spin,links,claims,quality,title,language,top_reason,evidence,"
        "spin_evidence,links_evidence,claims_evidence,quality_evidence,error_code,error_message"
    )


def test_a_page_is_a_row(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Numbers are plain numbers; a refused page has its error and no scores; lines end as RFC 4180 has it."""
    rows = written(assessments, tmp_path / "out.csv")
    assert len(rows) == 1 + len(assessments)
    first, last = (dict(zip(rows[0], row, strict=True)) for row in (rows[1], rows[-1]))
    assert (first["verdict"], first["risk"], first["evidence"], first["spin_evidence"]) == ("hold", "0.97", "10", "6")
    assert (last["verdict"], last["risk"], last["error_code"]) == ("", "", "limit")
    assert (tmp_path / "out.csv").read_bytes().count(b"\r\n") == len(rows)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\ttext", "＝1+1", "＋1", "－1", "＠x", '"=1"', "'=1", " \u200b=1",
     "\ufeff=1", "“=1”", "\u202e=1", "\x00=1"],
)  # fmt: skip
def test_a_formula_is_neutralised(text: str) -> None:
    """What a spreadsheet would run starts with an apostrophe, whatever is put before it."""
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Ketamine", "1 in 5", "a-b", "(=)", "السكري", "", "5 = five", "e-mail; phone"])
def test_other_text_is_left_alone(text: str) -> None:
    """An apostrophe is no decoration."""
    assert cell(text) == text


def test_a_cell_split_at_semicolons_has_no_formula_either() -> None:
    """Where the list separator is a semicolon, the rest of a cell becomes a cell."""
    assert cell(";=1+1") == ";'=1+1"
    assert cell("a; @b") == "a;' @b"


@given(st.text())
def test_no_cell_starts_a_formula(text: str) -> None:
    """For any text, with any white space and quotes dropped as spreadsheets do."""
    assert not cell(text).lstrip(' \t\r\n"').startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert len(cell(text).splitlines()) <= 1


def test_known_attacks_are_neutralised(bad_inputs: Path) -> None:
    """The collected payloads, and our own."""
    own = json.loads((bad_inputs / "generated/csv_cells.json").read_text(encoding="utf-8"))
    collected = (bad_inputs / "csv-injection/Intruder/csv-payload.txt").read_text(encoding="utf-8").splitlines()
    for payload in (*own, *collected):
        for part in cell(payload).split(";"):
            assert part.strip(' "')[:1] not in tuple("=+-@＝")


def written(assessments: Sequence[Assessment], out: Path) -> list[list[str]]:
    """The rows of a CSV report, read back."""
    with open_report("csv", out) as report:
        for assessment in assessments:
            report.add(assessment)
    return list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"), newline="")))
