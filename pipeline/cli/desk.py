"""``unspun desk``: the editors' web application."""

from __future__ import annotations

import getpass
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline import settings as settings_file
from pipeline.errors import SettingsError, UnspunError

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="Folder of the desk; default: UNSPUN_DESK_HOME, or under the user's data.")
]
app = typer.Typer(help="The review desk: where editors triage what was flagged.", no_args_is_help=True)


def needs_desk() -> None:
    """Raise an error with the command that helps where the desk's libraries are not installed."""
    for library in ("django", "dj_database_url", "waitress", "whitenoise"):
        if find_spec(library) is None:
            raise UnspunError(f"the desk needs {library}: pip install 'unspun[desk]'")


def password_of(name: str) -> str:
    """The password of somebody new: UNSPUN_DESK_PASSWORD, or asked for twice at the terminal."""
    if given := os.environ.get("UNSPUN_DESK_PASSWORD"):
        return given
    if not sys.stdin.isatty():
        raise SettingsError("no terminal to ask for a password: set UNSPUN_DESK_PASSWORD")
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("The same again: ") != password:
        raise SettingsError("the two passwords differ; nothing was changed")
    return password


@app.command()
def init(
    name: Annotated[str, typer.Option("--admin", help="Name of the first administrator.")] = "admin",
    home: HomeOption = None,
) -> None:
    """Make the desk: its folder, its tables, its first administrator, whose password is asked for.

    [bold]Examples[/bold]

      unspun desk init

      unspun desk init --admin maria --home /srv/desk
    """
    needs_desk()
    from pipeline.desk import home as home_folder
    from pipeline.desk import manage

    folder = home_folder.folder(home)
    manage.initialise(folder, name, password_of(name))
    typer.echo(f"The desk is in {folder}. `unspun intake PATH` puts pages on it, `unspun desk serve` opens it.")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0 takes a free one.")] = 8765,
    deliver: Annotated[bool, typer.Option(help="Send to webhooks, too; else `unspun desk deliver` does.")] = True,
    config: Annotated[Path | None, typer.Option(help="Settings; default: unspun.toml in this folder.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the desk to browsers and programs, until interrupted."""
    needs_desk()
    settings = settings_file.load(config)
    from pipeline.desk import home as home_folder
    from pipeline.desk import manage, server

    desk = server.application(home_folder.folder(home))
    if manage.bring_up_to_date():
        typer.echo("The desk's tables were brought up to this version.", err=True)
    listening = server.listen(desk, host, port)
    typer.echo(f"The desk is at http://{host}:{listening.effective_port}/", err=True)
    from pipeline.desk.courier import Courier
    from pipeline.desk.services import assess

    assess.use(settings)
    if deliver:
        Courier().start()
    server.serve(listening)


def open_desk(home: Path | None) -> Path:
    """The desk's folder, Django started: what every verb about a desk that is there begins with."""
    needs_desk()
    from pipeline.desk import config as desk_config
    from pipeline.desk import home as home_folder

    folder = home_folder.folder(home)
    desk_config.start(folder)
    return folder
