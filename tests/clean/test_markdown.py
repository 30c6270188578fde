"""Markdown links become links, and leave their words where they stood."""

from __future__ import annotations

from pipeline.clean.flat_lines import cut
from pipeline.settings import Limits


def test_links_and_images() -> None:
    """A link keeps its words and its place; an image leaves its text; what only looks like a link stays."""
    found = cut("See [the *trial*](https://x.example/t) of [1] (2020). ![A knee](/k.png) End.", Limits())
    (line,) = found.lines
    assert line.text == "See the *trial* of [1] (2020). End."
    (anchor,) = found.anchors
    assert (anchor.href, line.text[anchor.start : anchor.end]) == ("https://x.example/t", "the *trial*")
    assert found.image_alts == ["A knee"]


def test_a_line_of_an_image_alone_is_no_line() -> None:
    """Nothing is left of it to read."""
    assert cut("![](/a.png)\nText.", Limits()).lines[0].text == "Text."
