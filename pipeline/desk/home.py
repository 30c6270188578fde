"""The folder that one desk lives in.

``secret.key`` (made by ``unspun desk init``, readable by its owner only) and, where no UNSPUN_DATABASE_URL says
otherwise, ``desk.sqlite3``. The folder is ``--home``, else UNSPUN_DESK_HOME, else ``unspun/desk`` under the user's
data folder.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pipeline.desk.errors import HomeError

VARIABLE = "UNSPUN_DESK_HOME"
KEY_BYTES = 50


def folder(given: Path | None = None) -> Path:
    """The desk's folder: as given, as the environment says, or the usual place. It need not exist."""
    if given is not None:
        return given.absolute()
    if said := os.environ.get(VARIABLE):
        return Path(said).absolute()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local/share") / "unspun" / "desk"


def key_file(home: Path) -> Path:
    """Where the secret key of the desk in `home` is."""
    return home / "secret.key"


def make(home: Path) -> None:
    """Make the folder and its secret key. What is there stays. Raises HomeError where that cannot be done."""
    file = key_file(home)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(KEY_BYTES))
    except OSError as error:
        raise HomeError(f"{home}: the desk cannot be made there: {error.strerror or error}") from None


def secret_key(home: Path) -> str:
    """The secret key. Raises HomeError, with the command that helps, where there is none."""
    try:
        key = key_file(home).read_text().strip()
    except OSError:
        key = ""
    if len(key) < KEY_BYTES:
        raise HomeError(f"{home}: there is no desk here; `unspun desk init` makes one")
    return key
