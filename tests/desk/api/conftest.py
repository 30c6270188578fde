"""Each test begins with full buckets and ends without a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.desk.api.limits import BUCKETS


@pytest.fixture(autouse=True)
def full_buckets() -> Iterator[None]:
    """The limits live in the process."""
    BUCKETS.clear()
    yield
    BUCKETS.clear()
