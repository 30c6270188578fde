"""The command ``unspun``: one file a verb."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from pipeline import __version__
from pipeline.errors import UnspunError

VERBS = ("scan", "explain", "query", "intake", "rules", "evaluate")
"""Each is the function of its name in the file of its name."""
EPILOG = "Exit codes: 0 nothing flagged, 1 something flagged, 2 the run failed."

app = typer.Typer(
    name="unspun",
    help="Which health articles are spun, which carry link spam, which claim what nobody supports, and why.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def say_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"unspun {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: bool = typer.Option(False, "--version", callback=say_version, is_eager=True, help="Print the version."),
) -> None:
    """Which health articles are spun, which carry link spam, which claim what nobody supports, and why."""


def add_verbs(asked: str) -> None:
    """Make the verbs known: the one asked for alone, where it is one, because others import what takes a second."""
    for name in [asked] if asked in VERBS else VERBS:
        verb = getattr(import_module(f"pipeline.cli.{name}"), name)
        app.command(help=verb.__doc__, epilog=EPILOG)(verb)
    if asked not in VERBS:
        add_groups()


def add_groups() -> None:
    """Make the groups of verbs known."""
    from pipeline.cli import desk, desk_backup, desk_token, desk_webhook, models

    app.add_typer(models.app, name="models")
    for desk_verb in (desk_backup.backup, desk_backup.restore, desk_webhook.deliver):
        desk.app.command(help=desk_verb.__doc__)(desk_verb)
    desk.app.add_typer(desk_token.app, name="token")
    desk.app.add_typer(desk_webhook.app, name="webhook")
    app.add_typer(desk.app, name="desk")


def main() -> None:
    """Run the command; an error of ours is one clear line on stderr and exit code 2."""
    add_verbs(next((word for word in sys.argv[1:] if not word.startswith("-")), ""))
    try:
        app(prog_name="unspun")
    except UnspunError as error:
        print(f"unspun: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(2) from None
