"""Where a span of an article stands in the page it came from: the line of the source, counted from 1.

Only pages that an editor will look at pay for this: HTML is parsed again, with BeautifulSoup, whose tree knows the
source line of every tag. White space is left out of the comparison, because cleaning folds it and markup moves it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pipeline.records import Article, Page

ENOUGH = 30
"""Characters by which a place is known again when hidden text stands elsewhere in its block."""


class SourceLines:
    """The visible text of a page without white space, and the source line of each of its characters."""

    def __init__(self, page: Page) -> None:
        nodes = html_nodes(page.content) if page.kind == "html" else [(page.content, 1)]
        self.starts: list[int] = []
        self.lines: list[int] = []
        parts: list[str] = []
        at = 0
        for text, line in nodes:
            for offset, row in enumerate(text.split("\n")):
                bare = "".join(row.split())
                if bare:
                    self.starts.append(at)
                    self.lines.append(line + offset)
                    parts.append(bare)
                    at += len(bare)
        self.text = "".join(parts)

    def of(self, article: Article, offsets: Iterable[int]) -> dict[int, int]:
        """Offset in ``article.text`` → source line, for those of `offsets` whose block is found again."""
        found: dict[int, int] = {}
        wanted = sorted(set(offsets))
        cursor = 0
        for block in article.blocks:
            bare = "".join(article.text[block.start : block.end].split())
            inside = wanted[bisect_right(wanted, block.start - 1) : bisect_right(wanted, block.end - 1)]
            place = self.text.find(bare, cursor)
            if place >= 0:
                cursor = place + len(bare)
            for offset in inside:
                before = len("".join(article.text[block.start : offset].split()))
                at = place + before if place >= 0 else self.text.find(bare[before : before + ENOUGH], cursor)
                if at >= 0:
                    found[offset] = self.lines[bisect_right(self.starts, at) - 1]
        return found


def html_nodes(html: str) -> Iterator[tuple[str, int]]:
    """The text nodes of a page in order, each with the source line where it begins."""
    from bs4 import BeautifulSoup  # here, because most scans never need it and start faster
    from bs4.element import NavigableString

    soup = BeautifulSoup(html, "html.parser")
    line = 1
    for node in soup.descendants:
        source_line = getattr(node, "sourceline", None)
        if source_line is not None:
            line = source_line
        elif type(node) is NavigableString:
            yield str(node), line
            line += node.count("\n")
