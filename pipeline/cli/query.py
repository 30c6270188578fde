"""``unspun query``: a letter to the author that asks for the sources of unsupported claims."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings as settings_file
from pipeline.errors import UnspunError
from pipeline.flow import Engine
from pipeline.ingest import read
from pipeline.report.query import letter


class Form(StrEnum):
    """How the letter is written."""

    text = "text"
    markdown = "markdown"


def query(
    file: Annotated[str, typer.Argument(help="One page; - for standard input.")],
    format: Annotated[Form, typer.Option("--format", "-f", help="Plain text or Markdown.")] = Form.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of to stdout.")] = None,
    record: Annotated[int, typer.Option(min=1, help="Which record of an archive or table.")] = 1,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
) -> None:
    """Write to the author: each unsupported claim with the kind of source asked for, most serious first.

    [bold]Examples[/bold]

      unspun query article.html

      unspun query article.html --format markdown -o letter.md
    """
    settings = settings_file.load(config)
    page = next((page for number, page in enumerate(read([file], settings), 1) if number == record), None)
    if page is None:
        raise UnspunError(f"{file}: has no record {record}")
    assessment = Engine(settings).assess(page)
    if assessment.error:  # also where one rule failed: a letter must not thank for what nobody has read
        raise UnspunError(f"{file}: {assessment.error.message}")
    words = letter(assessment, markdown=format is Form.markdown)
    if output is None:
        typer.echo(words, nl=False)
    else:
        output.write_text(words, encoding="utf-8")
