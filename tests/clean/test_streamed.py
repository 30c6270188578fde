"""What a server sent after the rest of a page is read where it belongs."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.html_lines import cut
from pipeline.clean.lines import Lines
from pipeline.settings import Limits

SLOT = '<p>First.</p><!--$?--><template id="B:0"></template><p>Loading</p><!--/$--><p>Third.</p>'


def lines_of(html: str) -> Lines:
    """The lines of a page."""
    return cut(LexborHTMLParser(html), Limits())


def test_a_late_part_stands_in_its_place() -> None:
    """Its stand-in goes; with the script that moves it, its links are links that readers see."""
    part = '<div hidden id="S:0"><p>Second, <a href="/x">linked</a>.</p></div>'
    for script, hidden in (('<script>$RC("B:0","S:0")</script>', False), ("", True)):
        found = lines_of(SLOT + part + script)
        assert [line.text for line in found.lines] == ["First.", "Second, linked.", "Third."]
        assert [anchor.hidden for anchor in found.anchors] == [hidden]


def test_parts_of_parts_are_put_together() -> None:
    """In whatever order they came, and whether they stand in one another or not."""
    outer = '<div hidden id="S:0"><p>Second.</p><template id="P:1"></template></div>'
    inner = '<div hidden id="S:1"><p>And a half.</p></div>'
    scripts = '<script>$RC("B:0","S:0");$RS("S:1","P:1")</script>'
    nested = outer.removesuffix("</div>") + inner + "</div>"
    for parts in (outer + inner, inner + outer, nested):
        texts = [line.text for line in lines_of(SLOT + parts + scripts).lines]
        assert texts == ["First.", "Second.", "And a half.", "Third."]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ('<p>A.</p><template id="B:0"></template><p>B.</p><div hidden id="S:0"><p>C.</p></div>', ["A.", "C.", "B."]),
        ('<p>A.</p><div hidden id="S:0"><p>C.</p></div>', ["A.", "C."]),
        ('<p>A.</p><div hidden id="S:0"><template id="B:0"></template><p>C.</p></div>', ["A.", "C."]),
    ],
    ids=["no end of the stand-in", "no place", "its own place"],
)
def test_nothing_is_lost(html: str, texts: list[str]) -> None:
    """Where the page is not as it should be, all of its text is still there."""
    assert [line.text for line in lines_of(html).lines] == texts


def test_many_parts_are_no_danger() -> None:
    """Each in the one before: the page is read, and every text comes out once."""
    parts = "".join(
        f'<div hidden id="S:{at:x}"><p>Part {at}.</p><template id="B:{at + 1:x}"></template></div>' for at in range(80)
    )
    texts = [line.text for line in lines_of(f'<p>First.</p><template id="B:0"></template>{parts}').lines]
    assert texts == ["First.", *(f"Part {at}." for at in range(80))]
