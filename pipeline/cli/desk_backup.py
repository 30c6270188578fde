"""``unspun desk backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.desk import HomeOption, open_desk
from pipeline.errors import UnspunError


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    home: HomeOption = None,
) -> None:
    """Write the desk's whole database to a file, while the desk runs.

    The file has everything that people decided, and the hashes of their passwords: keep it as you keep those. The
    desk's secret key is not in it.

    [bold]Example[/bold]

      unspun desk backup desk-$(date +%F).backup
    """
    folder = open_desk(home)
    from pipeline.desk import backup as copies
    from pipeline.desk import config

    copies.backup(file, config.database(folder))
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `unspun desk backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Yes: all that is on the desk now goes.")] = False,
    home: HomeOption = None,
) -> None:
    """Bring a backup back. What is on the desk now is replaced, so stop the server and say --replace."""
    if not replace:
        raise UnspunError("all that is on the desk now would be replaced: back it up, and say --replace")
    folder = open_desk(home)
    from pipeline.desk import backup as copies
    from pipeline.desk import config, manage

    copies.restore(file, config.database(folder))
    manage.migrate()
    typer.echo(manage.size())
