"""Text that is concealed until the reader asks for it: closed tabs and accordions. It is content like any other.

How an element is concealed and what it calls itself tell it from what hides to deceive: nothing here is put off the
screen, shrunk or painted over, and the page calls the element a panel or has a control for it. Its text is judged by
the classifier; its links stay hidden ones, so that the detectors lose nothing (see docs/decisions/0025).
"""

from __future__ import annotations

import re

from pipeline.clean.lines import Lines

CONTROLS = re.compile(r' aria-controls="([^"]{1,200})"')
LABELLED = ' aria-labelledby="'
ROLE = re.compile(r' role="(?:tabpanel|region)"')
SHUT = re.compile(r"\bdisplay\s*:\s*none", re.IGNORECASE)
NAMED = re.compile(
    r"accord|tab-?p|tabs?[-_ ]|tab[-_](?:content|item)|collaps|panel|faq|answer|toggle|expand|disclosure"
    r"|(?:show|read)-?more",
    re.IGNORECASE,
)
"""Class and id words of what opens."""
FURNITURE = re.compile(
    r"menu|nav|modal|dialog|cookie|consent|pop-?up|pop-?over|drawer|drop-?down|filter|search|log-?in|form|cart|lightbox"
    r"|overlay|header|footer|newsletter|subscribe|fly-?in|carousel|mega|tooltip|toc|banner",
    re.IGNORECASE,
)
"""Class and id words of what opens too, and is never the article."""
OTHERS = frozenset(["nav", "form", "header", "footer", "aside", "dialog", "noscript"])
STREAMED = re.compile(r"S:[0-9a-f]+")
"""Ids of what a server sent late, for a script to put in its place (`streamed`)."""


def opens(raw: str, attributes: dict[str, str], controlled: set[str]) -> bool:
    """Whether an element that its page conceals is one that the reader opens.

    `raw` is the inside of its opening tag, `attributes` the telling ones, `controlled` the ids that controls above it
    name.
    """
    if raw.partition(" ")[0] in OTHERS or not gently(attributes):
        return False
    identity = attributes.get("id", "")
    if "hidden" in attributes and STREAMED.fullmatch(identity):
        return True
    names = f"{attributes.get('class', '')} {identity} {attributes.get('role', '')}"
    if FURNITURE.search(names):
        return False
    if identity in controlled or NAMED.search(names):
        return True
    return LABELLED in raw and ROLE.search(raw) is not None


def gently(attributes: dict[str, str]) -> bool:
    """Whether an element is taken off the page whole, by its own attributes or by a class that they name."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style", "")
    return SHUT.search(style) is not None or not style


def lines_within(page: Lines) -> set[int]:
    """Indices of the lines of a page that stand in what the reader opens."""
    if not page.folded:
        return set()
    boxes = page.boxes
    inside: list[bool] = []
    for parent, raw in zip(boxes.parent, boxes.raw, strict=True):
        inside.append(raw in page.folded or bool(inside and inside[parent]))
    return {at for at, line in enumerate(page.lines) if line.tags and inside[line.tags.box]}
