"""The lines of a page: what both kinds of input are cut into, and what the classifier judges one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.records import BlockKind, Zone


@dataclass(slots=True)
class Anchor:
    """A link as found on the page. `line` is the index of the line its text stands in, `start`/`end` offsets there.

    `line` is -1 where the link has no visible text, or text in more than one line. `text` is all text in the
    anchor, also what only screen readers read, joined from `pieces` when the walk ends. `containers` are ordinals of
    the block elements around it, innermost first; `holder` and `swap` are those of `records.Link`.
    """

    href: str
    rel: tuple[str, ...] = ()
    zone: Zone = "body"
    hidden: bool = False
    holder: str = ""
    swap: str = ""
    containers: tuple[int, ...] = ()
    pieces: list[str] = field(default_factory=list)
    text: str = ""
    line: int = -1
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Tags:
    """What the markup says about a line: only lines of HTML pages have it.

    `words` is a bit set over `vocabulary.GROUPS` of the class and id words of the element and its ancestors;
    `containers` are ordinals of the block elements around the line, innermost first (always four).
    `listed` to `in_article` say what is around the line: 0 for no.
    """

    name: str
    depth: int
    words: int
    containers: tuple[int, int, int, int]
    link_chars: int = 0
    links: int = 0
    listed: int = 0
    in_table: int = 0
    in_form: int = 0
    in_article: int = 0


@dataclass(slots=True)
class Line:
    """One line: `text` with runs of white space folded, its kind, the zone it stands in, its markup if any."""

    text: str
    kind: BlockKind = "paragraph"
    zone: Zone = "body"
    tags: Tags | None = None


@dataclass(slots=True)
class Lines:
    """A page cut into lines. `hidden` is text that a reader of the page does not see."""

    lines: list[Line] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    image_alts: list[str] = field(default_factory=list)
