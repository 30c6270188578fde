"""``unspun explain``: one page, its evidence in context."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline import settings as settings_file
from pipeline.cli.depth import DepthOption, at_depth
from pipeline.cli.keep import KeepOption, keeping
from pipeline.errors import UnspunError
from pipeline.flow import Engine
from pipeline.ingest import read
from pipeline.report import terminal


def explain(
    file: Annotated[str, typer.Argument(help="One page; - for standard input.")],
    record: Annotated[int, typer.Option(min=1, help="Which record of an archive or table.")] = 1,
    depth: DepthOption = None,
    keep: KeepOption = None,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
) -> None:
    """Show one page with the evidence in its place, and why.

    [bold]Examples[/bold]

      unspun explain article.html

      unspun explain submissions.jsonl --record 17
    """
    settings = keeping(at_depth(settings_file.load(config), depth), keep)
    pages = read([file], settings)
    page = next((page for number, page in enumerate(pages, 1) if number == record), None)
    if page is None:
        raise UnspunError(f"{file}: has no record {record}")
    assessment = Engine(settings).assess(page)
    terminal.explain(assessment, Console(highlight=False))
    if assessment.verdict is None:
        raise typer.Exit(2)
    if assessment.verdict != "pass":
        raise typer.Exit(1)
