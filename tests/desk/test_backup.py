"""A backup brings back exactly what was there."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from django.db import connection

from pipeline.desk import manage
from pipeline.desk.backup import BackupError, backup, restore
from pipeline.desk.models import Event, Item
from pipeline.desk.services import search
from pipeline.desk.services.decide import decide
from tests.desk.assessments import put
from tests.desk.conftest import Desk


def rows(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the desk."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith(("desk_", "auth_"))]
        found = {}
        for name in names:
            if connection.vendor == "sqlite" and name.startswith("desk_search"):
                continue  # the search index, whose content is asked for by searching
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(cursor.fetchall(), key=repr)
        return found


def test_a_backup_brings_everything_back(desk: Desk, tmp_path: Path) -> None:
    """Items, decisions, log, people and search are as they were, whatever happened since; and the log stays closed."""
    maria = desk.person("maria")
    item = put().item
    decide(item.pk, 1, "reject", maria, desk.now, reasons=["spun"])
    before, file = rows(desk), tmp_path / "desk.backup"
    backup(file, desk.database)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    put("pages/later.txt")
    decide(put("pages/another.txt").item.pk, 1, "approve", maria, desk.now)
    assert rows(desk) != before
    connection.close()
    restore(file, desk.database)
    manage.migrate()
    assert rows(desk) == before
    assert list(search.matching(Item.objects.all(), "compound abuse")) == [item]
    with pytest.raises(Exception, match="append-only"):
        Event.objects.update(note="never happened")


def test_a_backup_is_made_while_somebody_decides(desk: Desk, tmp_path: Path) -> None:
    """An open transaction is not in it, and is not disturbed."""
    from django.db import transaction

    put()
    with transaction.atomic():
        put("pages/half.txt")
        backup(tmp_path / "desk.backup", desk.database)
    assert Item.objects.count() == 2
    connection.close()
    restore(tmp_path / "desk.backup", desk.database)
    assert [item.source for item in Item.objects.all()] == ["pages/sleep.txt"]


def test_what_is_no_backup_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """Another kind of file, half a backup, a database of something else, nothing at all."""
    put()
    before, file = rows(desk), tmp_path / "desk.backup"
    backup(file, desk.database)
    with pytest.raises(BackupError, match="already"):
        backup(file, desk.database)
    with pytest.raises(BackupError, match="cannot be written"):
        backup(tmp_path / "none" / "desk.backup", desk.database)
    whole = file.read_bytes()
    (tmp_path / "text").write_text("hello")
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE desk_item (id)")
    other.close()
    connection.close()
    for name in ("text", "half", "other", "none"):
        with pytest.raises(BackupError):
            restore(tmp_path / name, desk.database)
    assert rows(desk) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "desk.backup-"))] == []
