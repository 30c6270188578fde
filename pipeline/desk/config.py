"""Django's settings for a desk, and the one function that starts Django with them.

Everything is made from the home folder and a few variables of the environment, so that nothing need be configured:

UNSPUN_DATABASE_URL  ``postgres://user:password@host/name`` instead of the SQLite file in the home folder
UNSPUN_DESK_HOSTS    names under which browsers reach the desk, separated by commas, beside localhost
UNSPUN_DESK_HTTPS    ``1`` where a proxy in front speaks HTTPS: cookies are then sent over nothing else
UNSPUN_DESK_PROXY    the address from which that proxy calls, where it is not this machine (127.0.0.1): what it says of
                     the caller (X-Forwarded-For, X-Forwarded-Proto) is believed, and only where HTTPS is set
UNSPUN_DESK_WEBHOOK_HOSTS   hosts that webhooks may be sent to, ``HOST`` or ``HOST:PORT``, separated by commas; none
UNSPUN_DESK_SECOND_OPINION  share of the decided items that a second editor is asked about, 0 to 1; 0
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.desk import home as home_folder
from pipeline.desk.errors import HomeError

BUSY_SECONDS = 20
"""How long a writer waits for the other writer of a SQLite file."""
SESSION_SECONDS = 12 * 3600
"""A working day."""
UPLOAD_BYTES = 6_000_000
"""Of one request: a page of 5 MB (`Limits.page_bytes`) and what stands around it."""
# WAL: readers never wait for a writer. FULL: a decision is on the disk before it is acknowledged.
SQLITE_SETUP = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; PRAGMA foreign_keys=ON;"
"""8 MB of pages a connection, and a connection a thread: with 32 MB the server held 454 MB (benchmarks/desk.py)."""
LOCAL = ("localhost", "127.0.0.1", "[::1]")


def proxy() -> dict[str, Any]:
    """What the server must know of the proxy in front of it, if any: else all callers would have one address."""
    if os.environ.get("UNSPUN_DESK_HTTPS") != "1":
        return {}
    return {
        "trusted_proxy": os.environ.get("UNSPUN_DESK_PROXY", "127.0.0.1"),
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def database(home: Path) -> dict[str, Any]:
    """The database: UNSPUN_DATABASE_URL, or the SQLite file in `home`."""
    url = os.environ.get("UNSPUN_DATABASE_URL")
    return from_url(url) if url else sqlite(home / "desk.sqlite3")


def from_url(url: str) -> dict[str, Any]:
    """The PostgreSQL database at `url`. Raises HomeError for another kind, or where the driver is not installed."""
    import dj_database_url

    try:
        found = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except (ValueError, KeyError, dj_database_url.UnknownSchemeError):
        found = {}
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise HomeError("UNSPUN_DATABASE_URL: give postgres://user:password@host/name; for SQLite leave it out")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise HomeError("PostgreSQL needs its driver: pip install 'unspun[desk,postgres]'") from None
    return found


def sqlite(file: Path) -> dict[str, Any]:
    """A SQLite database whose writers queue up at the start of a transaction, not in its middle."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_SETUP},
    }


def listed(variable: str) -> list[str]:
    """The words of a variable, separated by commas."""
    return [word.strip() for word in os.environ.get(variable, "").lower().split(",") if word.strip()]


def share(variable: str) -> float:
    """The number of a variable. Raises HomeError where it is not one from 0 to 1."""
    said = os.environ.get(variable) or "0"
    try:
        value = float(said)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise HomeError(f"{variable} is {said!r}; it must be a number from 0 to 1")
    return value


def settings(secret_key: str, databases: dict[str, Any]) -> dict[str, Any]:
    """All of Django's settings."""
    https = os.environ.get("UNSPUN_DESK_HTTPS") == "1"
    hosts = listed("UNSPUN_DESK_HOSTS")
    return {
        "DEBUG": False,
        "SECRET_KEY": secret_key,
        "DATABASES": databases,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ROOT_URLCONF": "pipeline.desk.urls",
        "ALLOWED_HOSTS": [*LOCAL, *hosts],
        "CSRF_TRUSTED_ORIGINS": [f"https://{name}" for name in hosts] if https else [],
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "pipeline.desk",
        ],
        "MIDDLEWARE": [
            "pipeline.desk.middleware.content_security_policy",
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "pipeline.desk.middleware.plain_addresses",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
            "pipeline.desk.middleware.Refusals",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "pipeline.desk.context.every_page",
                    ],
                },
            }
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
        ],
        "LOGIN_URL": "login",
        "LOGIN_REDIRECT_URL": "queue",
        "LOGOUT_REDIRECT_URL": "login",
        "LANGUAGE_CODE": "en-gb",
        "TIME_ZONE": "UTC",
        "USE_I18N": False,
        "USE_TZ": True,
        "STATIC_URL": "static/",
        # the report's style sheets: both look of one house
        "STATICFILES_DIRS": [("house", str(files("pipeline.report") / "assets"))],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 600,
        "SESSION_COOKIE_AGE": SESSION_SECONDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_SECURE": https,
        "SECURE_HSTS_SECONDS": 31_536_000 if https else 0,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": UPLOAD_BYTES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2_000,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": UPLOAD_BYTES,
        "DESK_WEBHOOK_HOSTS": listed("UNSPUN_DESK_WEBHOOK_HOSTS"),
        "DESK_SECOND_OPINION": share("UNSPUN_DESK_SECOND_OPINION"),
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"stderr": {"class": "logging.StreamHandler"}},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
        },
    }


def start(home: Path) -> None:
    """Start Django for the desk in `home`, once a process. Raises HomeError where there is none."""
    import django
    from django.conf import settings as django_settings

    if not django_settings.configured:
        django_settings.configure(**settings(home_folder.secret_key(home), {"default": database(home)}))
        django.setup()
