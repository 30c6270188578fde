"""A page with its tags taken off, in the ways in which such text reaches us: for training, and for measuring.

``blocks`` is a line a block, as our own cutter cuts; ``nodes`` a line a text node, as the usual ``get_text("\\n")``
gives it, hidden text and all; ``wrapped`` breaks the blocks' lines at 76 columns with no blank line between them;
``markdown`` marks headings, list items and quotes; ``entities`` leaves character references in the text.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import html_lines
from pipeline.clean.lines import Line
from pipeline.settings import Limits

READ_ALL = Limits(html_depth=5000, links=100_000, lines=100_000, html_nodes=2_000_000, line_chars=10_000_000)
COLUMNS = 76
MARKS = {"heading": "## ", "list_item": "- ", "quote": "> "}
NOT_TEXT = ["script", "style", "noscript", "template", "svg", "iframe", "head"]


def lines_of(page: str) -> list[Line]:
    """The lines of an HTML page as our cutter cuts them."""
    return html_lines.cut(LexborHTMLParser(page), READ_ALL).lines


def blocks(page: str) -> str:
    """A line a block."""
    return "\n".join(line.text for line in lines_of(page))


def nodes(page: str) -> str:
    """A line a text node, white space folded; also what the page hides."""
    tree = LexborHTMLParser(page)
    tree.strip_tags(NOT_TEXT)
    texts = tree.body.text(separator="\n") if tree.body else ""
    return "\n".join(" ".join(text.split()) for text in texts.split("\n") if text.strip())


def wrapped(page: str) -> str:
    """Blocks broken at COLUMNS, none parted from the next."""
    return "\n".join(textwrap.fill(line.text, COLUMNS, break_on_hyphens=False) for line in lines_of(page))


def markdown(page: str) -> str:
    """Blocks as Markdown, a blank line between them."""
    return "\n\n".join(MARKS.get(line.kind, "") + line.text for line in lines_of(page))


def entities(page: str) -> str:
    """Blocks with their character references left in, as HTML source has them."""
    return "\n".join(
        html.escape(line.text).encode("ascii", "xmlcharrefreplace").decode("ascii") for line in lines_of(page)
    )


VIEWS: dict[str, Callable[[str], str]] = {
    "blocks": blocks,
    "nodes": nodes,
    "wrapped": wrapped,
    "markdown": markdown,
    "entities": entities,
}
