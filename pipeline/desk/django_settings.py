"""The settings as a module, for tools that want one: mypy's plugin, and ``django-admin makemigrations desk``.

No desk runs on it: the database is in memory and the key is thrown away.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe

from pipeline.desk import config, home

globals().update(config.settings(token_urlsafe(home.KEY_BYTES), {"default": config.sqlite(Path(":memory:"))}))
