"""Indexes that hold all that a filter asks about, and for SQLite one with the source."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations, models


def index_source(apps: Any, schema_editor: Any) -> None:
    """A filter by part of a source reads every source: from an index here; PostgreSQL has no room for long ones."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("CREATE INDEX item_source ON desk_item (state, rank DESC, id DESC, verdict, source)")


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_version_scores"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="item",
            name="item_queue",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_all",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_age",
        ),
        migrations.RemoveIndex(
            model_name="item",
            name="item_assignee",
        ),
        migrations.AlterField(
            model_name="version",
            name="text_hash",
            field=models.CharField(db_index=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("rank"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                models.F("verdict"),
                models.F("risk"),
                models.F("spin"),
                models.F("links"),
                models.F("claims"),
                models.F("quality"),
                models.F("arrived_at"),
                models.F("assignee"),
                models.F("version"),
                name="item_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.F("state"),
                models.F("changed_at"),
                models.F("id"),
                models.F("verdict"),
                models.F("risk"),
                models.F("spin"),
                models.F("links"),
                models.F("claims"),
                models.F("quality"),
                models.F("arrived_at"),
                models.F("assignee"),
                models.F("version"),
                name="item_age",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.OrderBy(models.F("rank"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                models.F("state"),
                models.F("verdict"),
                models.F("risk"),
                models.F("spin"),
                models.F("links"),
                models.F("claims"),
                models.F("quality"),
                models.F("arrived_at"),
                models.F("assignee"),
                models.F("version"),
                name="item_all",
            ),
        ),
        migrations.RunPython(index_source, migrations.RunPython.noop),
    ]
