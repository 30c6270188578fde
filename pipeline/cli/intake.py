"""``unspun intake``: assess pages and put them on the review desk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import settings as settings_file
from pipeline.cli.depth import DepthOption, at_depth
from pipeline.cli.desk import HomeOption, needs_desk
from pipeline.errors import SettingsError
from pipeline.ingest import read
from pipeline.records import RawPage

if TYPE_CHECKING:
    from pipeline.desk.services.receive import Received


def intake(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, archives; - for standard input.", show_default=False)
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Assess what has not changed too: after an update.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 is one a core.")] = 0,
    from_list: Annotated[Path | None, typer.Option(help="Read paths from this file, one a line; - for stdin.")] = None,
    depth: DepthOption = None,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
    home: HomeOption = None,
) -> None:
    """Assess pages and put them on the desk. What has not changed is not assessed again.

    A page that changed becomes a new version of its item. What an editor decided is reopened only when the page's
    text or the reasons of its verdict changed, and the item says so.

    [bold]Examples[/bold]

      unspun intake submissions/

      unspun intake crawl.warc.gz --jobs 2
    """
    if not paths and from_list is None:
        raise SettingsError("nothing to take in: give a PATH, - for standard input, or --from-list FILE")
    needs_desk()
    settings = at_depth(settings_file.load(config), depth)
    from pipeline.desk import config as desk_config
    from pipeline.desk import home as home_folder
    from pipeline.desk import manage

    desk_config.start(home_folder.folder(home))
    manage.bring_up_to_date()
    from pipeline.desk.services.intake import intake as take_in

    missing: list[str] = []

    def there() -> Iterator[RawPage]:
        for page in read(paths or [], settings, from_list=from_list):
            if page.failure and page.failure.code == "missing":
                missing.append(page.source)
                print(f"unspun: {page.source}: {page.failure.message}", file=sys.stderr)
            else:
                yield page

    counts = take_in(
        there(), settings, jobs=jobs or os.cpu_count() or 1, clock=lambda: datetime.now(UTC), again=again, seen=said
    )
    typer.echo(", ".join(f"{number:,} {outcome}" for outcome, number in sorted(counts.items())) or "no pages")
    if missing:
        raise typer.Exit(2)


def said(received: Received) -> None:
    """Say what was reopened, and why: somebody decided it, and must know."""
    if received.outcome == "reopened":
        print(f"reopened: {received.item.source}: {'; '.join(received.why)}", file=sys.stderr)
