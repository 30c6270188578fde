"""The lines of a page: what both kinds of input are cut into, and what the classifier judges one by one.

Structs of msgspec, because a page has thousands of them: they are made in a quarter of the time of dataclasses, and
those that hold no others of their kind are no work for the garbage collector.
"""

from __future__ import annotations

import msgspec
from msgspec import field

from pipeline.clean.html_tags import written_out
from pipeline.records import BlockKind, Zone


class Anchor(msgspec.Struct, gc=False):
    """A link as found on the page. `line` is the index of the line its text stands in, `start`/`end` offsets there.

    `line` is -1 where the link has no visible text, or text in more than one line. `text` is all text in the
    anchor, also what only screen readers read, joined from `pieces` when the walk ends. `box` is the number of the
    innermost block element around it; `holder` and `swap` are those of `records.Link`.
    """

    href: str
    rel: tuple[str, ...] = ()
    zone: Zone = "body"
    hidden: bool = False
    holder: str = ""
    swap: str = ""
    box: int = 0
    pieces: list[str] = field(default_factory=list)
    text: str = ""
    line: int = -1
    start: int = 0
    end: int = 0


class Tags(msgspec.Struct, gc=False):
    """What the markup says about a line: only lines of HTML pages have it.

    `words` is a bit set over `vocabulary.GROUPS` of the class and id words of the element and its ancestors;
    `box` is the number of the innermost block element around the line.
    `listed` to `in_article` say what is around the line: 0 for no.
    """

    name: str
    depth: int
    words: int
    box: int
    link_chars: int = 0
    links: int = 0
    listed: int = 0
    in_table: int = 0
    in_form: int = 0
    in_article: int = 0


class Line(msgspec.Struct, gc=False):
    """One line: `text` with runs of white space folded, its kind, the zone it stands in, its markup if any."""

    text: str
    kind: BlockKind = "paragraph"
    zone: Zone = "body"
    tags: Tags | None = None


class Boxes(msgspec.Struct):
    """The block elements of a page in order of their opening tags; number 0 is around them all.

    For each: the number of the one around it, the inside of its opening tag, its key (name of the element, then class
    and id as written), and the lines in it, as a half-open range.
    """

    parent: list[int] = field(default_factory=lambda: [0])
    raw: list[str] = field(default_factory=lambda: ["html"])
    key: list[str] = field(default_factory=lambda: ["html"])
    first: list[int] = field(default_factory=lambda: [0])
    last: list[int] = field(default_factory=lambda: [0])

    def add(self, parent: int, raw: str, key: str, line: int) -> int:
        """Open a box before line number `line`; its number."""
        self.parent.append(parent)
        self.raw.append(raw)
        self.key.append(key)
        self.first.append(line)
        self.last.append(line)
        return len(self.parent) - 1

    def holder(self, box: int) -> str:
        """The opening tag of the innermost element with attributes around a box, or of the box; empty for none."""
        while box and " " not in self.raw[box]:
            box = self.parent[box]
        return written_out(self.raw[box]) if box else ""


class Lines(msgspec.Struct):
    """A page cut into lines. `hidden` is text that a reader of the page does not see; `boxes` hold HTML lines only.

    `kind` is what the page says of its own kind (`head.PAGE_KIND`), of pages with tags; `folded` are the opening tags
    of the elements that it conceals until the reader opens them (`panels`).
    """

    lines: list[Line] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    image_alts: list[str] = field(default_factory=list)
    boxes: Boxes = field(default_factory=Boxes)
    kind: tuple[float, ...] = ()
    folded: set[str] = field(default_factory=set)
