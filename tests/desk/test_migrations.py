"""The tables are those of the models."""

from __future__ import annotations

from django.core.management import call_command

from tests.desk.conftest import Desk


def test_no_migration_is_missing(desk: Desk) -> None:
    """A change of a model without its migration would only be seen on somebody's desk."""
    call_command("makemigrations", "desk", check=True, dry_run=True, verbosity=0)
