"""What an open HTML element hands down to the lines in it: kind, zone, depth, and what is around them."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(slots=True)
class Place:
    """What an open element hands down to what is in it. `flags` are LISTED … IN_ARTICLE; `box` is the number of the
    innermost block element; `hidden` that of the token of the element that conceals, `veil` that of one that can hardly
    be seen, 0 for none; `anchor` the number of the open link, -1 for none."""

    name: str = "body"
    depth: int = 0
    kind: BlockKind = "paragraph"
    zone: Zone = "body"
    words: int = 0
    flags: int = 0
    box: int = 0
    hidden: int = 0
    unread: bool = False
    anchor: int = -1
    veil: int = 0


def zone_within(outer: Zone, own: Zone | None) -> Zone:
    """The zone of an element that would be `own`, inside `outer`."""
    if own is None or (outer != "body" and outer not in OUTRANKS.get(own, ())):
        return outer
    return own
