"""HTML → lines: one walk over the tree, block-level text runs with their markup, links, hidden text, image texts.

The walk is iterative and holds the limits on nodes, depth, links and lines as it goes. Text is folded piece by piece,
so that the offsets of links are those of the folded line.
"""

from __future__ import annotations

from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.clean import scripts
from pipeline.clean.elements import INLINE, UNSEEN
from pipeline.clean.lines import Anchor, Line, Lines, Tags
from pipeline.clean.places import (
    FLAGS,
    IN_ARTICLE,
    IN_FORM,
    IN_TABLE,
    KIND_OF,
    LISTED,
    ROLE_OF,
    ZONE_OF,
    Place,
    zone_within,
)
from pipeline.clean.tags import other_address, tag_of
from pipeline.clean.visibility import Sheets, colour, conceals
from pipeline.clean.vocabulary import BIT, for_screen_readers, groups_of
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits

REVEALED = 0.4
"""Share of a page's text that one hidden element must hold to be taken for the page itself, which a script reveals:
seen on 17 WCXB pages whose whole body is hidden until a script ran. Set by hand; no sweep."""
MAX_WALKS = 3
CONCEALING = ("noscript", "dialog")
READER_BITS = BIT["reader"] | BIT["nav"]


class Walk:
    """Cuts one parsed page into `lines`."""

    def __init__(self, limits: Limits, sheets: Sheets, swapped: frozenset[str], revealed: frozenset[int]) -> None:
        self.limits = limits
        self.concealed = sheets.concealed
        self.faint = sheets.faint
        self.background = sheets.background
        self.swapped = swapped
        self.revealed = revealed
        self.hidden_chars: Counter[int] = Counter()
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
        self.blocks = 0
        self.holders: dict[int, LexborNode] = {}
        self.concealers: dict[int, LexborNode] = {}

    def run(self, root: LexborNode) -> Lines:
        """The lines of the tree below `root`. Raises LimitExceeded."""
        nodes = 0
        place = Place()
        stack: list[tuple[LexborNode | None, Place, bool]] = []
        node: LexborNode | None = root
        while node is not None or stack:
            if node is None:
                node, place, inline = stack.pop()
                if not inline:
                    self.flush()
                continue
            nodes += 1
            if nodes > self.limits.html_nodes:
                raise LimitExceeded("html_nodes", f"more than {self.limits.html_nodes:,} nodes", f"{nodes - 1:,}")
            if node.is_text_node:
                self.add(node.text_content or "", place)
                node = node.next
                continue
            name = node.tag or ""
            if name in UNSEEN or name[:1] in "-!":
                node = node.next
                continue
            inline = name in INLINE or name == "br"
            inner = self.enter(node, name, place, inline)
            child = node.first_child
            if child is None:
                if not inline:
                    self.flush()
                node = node.next
                continue
            if len(stack) >= self.limits.html_depth:
                raise LimitExceeded("html_depth", "elements nested deeper", f"{self.limits.html_depth:,}")
            stack.append((node.next, place, inline))
            node, place = child, inner
        self.flush()
        return self.out

    def enter(self, node: LexborNode, name: str, place: Place, inline: bool) -> Place:
        """What `node` hands down; its own effect (a line break, a link, an image text) is noted on the way."""
        if name == "br":
            self.breaks += 1
            return place
        if not inline:
            self.flush()
        attributes = node.attributes
        if not attributes and inline and name != "a":
            return place
        bits, zone, hidden, unread, veil = 0, None, place.hidden, place.unread, place.veil
        if attributes:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if len(names) > 1:
                bits, zone = groups_of(names)
                unread = unread or (bits & READER_BITS != 0 and for_screen_readers(names))
            if not hidden and self.hides(attributes):
                hidden = self.concealing(node)
            if self.faint and not veil and named(attributes, self.faint):
                veil = self.concealing(node)
        if name == "img":
            if alt := attributes.get("alt"):
                self.out.image_alts.append(" ".join(alt.split()))
            return place
        anchor = self.open_anchor(attributes, place, hidden or veil) if name == "a" else place.anchor
        if inline:
            words = place.words if name == "span" else place.words | bits
            return Place(
                place.name, place.depth, place.kind, place.zone, words, place.flags, place.containers, hidden, unread,
                anchor, veil,
            )  # fmt: skip
        if not hidden and name in CONCEALING:
            hidden = self.concealing(node)
        self.blocks += 1
        if attributes:
            self.holders[self.blocks] = node
        zone = ZONE_OF.get(name) or (ROLE_OF.get(attributes.get("role") or "") if attributes else None) or zone
        if zone == "header" and place.flags & IN_ARTICLE:
            zone = None
        return Place(
            name, place.depth + 1, KIND_OF.get(name) or place.kind, zone_within(place.zone, zone), place.words | bits,
            place.flags | FLAGS.get(name, 0), (self.blocks, *place.containers[:3]), hidden, unread, anchor, veil,
        )  # fmt: skip

    def concealing(self, node: LexborNode) -> int:
        """The identity of an element that conceals, 0 where an earlier walk found that a script reveals it."""
        identity = int(node.mem_id)
        if identity in self.revealed:
            return 0
        self.concealers.setdefault(identity, node)
        return identity

    def hides(self, attributes: dict[str, str | None]) -> bool:
        """Whether an element's own attributes or the page's style rules hide it."""
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        style = attributes.get("style")
        if style and conceals(style, self.background):
            return True
        if self.background and (written := attributes.get("color")) and colour(written) == self.background:
            return True
        return bool(self.concealed) and named(attributes, self.concealed)

    def open_anchor(self, attributes: dict[str, str | None], place: Place, hidden: int) -> int:
        """Note a link; its text follows as the walk goes on."""
        anchors = self.out.anchors
        if len(anchors) >= self.limits.links:
            raise LimitExceeded("links", f"more than {self.limits.links:,} links", f"{self.limits.links:,}")
        rel = tuple((attributes.get("rel") or "").lower().split())
        anchors.append(
            Anchor(
                href=attributes.get("href") or "",
                rel=rel,
                zone=place.zone,
                hidden=bool(hidden),
                holder=tag_of(self.concealers[hidden]) if hidden else "",
                swap=other_address(attributes, self.swapped),
                containers=place.containers,
            )
        )
        return len(anchors) - 1

    def add(self, text: str, place: Place) -> None:
        """Add one text node to the open line."""
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
            place.name, place.depth, place.words, place.containers, self.link_chars, len(self.open_links),
            place.flags & LISTED, place.flags & IN_TABLE, place.flags & IN_FORM, place.flags & IN_ARTICLE,
        )  # fmt: skip
        lines.append(Line("".join(self.pieces), place.kind, place.zone, tags))
        self.pieces = []
        self.length = self.link_chars = 0
        self.space = False
        self.open_links.clear()


def named(attributes: dict[str, str | None], selectors: frozenset[str]) -> bool:
    """Whether an element's id or one of its classes is among ``#id`` and ``.class`` selectors."""
    identity = attributes.get("id")
    if identity and "#" + identity in selectors:
        return True
    return any("." + word in selectors for word in (attributes.get("class") or "").split()[:20])


def cut(tree: LexborHTMLParser, limits: Limits) -> Lines:
    """The lines of a parsed page. Raises LimitExceeded naming html_nodes, html_depth, links, lines or line_chars."""
    root = tree.body or tree.root
    if root is None:
        return Lines()
    sheets = Sheets.of((node.text() for node in tree.css("style")), root.attributes)
    swapped = scripts.swapped_attributes(tree)
    revealed: frozenset[int] = frozenset()
    for _ in range(MAX_WALKS):
        walk = Walk(limits, sheets, swapped, revealed)
        lines = walk.run(root)
        holders = walk.holders
        shown = {node for node, chars in walk.hidden_chars.items() if node and chars > REVEALED * walk.chars}
        if not shown:
            break
        revealed |= shown
    for anchor in lines.anchors:
        anchor.text = "".join(anchor.pieces)
        if anchor.line < 0:
            anchor.line = -1
        if not anchor.holder:
            anchor.holder = next((tag_of(holders[at]) for at in anchor.containers if at in holders), "")
    return lines
