"""What Django's models cannot say: the log refuses changes, and the tables of the full-text search."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER desk_event_no_update BEFORE UPDATE ON desk_event "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER desk_event_no_delete BEFORE DELETE ON desk_event "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    # Without a copy of the text: what is indexed is stored in the versions, and no row is ever changed.
    "CREATE VIRTUAL TABLE desk_search USING fts5(title, text, source, content='', tokenize='porter unicode61')",
)
POSTGRESQL = (
    "CREATE FUNCTION desk_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER desk_event_append_only BEFORE UPDATE OR DELETE ON desk_event "
    "FOR EACH ROW EXECUTE FUNCTION desk_append_only()",
    "CREATE TABLE desk_search (version_id bigint PRIMARY KEY, document tsvector NOT NULL)",
    "CREATE INDEX desk_search_document ON desk_search USING gin (document)",
)


def make(apps: Any, schema_editor: Any) -> None:
    """Run the statements of the database at hand."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers and search tables."""

    dependencies = [("desk", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
