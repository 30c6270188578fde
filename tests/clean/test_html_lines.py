"""HTML is cut into block-level lines with their kind, zone, links and what is hidden."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.html_lines import cut
from pipeline.clean.lines import Lines
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits


def lines_of(html: str, limits: Limits | None = None) -> Lines:
    """The lines of a page."""
    return cut(LexborHTMLParser(html), limits or Limits())


def texts(html: str) -> list[str]:
    """The text of each line."""
    return [line.text for line in lines_of(html).lines]


def test_inline_elements_join_and_blocks_part() -> None:
    """White space is folded as a browser shows it: none is made up between inline elements, none lost."""
    assert texts("<p>One <b>two</b>three\n  four<p>five<div>six<span> seven</span></div>") == [
        "One twothree four",
        "five",
        "six seven",
    ]


def test_kinds() -> None:
    """Each block-level element gives its kind, also to paragraphs inside it."""
    html = (
        "<h2>Head</h2><p>Para</p><ul><li><p>Item</p></ul><blockquote><p>Quote</p></blockquote>"
        "<table><tr><td>Cell</table><figure><figcaption>Caption</figcaption></figure>"
    )
    kinds = [line.kind for line in lines_of(html).lines]
    assert kinds == ["heading", "paragraph", "list_item", "quote", "table", "caption"]


def test_line_breaks_part_sentences_not_words() -> None:
    """One <br> inside a sentence is a space; after a sentence, or doubled, it parts lines."""
    assert texts("<p>This is a line that a careless editor broke<br>in the middle. Then it ends.<br>Next one.</p>") == [
        "This is a line that a careless editor broke in the middle. Then it ends.",
        "Next one.",
    ]
    assert texts("<p>First.<br>Second<div>Third</div>") == ["First.", "Second", "Third"]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="display:none">S</p>',
        '<div style="position:absolute; left:-9999px"><p>S</p></div>',
        '<p style="visibility: hidden">S</p>',
        '<span style="font-size:0">S</span>',
        "<p hidden>S</p>",
        '<p aria-hidden="true">S</p>',
        "<noscript><p>S</p></noscript>",
        "<style>p{color:red} .x, .y { display: none }</style><p class='z y'>S</p>",
        '<span class="sr-only">S</span>',
    ],
)
def test_hidden_text_is_no_line(html: str) -> None:
    """What a reader does not see is kept apart."""
    found = lines_of(f"<p>Seen, and long enough that the hidden part is the smaller one.</p>{html}")
    assert [line.text for line in found.lines] == ["Seen, and long enough that the hidden part is the smaller one."]
    assert found.hidden == ["S"]


@pytest.mark.parametrize(
    "html",
    [
        "<style>@media print {.x{display:none}}</style><p class=x>S</p>",
        "<style>.nav .x{display:none}</style><p class=x>S</p>",
        "<p style='display:block'>S</p>",
    ],
)
def test_conditional_rules_hide_nothing(html: str) -> None:
    """A rule for print, or for other places than this, does not make text hidden."""
    assert texts(html) == ["S"]


def test_a_wrapper_that_a_script_reveals_is_the_page() -> None:
    """A hidden element that holds most of the page is what readers see once scripts ran."""
    body = "<p>The whole article stands in here, as it does on pages that fade in when they are loaded.</p>"
    assert len(texts(f"<p>Menu</p><div style='opacity:0'>{body}</div>")) == 2


def test_link_offsets_are_those_of_the_line() -> None:
    """A link knows its line and the characters of it that are its text, folded as they are."""
    found = lines_of("<p>See  the\n<a href='/x' rel='nofollow ugc'>full <b>study</b></a>, please.")
    anchor = found.anchors[0]
    assert found.lines[anchor.line].text[anchor.start : anchor.end] == anchor.text == "full study"
    assert (anchor.href, anchor.rel, anchor.zone, anchor.hidden) == ("/x", ("nofollow", "ugc"), "body", False)


def test_links_keep_their_zone() -> None:
    """The zone of a link is that of its outermost telling ancestor; an article's own header is not the page's."""
    html = (
        "<header><nav><a href=1>n</a></nav></header><article><header><a href=2>b</a></header></article>"
        "<div class='comments-area'><form><a href=3>c</a></form></div><div id='sidebar'><a href=4>s</a></div>"
        "<footer><ul><li><a href=5>f</a></ul></footer>"
    )
    assert [anchor.zone for anchor in lines_of(html).anchors] == ["nav", "body", "comments", "sidebar", "footer"]


def test_hidden_links_are_marked() -> None:
    """A link inside something hidden is hidden, keeps its text, and stands in no line."""
    found = lines_of("<p>Seen text of some length.<span style='display:none'><a href=x>cheap pills</a></span></p>")
    assert [(a.text, a.hidden, a.line) for a in found.anchors] == [("cheap pills", True, -1)]


@pytest.mark.parametrize(
    ("html", "limits", "limit"),
    [
        ("<div>" * 40 + "x", Limits(html_depth=30), "html_depth"),
        ("<p>x" * 50, Limits(html_nodes=40), "html_nodes"),
        ("<p>x" * 50, Limits(lines=40), "lines"),
        ("<a href=x>y</a>" * 50, Limits(links=40), "links"),
        ("<p>" + "x" * 50, Limits(line_chars=40), "line_chars"),
    ],
)
def test_limits(html: str, limits: Limits, limit: str) -> None:
    """Each limit on the tree is held while it is walked, and named."""
    with pytest.raises(LimitExceeded) as error:
        lines_of(html, limits)
    assert error.value.limit == limit


def test_no_level_is_lost() -> None:
    """Text at the deepest level that the limit allows is found: no tree is silently cut short."""
    assert texts("<div>" * 450 + "deep") == ["deep"]
