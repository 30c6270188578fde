"""Where a span of an article stands in the page it came from: line and column of the source, both counted from 1.

Or, of an HTML page, in which element. Only pages that an editor will look at pay for this: HTML is read again, by a
tokenizer that knows the place of every piece of text, or by BeautifulSoup for its tree. White space is left out of the
comparison, because cleaning folds it and markup moves it; a block that the page interrupts (hidden words, a footnote)
is matched piece by piece.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from pipeline.records import Article, Page

PIECE = 12
"""Characters, white space left out, by which a place is known again inside a block that is not found whole."""
NOT_TEXT = frozenset(["script", "style", "template", "textarea", "iframe", "svg", "title", "noembed", "noframes"])
ROWS = r"\n"
"""What parts the lines of a source: what an editor's program counts; other breaks are white space in a line."""
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


@dataclass(frozen=True, order=True)
class Place:
    """A place in a source: line and column, from 1, in characters."""

    line: int
    column: int


class Source:
    """The text of a page in pieces without white space, each with a mark; finds the pieces of an article again."""

    def __init__(self, pieces: Iterable[tuple[str, Any]]) -> None:
        parts: list[str] = []
        self.starts: list[int] = []
        self.marks: list[Any] = []
        at = 0
        for text, mark in pieces:
            self.starts.append(at)
            self.marks.append(mark)
            parts.append(text)
            at += len(text)
        self.text = "".join(parts)

    def found(self, article: Article, offsets: Iterable[int]) -> Iterator[tuple[int, Any, int]]:
        """(offset in ``article.text``, mark of its piece, characters into that piece), where it is found again."""
        wanted = sorted(set(offsets))
        cursor = 0
        for block in article.blocks:
            inside = wanted[bisect_right(wanted, block.start - 1) : bisect_right(wanted, block.end - 1)]
            bare = "".join(article.text[block.start : block.end].split())
            where = self.text.find(bare, cursor)
            runs = [(0, where, len(bare))] if where >= 0 else self.runs(bare, cursor) if inside else []
            cursor = max((there + length for _, there, length in runs), default=cursor)
            for offset in inside:
                before = len("".join(article.text[block.start : offset].split()))
                run = next((run for run in runs if run[0] <= before < run[0] + run[2]), None)
                if run:
                    at = run[1] + before - run[0]
                    number = bisect_right(self.starts, at) - 1
                    yield offset, self.marks[number], at - self.starts[number]

    def runs(self, bare: str, cursor: int) -> list[tuple[int, int, int]]:
        """(offset in `bare`, offset in the source, length) of its pieces, each found after the one before."""
        found: list[tuple[int, int, int]] = []
        at = 0
        while at < len(bare):
            piece = bare[at : at + PIECE]
            there = self.text.find(piece, cursor)
            if there < 0 and not found:
                there = self.text.find(piece)
            if there < 0:
                at += 1
                continue
            length = len(piece)
            while at + length < len(bare) and self.text[there + length : there + length + 1] == bare[at + length]:
                length += 1
            found.append((at, there, length))
            cursor = there + length
            at += length
        return found


class SourceLines(Source):
    """The lines and columns of a page."""

    def __init__(self, page: Page) -> None:
        super().__init__(pieces(page))

    def of(self, article: Article, offsets: Iterable[int]) -> dict[int, int]:
        """Offset in ``article.text`` → source line, for those of `offsets` that are found again."""
        return {offset: place.line for offset, place in self.of_spans(article, offsets).items()}

    def of_spans(self, article: Article, offsets: Iterable[int]) -> dict[int, Place]:
        """Offset in ``article.text`` → its place, for those of `offsets` that are found again."""
        return {offset: Place(place.line, place.column + into) for offset, place, into in self.found(article, offsets)}


class NodePaths(Source):
    """The elements of an HTML page, each as an editor's browser names it: ``body > main > p:nth-of-type(3)``."""

    def __init__(self, page: Page) -> None:
        from bs4 import BeautifulSoup  # here, because most scans never need it and start faster
        from bs4.element import NavigableString

        soup = BeautifulSoup(page.content, "html.parser")
        texts = ((node, node.parent) for node in soup.descendants if type(node) is NavigableString)
        super().__init__(
            ("".join(text.split()), parent) for text, parent in texts if parent and parent.name not in NOT_TEXT
        )

    def of(self, article: Article, offsets: Iterable[int]) -> dict[int, str]:
        """Offset in ``article.text`` → path of the innermost element around it, for those that are found again."""
        return {offset: path_of(element) for offset, element, _ in self.found(article, offsets)}


def path_of(element: Any) -> str:
    """The path of an element from the root of its page: a CSS selector that matches it alone, in the tree as parsed."""
    steps = []
    while element is not None and element.name != "[document]":
        alike = element.find_previous_siblings(element.name)
        more = alike or element.find_next_sibling(element.name)
        steps.append(f"{element.name}:nth-of-type({len(alike) + 1})" if more else element.name)
        element = element.parent
    return " > ".join(reversed(steps))


def pieces(page: Page) -> Iterator[tuple[str, Place]]:
    """The words of a page in order, each with the place where it begins; a reference is a word of its own."""
    if page.kind == "html":
        yield from Tokenizer().pieces(page.content)
        return
    for number, row in enumerate(re.split(ROWS, page.content), start=1):
        yield from words(row, number, 0)


def words(row: str, line: int, column: int) -> Iterator[tuple[str, Place]]:
    """The words of a row of text that begins at `column` (from 0) of a line, its references read."""
    for match in re.finditer(r"\S+", row):
        at = 0
        word = match[0]
        for reference in REFERENCE.finditer(word) if "&" in word else ():
            if reference.start() > at:
                yield word[at : reference.start()], Place(line, column + match.start() + at + 1)
            read = "".join(html.unescape(reference[0]).split())
            if read:
                yield read, Place(line, column + match.start() + reference.start() + 1)
            at = reference.end()
        if at < len(word):
            yield word[at:], Place(line, column + match.start() + at + 1)


class Tokenizer(HTMLParser):
    """Reads the text of an HTML page with its places; never builds a tree, so that no depth is lost."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.unseen = 0
        self.found: list[tuple[str, Place]] = []

    def pieces(self, content: str) -> list[tuple[str, Place]]:
        """The words of a page."""
        self.feed(content)
        self.close()
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Text of some elements is not of the page."""
        del attrs
        self.unseen += tag in NOT_TEXT

    def handle_endtag(self, tag: str) -> None:
        """The same at their end."""
        if tag in NOT_TEXT:
            self.unseen = max(self.unseen - 1, 0)

    def handle_data(self, data: str) -> None:
        """A run of text."""
        if self.unseen:
            return
        line, column = self.getpos()
        for number, row in enumerate(data.split("\n")):
            self.found += words(row, line + number, column if number == 0 else 0)

    def handle_entityref(self, name: str) -> None:
        """A named reference."""
        self.reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A numbered reference."""
        self.reference(f"&#{name};")

    def reference(self, written: str) -> None:
        """A reference, as the characters that it stands for."""
        read = "".join(html.unescape(written).split())
        if read and not self.unseen:
            line, column = self.getpos()
            self.found.append((read, Place(line, column + 1)))
