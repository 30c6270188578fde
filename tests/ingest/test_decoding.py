"""Raw page → page."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError, LimitExceeded, Unreadable
from pipeline.ingest import decode
from pipeline.records import Failure, PageKind, RawPage
from pipeline.settings import Limits

LIMITS = Limits()


def raw(data: bytes, kind: PageKind | None = "html", **fields: str) -> RawPage:
    """A raw page of `data`."""
    return RawPage(source="a.html", data=data, kind=kind, **fields)  # type: ignore[arg-type]


def test_page_carries_what_its_source_said() -> None:
    """Identity is that of the bytes; title, URL and notes come along."""
    page = decode(RawPage(source="s", data=b"<p>x", kind="html", url="u", title="t", notes=("n",)), LIMITS)
    assert page.id == sha256(b"<p>x").hexdigest()
    assert (page.source, page.url, page.title, page.notes) == ("s", "u", "t", ("n",))


def test_line_ends_become_newlines() -> None:
    """CRLF and CR are one newline each."""
    assert decode(raw(b"a\r\nb\rc\nd"), LIMITS).content == "a\nb\nc\nd"


def test_few_nuls_are_removed_and_said() -> None:
    """A NUL or two is damage, not a binary."""
    page = decode(raw(b"<p>a\0b\0c</p>"), LIMITS)
    assert page.content == "<p>abc</p>"
    assert page.notes == ("NUL characters removed: 2",)


def test_mojibake_is_repaired_and_said() -> None:
    """The note counts lines."""
    page = decode(raw("patientâ€™s\nrelief".encode()), LIMITS)
    assert page.content == "patient’s\nrelief"
    assert page.notes == ("mojibake was repaired; lines changed: 1",)


@pytest.mark.parametrize("data", [b"", b" \n\t\r ", b"\xef\xbb\xbf", b"\0\0", "\u00a0\u2003".encode()])
def test_empty_page_is_refused(data: bytes) -> None:
    """Nothing, white space, a lone byte order mark."""
    with pytest.raises(Unreadable) as error:
        decode(raw(data), LIMITS)
    assert error.value.code == "empty"


def test_limits_and_failures_are_raised() -> None:
    """Too many bytes, and a page that never was."""
    with pytest.raises(LimitExceeded) as error:
        decode(raw(b"x" * 11), Limits(page_bytes=10))
    assert error.value.limit == "page_bytes"
    failure = Failure(stage="ingest", code="missing", message="gone")
    with pytest.raises(Unreadable, match="gone"):
        decode(RawPage(source="a", failure=failure), LIMITS)


@pytest.mark.parametrize(
    ("data", "said", "kind"),
    [
        (b"<!DOCTYPE html><p>x", None, "html"),
        (b"\n <html lang=en>", None, "html"),
        (b'<?xml version="1.0"?>\n<html>', None, "html"),
        (b"words <p class='a'>words</p>", None, "html"),
        (b"1 < 2 and <b> is a tag; <penguin>", None, "text"),
        (b"plain words", None, "text"),
        (b"<!doctype html><p>x", "text", "html"),
        (b"He wrote <p> for a paragraph", "text", "text"),
        (b"<p>x</p>", "text", "text"),
        (b"no tags at all", "html", "html"),
    ],
)
def test_kind_is_as_said_or_sniffed(data: bytes, said: PageKind | None, kind: str) -> None:
    """A "text" is taken for HTML only where it is a whole document, and then it is said."""
    page = decode(raw(data, said), LIMITS)
    assert page.kind == kind
    assert bool(page.notes) == (said == "text" and kind == "html")


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16-le", "surrogatepass")),
    st.sampled_from([None, "html", "text"]),
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(["utf-8", "latin-1", "utf-16", "gb18030", "iso-2022-jp", "hz", "utf-7"]),
)
def test_nothing_is_raised_but_input_errors(data: bytes, kind: PageKind | None, encoding: str | None) -> None:
    """Whatever the bytes and the declaration, a page that serialises, or an InputError."""
    with suppress(InputError):
        page = decode(RawPage(source="a", data=data, kind=kind, encoding=encoding), LIMITS)
        page.content.encode()
        assert "\r" not in page.content
        assert "\0" not in page.content
