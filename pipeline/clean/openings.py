"""What the opening tags of a page say, read once for each way a tag is written."""

from __future__ import annotations

from pipeline.clean import panels
from pipeline.clean.html_tags import NOTHING, Element, opening_of
from pipeline.clean.visibility import Sheets, colour, conceals

SUSPECT = frozenset(["hidden", "aria-hidden", "style", "color"])
"""Attributes by which an element may hide itself."""
Opened = tuple[Element, dict[str, str], bool, bool]
"""An opening tag: its element, its attributes (of a link or an image), whether it conceals or fades what is in it."""


class Openings:
    """The opening tags of one page, under its style rules; `known` holds those that were read.

    `controlled` holds the ids that controls name, `folded` the tags of what the reader opens.
    """

    __slots__ = ("background", "concealed", "controlled", "faint", "folded", "known")

    def __init__(self, sheets: Sheets) -> None:
        self.concealed = sheets.concealed
        self.faint = sheets.faint
        self.background = sheets.background
        self.known: dict[str, Opened] = {}
        self.controlled: set[str] = set()
        self.folded: set[str] = set()

    def read(self, raw: str) -> Opened:
        """What an opening tag says, from then on in `known`."""
        element, attributes = opening_of(raw)
        hides, fades = element.conceals, False
        if "aria-controls" in raw:
            self.controlled.update(panels.CONTROLS.findall(raw))
        if attributes and not element.void:
            fades = bool(self.faint) and named(attributes, self.faint)
            if not hides and self.hides(attributes):
                if panels.opens(raw, attributes, self.controlled):
                    self.folded.add(raw)
                    fades = True
                else:
                    hides = True
            if element.name != "a":
                attributes = NOTHING
        found = self.known[raw] = (element, attributes, hides, fades)
        return found

    def hides(self, attributes: dict[str, str]) -> bool:
        """Whether an element's own attributes or the page's style rules hide it."""
        if not SUSPECT.isdisjoint(attributes):
            if "hidden" in attributes or attributes.get("aria-hidden") == "true":
                return True
            style = attributes.get("style")
            if style and conceals(style, self.background):
                return True
            if self.background and (written := attributes.get("color")) and colour(written) == self.background:
                return True
        return bool(self.concealed) and named(attributes, self.concealed)


def named(attributes: dict[str, str], selectors: frozenset[str]) -> bool:
    """Whether an element's id or one of its classes is among ``#id`` and ``.class`` selectors."""
    identity = attributes.get("id")
    if identity and "#" + identity in selectors:
        return True
    words = attributes.get("class", "").split()[:20]
    return not selectors.isdisjoint(["." + word for word in words])
