"""One page a file."""

from __future__ import annotations

import pytest

from pipeline.settings import Limits, Settings
from tests.ingest.conftest import Ingest


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.html", "html"), ("a.htm", "html"), ("a.xhtml", "html"), ("a.txt", "text"), ("a.md", "text"), ("a", None)],
)
def test_kind_comes_from_the_suffix(name: str, kind: str | None, ingest: Ingest) -> None:
    """An unknown suffix leaves the kind open."""
    (page,) = ingest(name, b"<p>x</p>")
    assert page.kind == kind
    assert page.data == b"<p>x</p>"


def test_page_over_the_limit_is_refused_by_name(ingest: Ingest) -> None:
    """The failure says what was found, what is allowed, and the key; a page at the limit is read."""
    settings = Settings(limits=Limits(page_bytes=10))
    (page,) = ingest("a.html", b"x" * 11, settings)
    assert page.failure
    assert page.failure.limit == "page_bytes"
    assert "at least 11 bytes" in page.failure.message
    assert not page.data
    (page,) = ingest("b.html", b"x" * 10, settings)
    assert page.data == b"x" * 10
