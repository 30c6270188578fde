"""What holds for every report format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from pipeline.records import Assessment, Link, Removed
from pipeline.report import FORMATS, ReportError, RuleInfo, open_report
from tests.report.conftest import page, seen


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_a_file(format: str, assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Each format writes the whole set and leaves nothing but its file."""
    out = tmp_path / f"report.{format}"
    with open_report(format, out) as report:
        for assessment in assessments:
            report.add(assessment)
    assert out.stat().st_size > 100
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "parquet"])
def test_every_text_format_writes_to_stdout(
    format: str, assessments: Sequence[Assessment], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Without a path the report goes to stdout, and nothing to stderr."""
    with open_report(format) as report:
        report.add(assessments[0])
    out, err = capfdbinary.readouterr()
    assert b"ketamine" in out
    assert not err


@pytest.mark.parametrize("format", FORMATS)
def test_a_run_without_pages_is_still_a_report(format: str, tmp_path: Path) -> None:
    """No page at all gives a valid file, not an error."""
    with open_report(format, tmp_path / "empty"):
        pass
    assert (tmp_path / "empty").exists()


@pytest.mark.parametrize("format", FORMATS)
def test_ctrl_c_leaves_the_pages_so_far(format: str, assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """An interrupted run has the pages reported until then, and the interrupt goes on to the caller."""
    out = tmp_path / "report"
    with pytest.raises(KeyboardInterrupt):
        interrupted(format, out, assessments[0])
    assert b"ketamine" in out.read_bytes()
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_name_that_is_not_utf8_does_not_end_the_run(format: str, tmp_path: Path) -> None:
    """Lone surrogates, as Python makes them of such names, are written as U+FFFD."""
    odd = page("caf\udce9.html", "A text.", verdict="review", risk=0.5, title="\ud83d", reasons=("\udfff",))
    with open_report(format, tmp_path / "report") as report:
        report.add(odd)
    (tmp_path / "report").read_bytes()


@pytest.mark.parametrize("format", FORMATS)
def test_a_wrong_offset_costs_no_report(format: str, tmp_path: Path) -> None:
    """Spans outside the text are passed over."""
    wrong = [
        msgspec.structs.replace(seen("a b", "SP101", "a", "m", 0.5), start=start, end=end)
        for start, end in ((5, 90), (2, 1), (-4, 1), (3, 3), (0, None))
    ]
    with open_report(format, tmp_path / "report") as report:
        report.add(msgspec.structs.replace(page("s", "a b", verdict="hold", risk=1.0), evidence=tuple(wrong)))


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_text_is_written_in_every_field(format: str, bad_inputs: Path, tmp_path: Path) -> None:
    """Known attack strings in every field neither raise nor lose the page."""
    payloads = (bad_inputs / "xss-payloads/Intruder/xss-payload-list.txt").read_text(encoding="utf-8", errors="replace")
    with open_report(format, tmp_path / "report", rules=[rule("<b>")]) as report:
        for payload in payloads.splitlines()[:400]:
            report.add(hostile(payload))
    assert (tmp_path / "report").stat().st_size > 1000


def test_an_unknown_format_names_the_known_ones() -> None:
    """The message lists what there is."""
    with pytest.raises(ReportError, match=r"'xml'; known: terminal, jsonl, csv"):
        open_report("xml")


def test_parquet_refuses_stdout() -> None:
    """Parquet is read from its end; the message says what to do instead."""
    with pytest.raises(ReportError, match="--output"):
        open_report("parquet")


@pytest.mark.parametrize("format", FORMATS)
def test_an_unwritable_path_is_a_clear_error(format: str, tmp_path: Path) -> None:
    """A missing folder and a folder in the file's place are named before any page is assessed."""
    missing = tmp_path / "no" / "report"
    with pytest.raises(ReportError, match=re.escape(str(missing))):
        open_report(format, missing)
    with pytest.raises(ReportError, match=re.escape(str(tmp_path))):
        open_report(format, tmp_path)


def interrupted(format: str, out: Path, assessment: Assessment) -> None:
    """A run that breaks off after one page."""
    with open_report(format, out) as report:
        report.add(assessment)
        raise KeyboardInterrupt


def rule(words: str) -> RuleInfo:
    """A rule that says `words`."""
    return RuleInfo(code="SP101", name=words, axis="spin", message=words)


def hostile(payload: str) -> Assessment:
    """A held page with `payload` in every field that a page can fill."""
    text = f"Before {payload} after."
    evidence = msgspec.structs.replace(seen(text, "SP101", payload, payload, 0.9, payload), related={"x": payload})
    unplaced = msgspec.structs.replace(evidence, start=None, end=None)
    filled = page(
        payload or "empty",
        text,
        title=payload,
        language=payload[:8],
        verdict="hold",
        risk=0.9,
        reasons=(payload,),
        links=(Link(href=payload, text=payload, rel=(payload,)),),
        removed=(Removed(text=payload, reason=payload),),
        notes=(payload,),
    )
    return msgspec.structs.replace(filled, evidence=(evidence, unplaced))
