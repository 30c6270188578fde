"""Tables and people from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk import config, roles
from pipeline.desk import home as home_folder
from pipeline.desk.errors import HomeError, Invalid

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def initialise(home: Path, name: str, password: str) -> None:
    """Make the desk in `home` with its first administrator. What is there stays.

    Raises HomeError where the name is taken.
    """
    home_folder.make(home)
    config.start(home)
    bring_up_to_date()
    from django.contrib.auth.models import User

    if User.objects.filter(username=name).exists():
        raise HomeError(f"{home}: there is a desk already, with somebody called {name!r}")
    add_person(name, password, roles.ADMINISTRATOR)


def migrate() -> None:
    """Bring the tables up to this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def bring_up_to_date() -> bool:
    """Bring the tables up to this version where they are older; whether they were.

    Raises HomeError where the database does not answer.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise HomeError(f"the desk's database does not answer: {said}") from None
    if behind:
        migrate()
    return behind


def add_person(name: str, password: str, role: str) -> User:
    """Somebody new in one role. Raises Invalid where the password is too weak, saying why, or the role unknown."""
    from django.contrib.auth.models import Group, User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction

    if role not in roles.ROLES:
        raise Invalid(f"unknown role {role!r}; known: {', '.join(roles.ROLES)}")
    administers = role == roles.ADMINISTRATOR
    person = User(username=name, is_staff=administers, is_superuser=administers)
    try:
        person.full_clean(exclude=("password",))
        validate_password(password, person)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    person.set_password(password)
    with transaction.atomic():
        person.save()
        person.groups.add(Group.objects.get(name=role))
    return person


def person(name: str) -> User:
    """Somebody by name. Raises Invalid where there is nobody."""
    from django.contrib.auth.models import User

    found = User.objects.filter(username=name).first()
    if found is None:
        raise Invalid(f"there is nobody called {name!r} on this desk")
    return found


def size() -> str:
    """How much is on the desk, in words."""
    from django.contrib.auth.models import User

    from pipeline.desk.models import Event, Item

    items, lines, people = Item.objects.count(), Event.objects.count(), User.objects.count()
    return f"items: {items:,}, lines of the log: {lines:,}, people: {people:,}"
