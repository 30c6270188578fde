"""``unspun scan``: pages in, assessments out."""

from __future__ import annotations

import os
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from pipeline import settings as settings_file
from pipeline.batch import assess_pages
from pipeline.cli.depth import DepthOption, at_depth
from pipeline.cli.keep import KeepOption, keeping
from pipeline.cli.progress import Progress
from pipeline.errors import SettingsError
from pipeline.ingest import read
from pipeline.report import FORMATS, RuleInfo, open_report

Format = Enum("Format", {name: name for name in FORMATS}, type=str)  # type: ignore[misc]
TERMINAL = Format("terminal")
DESCRIBED = ("sarif", "html")
"""Formats that describe the rules: reading them imports all detectors, which the workers do anyway."""


def scan(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, archives; - for standard input.", show_default=False)
    ] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = TERMINAL,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of to stdout.")] = None,
    only_flagged: Annotated[
        bool, typer.Option("--only-flagged", help="Leave out pages that pass (errors stay in).")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 is one a core.")] = 0,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 when pages are flagged.")] = False,
    from_list: Annotated[Path | None, typer.Option(help="Read paths from this file, one a line; - for stdin.")] = None,
    depth: DepthOption = None,
    keep: KeepOption = None,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
) -> None:
    """Assess pages and report them.

    PATH may be .html, .txt, .md (also .gz), .jsonl, .csv, .parquet, .warc(.gz), or a folder of these.

    [bold]Examples[/bold]

      unspun scan article.html

      unspun scan submissions/ --format html -o report.html

      unspun scan crawl.warc.gz --format jsonl --only-flagged --exit-zero > flagged.jsonl
    """
    if not paths and from_list is None:
        raise SettingsError("nothing to scan: give a PATH, - for standard input, or --from-list FILE")
    settings = keeping(at_depth(settings_file.load(config), depth), keep)
    if format.value == "sarif":
        settings = msgspec.structs.replace(settings, locate=True)
    pages = read(paths or [], settings, from_list=from_list)
    assessments = assess_pages(pages, settings, jobs=jobs or os.cpu_count() or 1)
    rules = all_rules() if format.value in DESCRIBED else []
    with open_report(format.value, output, rules=rules) as report, Progress() as progress, closing(assessments):
        for assessment in assessments:
            progress.advance(assessment)
            if not only_flagged or assessment.verdict != "pass":
                report.add(assessment)
    if progress.pages and progress.errors == progress.pages:
        raise typer.Exit(2)
    if progress.flagged and not exit_zero:
        raise typer.Exit(1)


def all_rules() -> list[RuleInfo]:
    """The rules, for the reports. Imported here: the workers are loading at the same time."""
    from pipeline.detect import registry

    return [RuleInfo(code=r.code, name=r.name, axis=r.axis, message=r.message) for r in registry.rules()]
