"""Limits hold before the HTML parser runs."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import guards
from pipeline.clean.guards import RAW_TEXT, check_html, long_pieces
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits

LIMITS = Limits()


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ("é" * 2_600_000, "page_bytes"),
        ("<div>" * 20_000, "html_depth"),
        ("<div></b>" * 20_000, "html_depth"),
        ("<p>x<br>" * 9_000 + "<div>" * 6_000, "html_depth"),
        ("<p " + " ".join(f"a{n}=x" for n in range(20_000)) + ">", "attributes"),
        ("<script>var a = '<';</script><p " + " ".join(f"a{n}" for n in range(20_000)) + ">", "attributes"),
    ],
    ids=[
        "bytes",
        "depth",
        "depth behind stray end tags",
        "depth below paragraphs",
        "attributes",
        "attributes after a script",
    ],
)
def test_refuses_and_names_the_limit(content: str, limit: str) -> None:
    """A page that would make the parser quadratic is refused by the limit it is over."""
    with pytest.raises(LimitExceeded) as error:
        check_html(content, LIMITS)
    assert error.value.limit == limit


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 60 + "x" + "</div>" * 60,
        "<p>one" * 9_000,
        "<ul>" + "<li>one" * 9_000 + "</ul>",
        "<br>" * 9_000,
        "<div data-state='" + '{"a": 1, "b": 2} ' * 5_000 + "'>x</div>",
        "<script>" + "if (a<b) { c = d / e; }\n" * 3_000 + "</script>",
    ],
    ids=["deep", "open paragraphs", "open items", "void", "long attribute", "long script"],
)
def test_lets_ordinary_pages_through(content: str) -> None:
    """Unclosed paragraphs, long attribute values and scripts are no nesting and no attributes."""
    check_html(content, LIMITS)


def test_is_linear_on_pumped_input() -> None:
    """A megabyte of pumped tag fragments costs no more than a scan (the test times out otherwise)."""
    for pump in ("<", "<a ", "<a '", '<a "', "<!--", "<script", "=", "<a b=<", "/*"):
        text = pump * (1_000_000 // len(pump))
        with suppress(LimitExceeded):
            check_html(text, LIMITS)


def test_drawings_are_not_deep() -> None:
    """Shapes that close themselves are not nested, in a drawing; anything else in it is counted."""
    drawing = "<svg viewBox='0 0 1 1'><g>" + "<path d='M0 0'/>" * 6_000 + "</g></svg>"
    check_html(f"<p>Text.</p>{drawing}", Limits())
    with pytest.raises(LimitExceeded):
        check_html(drawing.replace("<path", "<div"), Limits())
    with pytest.raises(LimitExceeded):
        check_html("<path/>" * 6_000, Limits())


@given(st.lists(st.sampled_from(["div", "/div", "DIV", "/b", "b", "p", "/p"])), st.integers(1, 9))
def test_the_count_by_chunks_is_never_too_low(tags: list[str], chunk: int) -> None:
    """A page that the quick count lets through is one that the count tag by tag lets through."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guards, "CHUNK", chunk)
        assert guards.may_be_open(tags) >= guards.open_at_once(tags)


@given(st.lists(st.sampled_from(["<script>", "</SCRIPT>", "</script", "<!--", "-->", "--", "<b>", "x", "<title>"])))
def test_raw_text_is_cut_as_lazily_as_before(pieces: list[str]) -> None:
    """The fast way over scripts and comments ends where a lazy one does."""
    lazy = re.compile(r"<(script|title)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
    content = "".join(pieces)
    assert RAW_TEXT.sub("", content) == lazy.sub("", content)


@given(st.text("ab<", max_size=60), st.integers(1, 9))
def test_long_pieces_are_all_that_are_long(content: str, size: int) -> None:
    """Striding over a page finds the pieces that splitting it finds."""
    found = [content[start:end] for start, end in long_pieces(content, "<", size)]
    assert found == [piece for piece in content.split("<") if len(piece) >= size]
