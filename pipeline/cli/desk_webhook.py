"""``unspun desk webhook``: whom the desk tells of decisions; ``unspun desk deliver`` sends what is waiting."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from pipeline.cli.desk import HomeOption, open_desk

app = typer.Typer(help="Addresses that are told of every decision.", no_args_is_help=True)


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="https://HOST/PATH; UNSPUN_DESK_WEBHOOK_HOSTS must allow the host.")],
    home: HomeOption = None,
) -> None:
    """Tell this address of every decision from now on; prints the secret that signatures are checked with."""
    open_desk(home)
    from pipeline.desk.services import webhooks

    hook = webhooks.add(url, datetime.now(UTC), who=None)
    typer.echo(webhooks.secret_of(hook))
    typer.echo(f"webhook {hook.pk}: {url}", err=True)


@app.command(name="list")
def list_webhooks(home: HomeOption = None) -> None:
    """All webhooks: number, address, what waits for it."""
    open_desk(home)
    from pipeline.desk.services import webhooks

    for hook in webhooks.all_webhooks():
        waiting = hook.deliveries.filter(next_at__isnull=False).count()
        state = f"stopped {hook.stopped_at:%Y-%m-%d}" if hook.stopped_at else f"{waiting} waiting"
        typer.echo(f"{hook.pk}\t{hook.url}\t{state}")


@app.command()
def stop(
    webhook: Annotated[int, typer.Argument(help="Its number, as `unspun desk webhook list` gives it.")],
    home: HomeOption = None,
) -> None:
    """Tell this address nothing more."""
    open_desk(home)
    from pipeline.desk.services import webhooks

    webhooks.stop(webhook, datetime.now(UTC), who=None)
    typer.echo(f"webhook {webhook} is stopped")


def deliver(
    once: Annotated[bool, typer.Option("--once", help="Send what is due now, and end: for a scheduler.")] = False,
    home: HomeOption = None,
) -> None:
    """Send to webhooks what is waiting, until interrupted. `unspun desk serve` does it too, unless told not to."""
    open_desk(home)
    from pipeline.desk.courier import EVERY
    from pipeline.desk.services.deliver import deliver as work_off

    while True:
        done = work_off(lambda: datetime.now(UTC))
        if done or once:
            typer.echo(", ".join(f"{number} {what}" for what, number in sorted(done.items())) or "nothing is due")
        if once:
            return
        time.sleep(EVERY)
