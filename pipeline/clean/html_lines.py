"""HTML → lines: one pass over a page's tags, block-level text runs with their markup, links, hidden text, image texts.

The pass holds the limits on nodes, depth, links and lines as it goes. Text is folded piece by piece, so that the
offsets of links are those of the folded line.
"""

from __future__ import annotations

from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import html_tags, scripts, streamed
from pipeline.clean.html_tags import Element, unescaped, written_out
from pipeline.clean.lines import Anchor, Line, Lines, Tags
from pipeline.clean.openings import Openings
from pipeline.clean.places import IN_ARTICLE, IN_FORM, IN_TABLE, LISTED, Place, zone_within
from pipeline.clean.tags import other_address
from pipeline.clean.visibility import Sheets
from pipeline.errors import LimitExceeded
from pipeline.records import Zone
from pipeline.settings import Limits

REVEALED = 0.4
"""Share of a page's text that one hidden element must hold to be taken for the page itself, which a script reveals:
seen on 17 WCXB pages whose whole body is hidden until a script ran. Set by hand; no sweep."""
MAX_WALKS = 3


class Walk:
    """Cuts one page's `tokens` into lines. Elements are known by the number of their token, from 1."""

    __slots__ = (
        "anchors", "box", "breaks", "chars", "held", "hidden_chars", "length", "limits", "link_chars", "open_links",
        "openings", "out", "pieces", "place", "places", "revealed", "space", "swapped", "tokens", "unseen",
    )  # fmt: skip

    def __init__(
        self,
        tokens: list[str],
        limits: Limits,
        sheets: Sheets,
        swapped: frozenset[str],
        revealed: frozenset[int],
    ) -> None:
        self.tokens = tokens
        self.limits = limits
        self.swapped = swapped
        self.revealed = revealed
        self.hidden_chars: Counter[int] = Counter()
        self.openings = Openings(sheets)
        self.places: dict[tuple[object, ...], Place] = {}
        self.chars = 0
        self.out = Lines()
        self.anchors = self.out.anchors
        self.pieces: list[str] = []
        self.length = 0
        self.space = False
        self.breaks = 0
        self.held = False
        self.place = Place()
        self.box = 0
        self.link_chars = 0
        self.open_links: set[int] = set()
        self.unseen: list[str] = []

    def run(self) -> Lines:
        """The lines of the page. Raises LimitExceeded.

        What is open here is the place and the number of the box, of the concealing and of the fading element (0 for
        none), and of the link (-1 for none). They are variables of one loop because pages have thousands of tags.
        """
        self.check_nodes()
        deepest = self.limits.html_depth
        boxes, lines, known = self.out.boxes, self.out.lines, self.openings.known
        last = boxes.last
        place, box, hidden, veil, anchor = self.place, 0, 0, 0, -1
        stack: list[tuple[Element, Place, int, int, int, int]] = []
        for number, token in enumerate(self.tokens, start=1):
            raw, _, text = token.partition(">")
            if raw[0] == "/":
                if stack and stack[-1][0].closing == raw:
                    element, place, outer, hidden, veil, anchor = stack.pop()
                    if not element.inline:
                        if self.held:
                            self.end_line()
                        self.space = False
                        last[box] = len(lines)
                        box = outer
            else:
                element, attributes, hides, fades = known.get(raw) or self.openings.read(raw)
                if element.void:
                    self.void(element, attributes)
                else:
                    if len(stack) > deepest:
                        raise LimitExceeded("html_depth", "elements nested deeper", f"{deepest:,}")
                    stack.append((element, place, box, hidden, veil, anchor))
                    if hides and not hidden:
                        hidden = self.concealing(number)
                    if fades and not veil:
                        veil = self.concealing(number)
                    if element.name == "a":
                        anchor = self.open_anchor(attributes, place.zone, hidden or veil, box)
                    if not element.inline:
                        if self.held:
                            self.end_line()
                        self.space = False
                        box = boxes.add(box, raw, element.key, len(lines))
                    place = place.inside.get(element) or self.step(place, element)
            if text:
                if text.isspace():
                    self.space = True
                else:
                    self.add(text, place, box, hidden, anchor)
        self.end_line()
        return self.out

    def check_nodes(self) -> None:
        """Raise LimitExceeded where elements and texts are too many."""
        if 2 * len(self.tokens) <= self.limits.html_nodes:
            return
        nodes = sum((token[0] != "/") + (token.find(">") < len(token) - 1) for token in self.tokens)
        if nodes > self.limits.html_nodes:
            limit = f"{self.limits.html_nodes:,}"
            raise LimitExceeded("html_nodes", f"{nodes:,} nodes", limit)

    def void(self, element: Element, attributes: dict[str, str]) -> None:
        """An element with nothing inside: a line break, an image text, or the end of a line."""
        if element.name == "br":
            self.breaks += 1
            self.held = True
        elif element.name == "img":
            if alt := attributes.get("alt"):
                self.out.image_alts.append(" ".join(alt.split()))
        elif not element.inline:
            self.end_line()

    def step(self, place: Place, element: Element) -> Place:
        """The place in an element, which `place` then remembers."""
        name, depth, kind, zone = place.name, place.depth, place.kind, place.zone
        words, flags = place.words, place.flags
        if element.name != "span":
            words |= element.words
        if not element.inline:
            own = None if element.zone == "header" and flags & IN_ARTICLE else element.zone
            name, depth, kind = element.name, depth + 1, element.kind or kind
            zone, flags = zone_within(zone, own), flags | element.flags
        key = (name, depth, kind, zone, words, flags, place.unread or element.unread)
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = Place(*key)
        place.inside[element] = found
        return found

    def concealing(self, number: int) -> int:
        """The number of an element that conceals, 0 where an earlier walk found that a script reveals it."""
        return 0 if number in self.revealed else number

    def open_anchor(self, attributes: dict[str, str], zone: Zone, hidden: int, box: int) -> int:
        """Note a link; its text follows as the walk goes on."""
        anchors = self.anchors
        if len(anchors) >= self.limits.links:
            raise LimitExceeded("links", f"more than {self.limits.links:,} links", f"{self.limits.links:,}")
        anchors.append(
            Anchor(
                attributes.get("href", ""),
                tuple(attributes["rel"].lower().split()) if "rel" in attributes else (),
                zone,
                bool(hidden),
                written_out(self.tokens[hidden - 1].partition(">")[0]) if hidden else "",
                other_address(attributes, self.swapped),
                box,
            )
        )
        return len(anchors) - 1

    def add(self, text: str, place: Place, box: int, hidden: int, anchor: int) -> None:
        """Add one text to the open line."""
        if "&" in text:
            text = unescaped(text)
        folded = " ".join(text.split())
        if not folded:
            self.space = True
            return
        parted = self.space or text[0] != folded[0]
        if anchor >= 0:
            pieces = self.anchors[anchor].pieces
            if pieces and parted:
                pieces.append(" ")
            pieces.append(folded)
        size = len(folded)
        self.chars += size
        if hidden or place.unread:
            self.held = True
            self.unseen.append(folded)
            self.hidden_chars[hidden] += size
            return
        if self.breaks:
            self.take_breaks(folded)
            parted = True
        if self.length and parted:
            self.pieces.append(" ")
            self.length += 1
        start = self.length
        self.held = True
        self.pieces.append(folded)
        self.length += size
        self.space = text[-1] != folded[-1]
        self.place = place
        self.box = box
        if anchor >= 0:
            self.link_chars += size
            self.mark(anchor, start)

    def mark(self, number: int, start: int) -> None:
        """Note that link `number` stands in the open line from `start` to here."""
        anchor, line = self.anchors[number], len(self.out.lines)
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
                self.end_line()
        self.breaks = 0

    def end_line(self) -> None:
        """Close the open line, where there is one; `held` says whether anything came since the last was closed."""
        if self.unseen:
            self.out.hidden.append(" ".join(self.unseen))
            self.unseen = []
        if self.length:
            self.close_line()
        self.breaks = 0
        self.space = self.held = False

    def close_line(self) -> None:
        """Add the open line to the lines."""
        lines, place = self.out.lines, self.place
        if len(lines) >= self.limits.lines:
            raise LimitExceeded("lines", f"more than {self.limits.lines:,} lines", f"{self.limits.lines:,}")
        if self.length > self.limits.line_chars:
            raise LimitExceeded("line_chars", f"a line of {self.length:,} characters", f"{self.limits.line_chars:,}")
        tags = Tags(
            place.name, place.depth, place.words, self.box, self.link_chars, len(self.open_links),
            place.flags & LISTED, place.flags & IN_TABLE, place.flags & IN_FORM, place.flags & IN_ARTICLE,
        )  # fmt: skip
        lines.append(Line("".join(self.pieces), place.kind, place.zone, tags))
        self.pieces = []
        self.length = self.link_chars = 0
        self.open_links.clear()


def cut(tree: LexborHTMLParser, limits: Limits) -> Lines:
    """The lines of a parsed page, from which what no reader sees is then gone.

    Raises LimitExceeded naming html_nodes, html_depth, links, lines or line_chars.
    """
    body = tree.body
    sheets = Sheets.of((node.text() for node in tree.css("style")), body.attributes if body is not None else {})
    swapped = scripts.swapped_attributes(tree)
    streamed.put_in_place(tree)
    tokens = html_tags.tokens(tree)
    revealed: frozenset[int] = frozenset()
    for _ in range(MAX_WALKS):
        walk = Walk(tokens, limits, sheets, swapped, revealed)
        lines = walk.run()
        shown = {node for node, chars in walk.hidden_chars.items() if node and chars > REVEALED * walk.chars}
        if not shown:
            break
        revealed |= shown
    lines.folded = walk.openings.folded
    for anchor in lines.anchors:
        anchor.text = "".join(anchor.pieces)
        if anchor.line < 0:
            anchor.line = -1
        if not anchor.holder:
            anchor.holder = lines.boxes.holder(anchor.box)
    return lines
