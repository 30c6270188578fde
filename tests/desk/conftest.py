"""A desk for each test, on SQLite and on PostgreSQL.

Every test that takes `desk` runs on both; on PostgreSQL only where UNSPUN_TEST_DATABASE_URL names a database of a
server in which the tests may make another: each process of tests has its own, so that several run side by side. Each
test starts with migrated, empty tables and nobody on the desk.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pipeline.desk import config
from pipeline.desk import home as home_folder

HOME = Path(tempfile.mkdtemp(prefix="unspun-desk-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
home_folder.make(HOME)
os.environ.pop("UNSPUN_DATABASE_URL", None)
os.environ.pop("UNSPUN_DESK_HOSTS", None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the thread of the tests
config.start(HOME)  # before the tests' own imports: Django's models need it

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from pipeline.desk import manage  # noqa: E402

PBKDF2PasswordHasher.iterations = 1  # a person in microseconds; the servers of the tests know them all the same
setup_test_environment()
settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]

POSTGRESQL = "UNSPUN_TEST_DATABASE_URL"


def database_of_this_process(url: str) -> str:
    """The address of a new database on the server of `url`, dropped when the process ends."""
    import psycopg

    name = f"unspun_tests_{os.getpid()}"

    def run(statement: str) -> None:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement)

    run(f"CREATE DATABASE {name}")
    atexit.register(run, f"DROP DATABASE {name} WITH (FORCE)")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


if os.environ.get(POSTGRESQL):
    os.environ[POSTGRESQL] = database_of_this_process(os.environ[POSTGRESQL])
KEPT = ("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
PASSWORD = "correct horse battery"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Desk:
    """What tests need of a desk: people, a clock, clients."""

    def __init__(self, database: dict[str, Any], folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.now = START
        self.people: list[User] = []

    @property
    def is_postgresql(self) -> bool:
        """Which of the two databases it is."""
        return bool(self.database["ENGINE"].endswith("postgresql"))

    def person(self, name: str, role: str = "editor") -> User:
        """Somebody new."""
        self.people.append(manage.add_person(name, PASSWORD, role))
        return self.people[-1]

    def client(self, who: User) -> Client:
        """A browser in which somebody is logged in; CSRF is checked as in a real one only where the test asks."""
        client = Client()
        client.force_login(who)
        return client

    def bare(self) -> None:
        """Take away what the command makes: the tables of SQLite (those of PostgreSQL stay, empty)."""
        connection.close()
        if not self.is_postgresql:
            Path(self.database["NAME"]).unlink()

    def later(self, **passed: float) -> datetime:
        """The clock, put forward."""
        self.now += timedelta(**passed)
        return self.now


def use(database: dict[str, Any]) -> None:
    """Make Django talk to another database from here on, in this thread."""
    connections["default"].close()
    connections.databases["default"] = connections.configure_settings({"default": database})["default"]
    del connections["default"]


@pytest.fixture(scope="session")
def migrated() -> Callable[[str], dict[str, Any]]:
    """Gives, by name, a database with all tables; made on first use."""
    made: dict[str, dict[str, Any]] = {}

    def give(kind: str) -> dict[str, Any]:
        if kind not in made:
            url = os.environ.get(POSTGRESQL, "")
            made[kind] = config.sqlite(HOME / "migrated.sqlite3") if kind == "sqlite" else config.from_url(url)
            use(made[kind])
            manage.migrate()
            connection.close()
        return made[kind]

    return give


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, migrated: Callable[[str], dict[str, Any]], tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    if request.param == "postgresql" and not os.environ.get(POSTGRESQL):
        pytest.skip(f"no PostgreSQL: set {POSTGRESQL} to a database of a server for tests (.ci/run does)")
    database = migrated(request.param)
    if request.param == "sqlite":
        file = tmp_path / "desk.sqlite3"
        shutil.copy(database["NAME"], file)
        database = config.sqlite(file)
    use(database)
    if request.param == "postgresql":
        tables = set(connection.introspection.table_names()) - set(KEPT)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} RESTART IDENTITY")
    yield Desk(database, tmp_path)
    connection.close()
