"""What the ingest tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.ingest import read
from pipeline.records import RawPage
from pipeline.settings import Settings

Ingest = Callable[..., list[RawPage]]


@pytest.fixture
def ingest(tmp_path: Path) -> Ingest:
    """Write `data` to a file called `name` and read it: `ingest("a.jsonl", b"…")`."""

    def run(name: str, data: bytes, settings: Settings | None = None) -> list[RawPage]:
        path = tmp_path / name
        path.write_bytes(data)
        return list(read([path], settings or Settings()))

    return run


def codes(pages: Iterable[RawPage]) -> list[str]:
    """The failure code of each page, or "" where it has none."""
    return [page.failure.code if page.failure else "" for page in pages]


def numbers(pages: Iterable[RawPage]) -> list[str]:
    """The record part of each source, or "" where it has none."""
    return [page.source.rpartition("#")[2] if "#" in page.source else "" for page in pages]
