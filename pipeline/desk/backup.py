"""The desk's database into one file, and back.

SQLite by its online backup, while the desk runs; PostgreSQL by its own ``pg_dump`` and ``pg_restore``. The secret key
is not in the file: who has only the backup can neither forge a session nor sign for a webhook. Keep it elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.desk import config
from pipeline.desk.errors import DeskError

SQLITE_MARK = b"SQLite format 3\0"
POSTGRESQL_MARK = b"PGDMP"
PAGES = 2_000
"""Pages of 4 kB copied at a time; between two, the desk goes on writing."""
TABLES = frozenset({"desk_item", "desk_version", "desk_event", "auth_user", "django_migrations"})


class BackupError(DeskError):
    """A backup that could not be made or brought back. What was there is still there."""


def backup(file: Path, database: dict[str, Any]) -> None:
    """Write a whole, consistent copy to `file`, which must not be there yet. Raises BackupError.

    The copy is made beside it under another name and checked first: a file of this name is always whole.
    """
    if file.exists():
        raise BackupError(f"{file}: is there already; give another name")
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # readable by its owner only
    except OSError as error:
        raise BackupError(f"{file}: cannot be written: {error.strerror or error}") from None
    os.close(handle)
    part = Path(name)
    try:
        if is_sqlite(database):
            _copy(Path(database["NAME"]), part)
            with closing(sqlite3.connect(part)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            _check(part)
        else:
            _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}"], database)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        os.link(part, file)  # unlike a rename, this never replaces what somebody put there in the meantime
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{file}: cannot be written: {error}") from None
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, database: dict[str, Any]) -> None:
    """Bring a backup back: all that is in the database now is replaced, in one step. Raises BackupError.

    Both kinds refuse a file of the other kind or a damaged one before anything is changed. `manage.migrate` follows:
    the backup may be of an older version.
    """
    try:
        with file.open("rb") as stream:
            mark = stream.read(len(SQLITE_MARK))
    except OSError as error:
        raise BackupError(f"{file}: cannot be read: {error.strerror or error}") from None
    if is_sqlite(database):
        if mark != SQLITE_MARK:
            raise BackupError(f"{file}: is not a backup of a desk on SQLite")
        _check(file)
        try:
            _copy(file, Path(database["NAME"]))
        except sqlite3.Error as error:
            raise BackupError(f"{database['NAME']}: cannot be replaced: {error}; is the desk still served?") from None
    else:
        if not mark.startswith(POSTGRESQL_MARK):
            raise BackupError(f"{file}: is not a backup of a desk on PostgreSQL")
        steps = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run(["pg_restore", "--dbname", str(database["NAME"]), *steps, str(file)], database)


def is_sqlite(database: dict[str, Any]) -> bool:
    """Whether the desk is on SQLite."""
    return bool(database["ENGINE"] == "django.db.backends.sqlite3")


def _copy(source: Path, target: Path) -> None:
    """One SQLite database over another: readers of the target see it as it was, or as it is afterwards."""
    with (
        closing(sqlite3.connect(f"file:{_uri(source)}?mode=ro", uri=True)) as from_,
        closing(sqlite3.connect(target, timeout=config.BUSY_SECONDS)) as to,
    ):
        from_.backup(to, pages=PAGES)


def _check(file: Path) -> None:
    """Raise BackupError where a SQLite file is damaged, or holds no desk."""
    try:
        with closing(sqlite3.connect(f"file:{_uri(file)}?mode=ro", uri=True)) as opened:
            found = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise BackupError(f"{file}: is damaged: {error}") from None
    if found != "ok":
        raise BackupError(f"{file}: is damaged: {found}")
    if missing := TABLES - tables:
        raise BackupError(f"{file}: holds no desk (there is no table {sorted(missing)[0]})")


def _uri(file: Path) -> str:
    return str(file.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _run(command: list[str], database: dict[str, Any]) -> None:
    """Run a tool of PostgreSQL. The password goes through the environment, where other users do not see it."""
    if shutil.which(command[0]) is None:
        raise BackupError(f"{command[0]} is not installed: it comes with PostgreSQL (Debian: postgresql-client)")
    options = database.get("OPTIONS", {})
    said = {
        "PGHOST": database.get("HOST") or options.get("host"),
        "PGPORT": database.get("PORT") or options.get("port"),
        "PGUSER": database.get("USER"),
        "PGPASSWORD": database.get("PASSWORD"),
        "PGDATABASE": database.get("NAME"),
        "PGSSLMODE": options.get("sslmode"),
    }
    environment = os.environ | {name: str(value) for name, value in said.items() if value}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}")
