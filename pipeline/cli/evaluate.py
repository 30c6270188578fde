"""``unspun evaluate``: the scoreboard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from pipeline import settings as settings_file
from pipeline.cli.depth import DepthOption, at_depth
from pipeline.flow import Engine
from pipeline.learn import crossval
from pipeline.learn import gold as gold_files
from pipeline.learn.mistakes import mistakes
from pipeline.learn.scoreboard import scoreboard


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder of gold pages.", exists=True, file_okay=False)],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the scoreboard as JSON here (- for stdout).")
    ] = Path("evaluation.json"),
    errors: Annotated[int, typer.Option(min=0, help="List so many of the worst mistakes of each kind.")] = 0,
    depth: DepthOption = None,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
) -> None:
    """Measure Unspun on annotated pages, axis by axis.

    Intervals are 95 % bootstraps over articles, siblings together. Models that were trained on a page's article, or on
    a sibling of it, do not judge it: the models of its fold do.

    [bold]Examples[/bold]

      unspun evaluate samples/gold

      unspun evaluate samples/gold --errors 20
    """
    engine = Engine(at_depth(settings_file.load(config), depth))
    pages = gold_files.read(gold)
    assessments = crossval.assessments(engine, pages)
    board = scoreboard(pages, assessments)
    text = json.dumps(board, indent=2) + "\n"
    if output == Path("-"):
        typer.echo(text, nl=False)
        return
    console = Console(highlight=False)
    console.print(table(board))
    for heading, lines in mistakes(pages, assessments, errors) if errors else ():
        console.print(f"\n[bold]{heading}[/bold]")
        for line in lines:
            console.print(f"  {line}", markup=False)
    if output is not None:
        output.write_text(text, encoding="utf-8")
        console.print(f"\nwritten to {output}", style="dim")


def table(board: dict[str, dict[str, Any]]) -> Table:
    """The scoreboard as a table."""
    shown = Table(box=None, pad_edge=False)
    shown.add_column("metric")
    shown.add_column("value", justify="right")
    shown.add_column("95 % interval", justify="right")
    for section, metrics in board.items():
        shown.add_row(f"[bold]{section}[/bold]", "", "")
        for name, value in metrics.items():
            if isinstance(value, dict):
                for key, inner in value.items():
                    shown.add_row(f"    {key}", str(inner), "")
            elif isinstance(value, (tuple, list)):
                shown.add_row(f"  {name}", f"{value[0]:.3f}", f"{value[1]:.3f} – {value[2]:.3f}")
            else:
                shown.add_row(f"  {name}", str(value), "")
    return shown
