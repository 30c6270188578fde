"""The command ``unspun``: one file a verb."""

from __future__ import annotations

import sys

import typer

from pipeline import __version__
from pipeline.errors import UnspunError

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


def main() -> None:
    """Run the command; an error of ours is one clear line on stderr and exit code 2."""
    from pipeline.cli import (
        desk,
        desk_backup,
        desk_token,
        desk_webhook,
        evaluate,
        explain,
        intake,
        models,
        query,
        rules,
        scan,
    )

    for verb in (scan.scan, explain.explain, query.query, intake.intake, rules.rules, evaluate.evaluate):
        app.command(help=verb.__doc__, epilog=EPILOG)(verb)
    app.add_typer(models.app, name="models")
    for desk_verb in (desk_backup.backup, desk_backup.restore, desk_webhook.deliver):
        desk.app.command(help=desk_verb.__doc__)(desk_verb)
    desk.app.add_typer(desk_token.app, name="token")
    desk.app.add_typer(desk_webhook.app, name="webhook")
    app.add_typer(desk.app, name="desk")
    try:
        app(prog_name="unspun")
    except UnspunError as error:
        print(f"unspun: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(2) from None
