"""What an open HTML element hands down to the lines in it: kind, zone, depth, and what is around them."""

from __future__ import annotations

import msgspec
from msgspec import field

from pipeline.records import BlockKind, Zone

KIND_OF: dict[str, BlockKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list_item"),
    **dict.fromkeys(("td", "th", "caption"), "table"),
    "blockquote": "quote",
    "figcaption": "caption",
}
ZONE_OF: dict[str, Zone] = {
    "nav": "nav",
    "header": "header",
    "footer": "footer",
    "aside": "sidebar",
    "form": "form",
    "button": "form",
    "select": "form",
    "menu": "nav",
}
ROLE_OF: dict[str, Zone] = {
    "navigation": "nav",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "form",
}
OUTRANKS: dict[Zone, tuple[Zone, ...]] = {"nav": ("header",), "form": ("header", "sidebar"), "comments": ("sidebar",)}
"""Zones that may open inside another and replace it; everywhere else the outer zone stands."""
LISTED, IN_TABLE, IN_FORM, IN_ARTICLE = 1, 2, 4, 8
FLAGS = {
    **dict.fromkeys(("ul", "ol", "dl"), LISTED),
    "table": IN_TABLE,
    **dict.fromkeys(("form", "button", "select"), IN_FORM),
    **dict.fromkeys(("article", "main"), IN_ARTICLE),
}


class Place(msgspec.Struct, eq=False, gc=False):
    """What an open element hands down to what is in it. `flags` are LISTED … IN_ARTICLE; `unread` is text for screen
    readers only. `inside` remembers the places of elements in it: pages repeat themselves. No place knows of one around
    it, so the garbage collector has nothing to look for."""

    name: str = "body"
    depth: int = 0
    kind: BlockKind = "paragraph"
    zone: Zone = "body"
    words: int = 0
    flags: int = 0
    unread: bool = False
    inside: dict[object, Place] = field(default_factory=dict)


def zone_within(outer: Zone, own: Zone | None) -> Zone:
    """The zone of an element that would be `own`, inside `outer`."""
    if own is None or (outer != "body" and outer not in OUTRANKS.get(own, ())):
        return outer
    return own
