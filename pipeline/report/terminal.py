"""The terminal: a compact block a page, a summary at the end. Page text is never read as markup or control codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pipeline.records import Assessment, Evidence
from pipeline.report import look
from pipeline.report.explain import explain
from pipeline.report.report import Report, ReportError, RuleInfo
from pipeline.report.safe_text import one_line, shorten, well_formed
from pipeline.report.segments import strongest_first
from pipeline.report.tally import Tally

__all__ = ["TerminalReport", "explain", "open_report"]

SHOWN_EVIDENCE = 5
SHOWN_REASONS = 3
SHOWN_RULES = 8
_LONGEST_QUOTE = 90
_INDENT = 2


class TerminalReport(Report):
    """Prints each page as it comes. Colour only where the console has it: a terminal, and NO_COLOR not set."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tally = Tally()

    def add(self, assessment: Assessment) -> None:
        """Print one page: one line when it passes, a block when an editor should look."""
        assessment = well_formed(assessment)
        self._tally.add(assessment)
        self._print(_headline(assessment))
        if assessment.title:
            self._print(Text(one_line(assessment.title), "bold"), indent=_INDENT)
        if assessment.error:
            what = "not assessed" if assessment.verdict is None else "one rule failed"
            message = f"{what}: {one_line(assessment.error.message)} [{assessment.error.code}]"
            self._print(Text(message, "red"), indent=_INDENT)
        if assessment.verdict in ("review", "hold"):
            self._print_why(assessment)

    def close(self, *, complete: bool = True) -> None:
        """Print the summary."""
        self._console.print()
        for line in summary(self._tally, complete):
            self._print(line)

    def _print_why(self, assessment: Assessment) -> None:
        self._print(look.scores(assessment.scores, self._console), indent=_INDENT)
        for reason in assessment.reasons[:SHOWN_REASONS]:
            self._print(Text(f"• {one_line(reason)}"), indent=_INDENT)
        ranked = strongest_first(assessment.evidence)
        for item in ranked[:SHOWN_EVIDENCE]:
            self._print(_evidence_line(item), indent=_INDENT)
        if len(ranked) > SHOWN_EVIDENCE:
            self._print(Text(f"and {len(ranked) - SHOWN_EVIDENCE:,} more", "dim"), indent=_INDENT)
        self._console.print()

    def _print(self, line: Text, indent: int = 0) -> None:
        look.show(self._console, line, indent)


def _headline(assessment: Assessment) -> Text:
    line = look.verdict(assessment)
    line.append(f" {assessment.risk:.2f}" if assessment.verdict else "  –  ")
    return line.append("  ").append(one_line(assessment.source), "dim")


def _evidence_line(item: Evidence) -> Text:
    line = Text(f"{item.rule} ", look.AXIS_STYLES[item.axis].split()[0])
    line.append(f"“{shorten(item.quote, _LONGEST_QUOTE)}”", "bold")
    if item.suggestions:
        line.append(f" → {one_line(', '.join(item.suggestions[:3]))}")
    return line.append(f"  {one_line(item.message)}", "dim")


def summary(tally: Tally, complete: bool = True) -> list[Text]:
    """The last lines: counts by verdict, errors by code, the rules that fired on most pages."""
    if not tally.pages:
        return [Text("No pages." if complete else "Stopped before the first page.")]
    pages = f"{tally.pages:,} page{'s' if tally.pages != 1 else ''}"
    lines = [Text(f"{pages}: ", "bold").append(tally.verdict_words())]
    if not complete:
        lines.insert(0, Text("Stopped: these are the pages so far.", "bold red"))
    if tally.failures:
        lines.append(
            Text("Errors: " + ", ".join(f"{n:,} {one_line(code)}" for code, n in tally.failures.most_common()))
        )
    if tally.rules:
        lines.append(Text("Most frequent rules (pages):"))
        for code, name, count in tally.top_rules(SHOWN_RULES):
            lines.append(Text(f"  {count:>6,}  {one_line(code)} {one_line(name)}"))
    return lines


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:  # noqa: ARG001  evidence carries its own words
    """A terminal report to stdout, or its plain text to `out`."""
    if out is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a page in another script must not end an ASCII terminal's run
        return TerminalReport(Console(highlight=False))
    try:
        stream = out.open("w", encoding="utf-8")
    except OSError as error:
        raise ReportError(f"{out}: cannot be written: {error.strerror or error}") from None
    return _FileReport(Console(file=stream, highlight=False, width=100))


class _FileReport(TerminalReport):
    def close(self, *, complete: bool = True) -> None:
        super().close(complete=complete)
        self._console.file.close()
