"""The terminal report and the explanation of one page."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.records import Assessment
from pipeline.report.terminal import TerminalReport, explain
from tests.report.conftest import OVERLAPPING, RIGHT_TO_LEFT, SPUN, page, seen
from tests.report.test_report import hostile

SNAPSHOTS = Path(__file__).parent / "snapshots"


def plain(width: int = 80) -> Console:
    """A console that is no terminal."""
    return Console(file=io.StringIO(), width=width, highlight=False)


def coloured() -> Console:
    """A console that is a terminal with colours."""
    return Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard", no_color=False)


def printed(console: Console) -> str:
    """What was printed on `console`."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def reported(assessments: Sequence[Assessment], console: Console) -> str:
    """What the report prints for `assessments`."""
    with TerminalReport(console) as report:
        for assessment in assessments:
            report.add(assessment)
    return printed(console)


def matches(name: str, text: str) -> bool:
    """Whether `text` is as in the snapshot; with UNSPUN_SNAPSHOTS=write the snapshot is rewritten."""
    path = SNAPSHOTS / name
    if os.environ.get("UNSPUN_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


def test_the_report_reads_as_it_did(assessments: Sequence[Assessment]) -> None:
    """Snapshot: verdict, scores, reasons, strongest evidence, summary."""
    assert matches("terminal.txt", reported(assessments, plain()))


def test_the_report_fits_a_narrow_terminal(assessments: Sequence[Assessment]) -> None:
    """Snapshot at 44 columns: nothing is wider."""
    text = reported(assessments, plain(44))
    assert max(map(len, text.splitlines())) <= 44
    assert matches("terminal-narrow.txt", text)


@pytest.mark.parametrize(("name", "assessment"), [("spun", SPUN), ("overlapping", OVERLAPPING), ("rtl", RIGHT_TO_LEFT)])
def test_the_explanation_reads_as_it_did(name: str, assessment: Assessment) -> None:
    """Snapshot: the whole text with labels in place, then evidence, claims, links and what was removed."""
    console = plain()
    explain(assessment, console)
    assert matches(f"explain-{name}.txt", printed(console))


def test_colour_is_only_for_terminals(assessments: Sequence[Assessment]) -> None:
    """Not a terminal: no escape codes. A terminal: the verdict has its word and its colour."""
    assert "\x1b" not in reported(assessments, plain())
    assert " HOLD " in reported(assessments[:1], coloured())
    assert "\x1b[" in reported(assessments[:1], coloured())


def test_no_color_is_obeyed(assessments: Sequence[Assessment], monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR no colour code is sent, to a terminal either."""
    monkeypatch.setenv("NO_COLOR", "1")
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    assert "\x1b[41" not in reported(assessments, console)
    assert "\x1b[33m" not in reported(assessments, console)


def test_each_axis_has_its_own_underline() -> None:
    """Colour alone tells nothing: spin is underlined, links doubly, and the rule stands behind the words."""
    console = coloured()
    explain(SPUN, console)
    text = printed(console)
    assert "\x1b[4;33mcompound abuse\x1b[0m\x1b[2m‹SP101›" in text
    assert "\x1b[21;34mketamine clinic Denver\x1b[0m\x1b[2m‹LK101›" in text


def test_page_text_is_no_markup_and_no_control_code() -> None:
    """Square brackets are printed as they are; escapes, bells and bidi overrides are not printed."""
    payload = "[bold red]x[/] [link=file:///etc]y[/link] \x1b]0;owned\x07 \x9b31m \u202egpj"
    for show in (explain, lambda a, c: reported([a], c)):
        console = plain(200)
        show(hostile(payload), console)
        text = printed(console)
        assert "[bold red]x[/] [link=file:///etc]y[/link]" in text
        assert not set(text) & set("\x1b\x07\x9b\u202e")


def test_long_quotes_are_cut_and_many_reasons_counted() -> None:
    """A block stays compact whatever was found."""
    text = " ".join(["word"] * 400)
    evidence = [("SP101", text, "m", 0.9, {})] + [("SP102", "word", "m", 0.1, {})] * 20
    many = page("s", text, verdict="hold", risk=1.0, reasons=("r",) * 9, seen=evidence)
    assert len(reported([many], plain()).splitlines()) < 20
    assert "and 16 more" in reported([many], plain())


def test_an_ascii_terminal_gets_bars_it_can_draw() -> None:
    """Bars are # and - where the encoding has no lines."""
    console = Console(file=io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace"), width=80)
    with TerminalReport(console) as report:
        report.add(SPUN)
    console.file.flush()
    assert b"spin ########" in console.file.buffer.getvalue()  # type: ignore[attr-defined]


def test_evidence_outside_the_text_says_so() -> None:
    """What has no place in the text is listed with that remark."""
    console = plain()
    explain(page("s", "Text.", verdict="hold", risk=1.0, seen=[("LK101", "elsewhere", "m", 0.9, {})]), console)
    assert "“elsewhere” (not in the text)" in printed(console)
    assert seen("Text.", "LK101", "elsewhere", "m", 0.9).start is None
