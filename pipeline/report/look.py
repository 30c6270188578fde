"""The look of verdicts, axes and scores in a terminal: always a word or a shape, with colour on top."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pipeline.records import AXES, Assessment, Axis, Scores, Support

VERDICT_STYLES = {"hold": "bold white on red", "review": "bold black on yellow", "pass": "green", "error": "bold red"}
AXIS_STYLES: dict[Axis, str] = {
    "spin": "yellow underline",
    "links": "blue underline2",
    "claims": "magenta bold underline",
    "quality": "cyan italic underline",
}
SUPPORT_WORDS: dict[Support, str] = {
    "none": "no support",
    "vague": "vague support",
    "named": "source named",
    "cited": "source cited",
}
_BAR_WIDTH = 8
_NARROW = 70
_HANG = 2


def verdict(assessment: Assessment) -> Text:
    """The verdict as a word, padded so that a column of them lines up."""
    word = assessment.verdict or "error"
    return Text(f" {word.upper():<6} ", VERDICT_STYLES[word])


def scores(values: Scores, console: Console) -> Text:
    """The four axis scores, as small bars with numbers; as numbers alone on a narrow terminal."""
    full, rest = ("━", "─") if _draws_lines(console) else ("#", "-")
    parts = []
    for axis in AXES:
        value = min(1.0, max(0.0, getattr(values, axis)))
        part = Text(f"{axis} ")
        if console.width >= _NARROW:
            filled = round(value * _BAR_WIDTH)
            part.append(full * filled, AXIS_STYLES[axis].split()[0])
            part.append(rest * (_BAR_WIDTH - filled), "dim")
            part.append(" ")
        part.append(f"{value:.2f}")
        parts.append(part)
    return Text("  ").join(parts)


def show(console: Console, line: Text, indent: int = 0) -> None:
    """Print `line` wrapped, later lines indented by two more, without the padding that would end up in a file."""
    width = max(10, console.width - indent - (_HANG if indent else 0))
    for number, part in enumerate(line.wrap(console, width)):
        part.rstrip()
        hang = _HANG if indent and number else 0
        console.print(Text(" " * (indent + hang) if part else "") + part, highlight=False, soft_wrap=True)


def _draws_lines(console: Console) -> bool:
    return console.encoding.lower().startswith("utf")
