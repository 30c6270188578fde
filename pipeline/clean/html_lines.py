"""HTML → lines: one pass over a page's tags, block-level text runs with their markup, links, hidden text, image texts.

The pass holds the limits on nodes, depth, links and lines as it goes. Text is folded piece by piece, so that the
offsets of links are those of the folded line.
"""

from __future__ import annotations

from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import html_tags, scripts
from pipeline.clean.html_tags import Element, opening_of, unescaped, written_out
from pipeline.clean.lines import Anchor, Line, Lines, Tags
from pipeline.clean.places import IN_ARTICLE, IN_FORM, IN_TABLE, LISTED, Place, zone_within
from pipeline.clean.tags import other_address
from pipeline.clean.visibility import Sheets, colour, conceals
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits

REVEALED = 0.4
"""Share of a page's text that one hidden element must hold to be taken for the page itself, which a script reveals:
seen on 17 WCXB pages whose whole body is hidden until a script ran. Set by hand; no sweep."""
MAX_WALKS = 3
CONCEALING = ("noscript", "dialog")


class Walk:
    """Cuts one page's `tokens` into lines. Elements are known by the number of their token, from 1."""

    def __init__(
        self,
        tokens: list[tuple[str, str]],
        limits: Limits,
        sheets: Sheets,
        swapped: frozenset[str],
        revealed: frozenset[int],
    ) -> None:
        self.tokens = tokens
        self.limits = limits
        self.concealed = sheets.concealed
        self.faint = sheets.faint
        self.background = sheets.background
        self.swapped = swapped
        self.revealed = revealed
        self.hidden_chars: Counter[int] = Counter()
        self.hiding: dict[str, tuple[bool, bool]] = {}
        self.chars = 0
        self.out = Lines()
        self.pieces: list[str] = []
        self.length = 0
        self.space = False
        self.breaks = 0
        self.place = Place()
        self.link_chars = 0
        self.open_links: set[int] = set()
        self.unseen: list[str] = []

    def run(self) -> Lines:
        """The lines of the page. Raises LimitExceeded."""
        self.check_nodes()
        place = Place()
        deepest = self.limits.html_depth
        boxes, lines = self.out.boxes, self.out.lines
        stack: list[tuple[str, Place, int]] = []
        for number, (raw, text) in enumerate(self.tokens, start=1):
            if raw[0] == "/":
                if stack and stack[-1][0] == raw[1:]:
                    _, place, box = stack.pop()
                    if box >= 0:
                        self.flush()
                        boxes.last[box] = len(lines)
            else:
                element, attributes = opening_of(raw)
                if element.void:
                    self.void(element, attributes)
                else:
                    if len(stack) > deepest:
                        raise LimitExceeded("html_depth", "elements nested deeper", f"{deepest:,}")
                    inner = self.enter(number, raw, element, attributes, place)
                    stack.append((element.name, place, -1 if element.inline else inner.box))
                    place = inner
            if text:
                self.add(text, place)
        self.flush()
        return self.out

    def check_nodes(self) -> None:
        """Raise LimitExceeded where elements and texts are too many."""
        if 2 * len(self.tokens) <= self.limits.html_nodes:
            return
        nodes = sum((raw[0] != "/") + bool(text) for raw, text in self.tokens)
        if nodes > self.limits.html_nodes:
            limit = f"{self.limits.html_nodes:,}"
            raise LimitExceeded("html_nodes", f"{nodes:,} nodes", limit)

    def void(self, element: Element, attributes: dict[str, str]) -> None:
        """An element with nothing inside: a line break, an image text, or the end of a line."""
        if element.name == "br":
            self.breaks += 1
        elif element.name == "img":
            if alt := attributes.get("alt"):
                self.out.image_alts.append(" ".join(alt.split()))
        elif not element.inline:
            self.flush()

    def enter(self, number: int, raw: str, element: Element, attributes: dict[str, str], place: Place) -> Place:
        """What an element hands down; its own effect (an end of line, a link) is noted on the way."""
        name, inline = element.name, element.inline
        hidden, veil, anchor = place.hidden, place.veil, place.anchor
        if not inline:
            self.flush()
        if attributes:
            hides = self.hiding.get(raw)
            if hides is None:
                fades = bool(self.faint) and named(attributes, self.faint)
                hides = self.hiding[raw] = (self.hides(attributes), fades)
            if hides[0] and not hidden:
                hidden = self.concealing(number)
            if hides[1] and not veil:
                veil = self.concealing(number)
        if name == "a":
            anchor = self.open_anchor(attributes, place, hidden or veil)
        unread = place.unread or element.unread
        if inline:
            words = place.words if name == "span" else place.words | element.words
            was = (place.words, place.hidden, place.unread, place.anchor, place.veil)
            if was == (words, hidden, unread, anchor, veil):
                return place
            return Place(
                place.name, place.depth, place.kind, place.zone, words, place.flags, place.box, hidden, unread, anchor,
                veil,
            )  # fmt: skip
        if not hidden and name in CONCEALING:
            hidden = self.concealing(number)
        zone = element.zone
        if zone == "header" and place.flags & IN_ARTICLE:
            zone = None
        box = self.out.boxes.add(place.box, raw, element.key, len(self.out.lines))
        return Place(
            name, place.depth + 1, element.kind or place.kind, zone_within(place.zone, zone) if zone else place.zone,
            place.words | element.words, place.flags | element.flags, box, hidden, unread, anchor, veil,
        )  # fmt: skip

    def concealing(self, number: int) -> int:
        """The number of an element that conceals, 0 where an earlier walk found that a script reveals it."""
        return 0 if number in self.revealed else number

    def hides(self, attributes: dict[str, str]) -> bool:
        """Whether an element's own attributes or the page's style rules hide it."""
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        style = attributes.get("style")
        if style and conceals(style, self.background):
            return True
        if self.background and (written := attributes.get("color")) and colour(written) == self.background:
            return True
        return bool(self.concealed) and named(attributes, self.concealed)

    def open_anchor(self, attributes: dict[str, str], place: Place, hidden: int) -> int:
        """Note a link; its text follows as the walk goes on."""
        anchors = self.out.anchors
        if len(anchors) >= self.limits.links:
            raise LimitExceeded("links", f"more than {self.limits.links:,} links", f"{self.limits.links:,}")
        anchors.append(
            Anchor(
                href=attributes.get("href", ""),
                rel=tuple(attributes["rel"].lower().split()) if "rel" in attributes else (),
                zone=place.zone,
                hidden=bool(hidden),
                holder=written_out(self.tokens[hidden - 1][0]) if hidden else "",
                swap=other_address(attributes, self.swapped),
                box=place.box,
            )
        )
        return len(anchors) - 1

    def add(self, text: str, place: Place) -> None:
        """Add one text to the open line."""
        if "&" in text:
            text = unescaped(text)
        folded = " ".join(text.split())
        if not folded:
            self.space = True
            return
        if place.anchor >= 0:
            anchor = self.out.anchors[place.anchor]
            if anchor.pieces and (self.space or text[0].isspace()):
                anchor.pieces.append(" ")
            anchor.pieces.append(folded)
        self.chars += len(folded)
        if place.hidden or place.unread:
            self.unseen.append(folded)
            self.hidden_chars[place.hidden] += len(folded)
            return
        if self.breaks:
            self.take_breaks(folded)
        if self.length and (self.space or text[0].isspace()):
            self.pieces.append(" ")
            self.length += 1
        start = self.length
        self.pieces.append(folded)
        self.length += len(folded)
        self.space = text[-1].isspace()
        self.place = place
        if place.anchor >= 0:
            self.link_chars += len(folded)
            self.mark(place.anchor, start)

    def mark(self, number: int, start: int) -> None:
        """Note that link `number` stands in the open line from `start` to here."""
        anchor, line = self.out.anchors[number], len(self.out.lines)
        if anchor.line not in (-1, line):
            anchor.line = -2
            return
        if anchor.line == -1:
            anchor.line, anchor.start = line, start
        anchor.end = self.length
        self.open_links.add(number)

    def take_breaks(self, coming: str) -> None:
        """<br>: a new line after two of them, after a sentence, or before a list mark; else a space."""
        if self.length:
            tail = self.pieces[-1].rstrip()[-1:]
            if self.breaks > 1 or tail in ".!?:" or coming[0] in "•-–*·" or self.length < 40:
                self.flush()
        self.space, self.breaks = True, 0

    def flush(self) -> None:
        """Close the open line."""
        self.breaks = 0
        if self.unseen:
            self.out.hidden.append(" ".join(self.unseen))
            self.unseen = []
        if not self.length:
            self.space = False
            return
        lines, place = self.out.lines, self.place
        if len(lines) >= self.limits.lines:
            raise LimitExceeded("lines", f"more than {self.limits.lines:,} lines", f"{self.limits.lines:,}")
        if self.length > self.limits.line_chars:
            raise LimitExceeded("line_chars", f"a line of {self.length:,} characters", f"{self.limits.line_chars:,}")
        tags = Tags(
            place.name, place.depth, place.words, place.box, self.link_chars, len(self.open_links),
            place.flags & LISTED, place.flags & IN_TABLE, place.flags & IN_FORM, place.flags & IN_ARTICLE,
        )  # fmt: skip
        lines.append(Line("".join(self.pieces), place.kind, place.zone, tags))
        self.pieces = []
        self.length = self.link_chars = 0
        self.space = False
        self.open_links.clear()


def named(attributes: dict[str, str], selectors: frozenset[str]) -> bool:
    """Whether an element's id or one of its classes is among ``#id`` and ``.class`` selectors."""
    identity = attributes.get("id")
    if identity and "#" + identity in selectors:
        return True
    return any("." + word in selectors for word in attributes.get("class", "").split()[:20])


def cut(tree: LexborHTMLParser, limits: Limits) -> Lines:
    """The lines of a parsed page, from which what no reader sees is then gone.

    Raises LimitExceeded naming html_nodes, html_depth, links, lines or line_chars.
    """
    body = tree.body
    sheets = Sheets.of((node.text() for node in tree.css("style")), body.attributes if body is not None else {})
    swapped = scripts.swapped_attributes(tree)
    tokens = html_tags.tokens(tree)
    revealed: frozenset[int] = frozenset()
    for _ in range(MAX_WALKS):
        walk = Walk(tokens, limits, sheets, swapped, revealed)
        lines = walk.run()
        shown = {node for node, chars in walk.hidden_chars.items() if node and chars > REVEALED * walk.chars}
        if not shown:
            break
        revealed |= shown
    for anchor in lines.anchors:
        anchor.text = "".join(anchor.pieces)
        if anchor.line < 0:
            anchor.line = -1
        if not anchor.holder:
            anchor.holder = lines.boxes.holder(anchor.box)
    return lines
