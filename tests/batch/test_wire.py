"""Frames, and records that do not encode."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import wire
from pipeline.records import Assessment, Failure, RawPage, Versions


@given(bodies=st.lists(st.binary(max_size=40), max_size=6), size=st.integers(1, 60))
def test_frames_are_whole_whatever_the_pieces(bodies: list[bytes], size: int) -> None:
    """A stream of frames, cut anywhere, gives the bodies that went in."""
    stream = b"".join(map(wire.framed, bodies))
    frames = wire.Frames()
    got = [body for at in range(0, len(stream), size) for body in frames.feed(stream[at : at + size])]
    assert got == bodies


def test_a_stream_is_read_frame_by_frame() -> None:
    """A blocking stream gives its bodies, then None; a frame cut short is an end too."""
    stream = io.BytesIO(wire.framed(b"one") + wire.framed(b"") + wire.framed(b"cut")[:-1])
    assert [wire.read_frame(stream) for _ in range(4)] == [b"one", b"", None, None]


@given(st.builds(RawPage, source=st.text(), data=st.binary(), title=st.text(), notes=st.tuples(st.text())))
def test_a_page_travels_unchanged(page: RawPage) -> None:
    """What a page says arrives."""
    assert wire.decode_page(wire.encode_page(page)) == page


def test_a_file_name_that_is_not_utf8_travels() -> None:
    """Lone surrogates become visible escapes, in every field; the rest of the page is untouched."""
    failure = Failure(stage="ingest", code="unreadable", message="x")
    page = RawPage(source="caf\udce9.html", data=b"\xe9", notes=("plain", "\ud800"), failure=failure)
    arrived = wire.decode_page(wire.encode_page(page))
    assert arrived == RawPage(source="caf\\udce9.html", data=b"\xe9", notes=("plain", "\\ud800"), failure=failure)


def test_an_assessment_of_wrong_types_is_not_sent() -> None:
    """What the supervisor could not read is found by the worker, whose page it is."""
    wrong = Assessment(id="0", source="x", versions=Versions(unspun="test"), risk="high")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Expected `float`, got `str`"):
        wire.encode_assessment(wrong)
