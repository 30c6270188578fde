"""``unspun desk token``: tokens of the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli.desk import HomeOption, open_desk

app = typer.Typer(help="Tokens with which programs use the desk.", no_args_is_help=True)


@app.command()
def create(
    person: Annotated[str, typer.Argument(help="For whom the token acts: it may do what they may.")],
    name: Annotated[str, typer.Option(help="What it is for.")],
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it lives.")] = 90,
    home: HomeOption = None,
) -> None:
    """Make a token and print it, this once: it is kept hashed, and nobody can see it again.

    [bold]Example[/bold]

      unspun desk token create importer --name "our CMS" --days 30
    """
    open_desk(home)
    from pipeline.desk import manage
    from pipeline.desk.services import tokens

    made, token = tokens.create(manage.person(person), name, datetime.now(UTC), who=None, days=days)
    typer.echo(token)
    typer.echo(f"token {made.pk} for {person}, until {made.expires_at:%Y-%m-%d %H:%M} UTC", err=True)


@app.command(name="list")
def list_tokens(home: HomeOption = None) -> None:
    """All tokens, newest first: number, beginning, person, name, and how long they stand."""
    open_desk(home)
    from pipeline.desk.services import tokens
    from pipeline.report.safe_text import one_line

    now = datetime.now(UTC)
    for token in tokens.all_tokens():
        if token.revoked_at:
            stands = f"revoked {token.revoked_at:%Y-%m-%d}"
        else:
            stands = f"{'until' if token.expires_at > now else 'ended'} {token.expires_at:%Y-%m-%d}"
        used = f"used {token.used_at:%Y-%m-%d}" if token.used_at else "never used"
        person = one_line(token.person.get_username())
        typer.echo(f"{token.pk}\t{token.prefix}…\t{person}\t{one_line(token.name)}\t{stands}\t{used}")


@app.command()
def revoke(
    token: Annotated[int, typer.Argument(help="Its number, as `unspun desk token list` gives it.")],
    home: HomeOption = None,
) -> None:
    """End a token at once."""
    open_desk(home)
    from pipeline.desk.services import tokens

    ended = tokens.revoke(token, datetime.now(UTC), who=None)
    typer.echo(f"{ended.prefix}… is revoked")
