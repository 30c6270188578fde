"""Single tags, read for the links in them: how they look in the source, and a second address they carry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

LONGEST_TAG = 300
SETS_HREF = re.compile(r"this\.href\s*=\s*['\"](?:https?:)?//", re.IGNORECASE)
HANDLERS = frozenset(["onclick", "onmousedown", "onmouseup", "ontouchstart"])


def tag_of(node: LexborNode) -> str:
    """The opening tag of an element, written out from its attributes."""
    written = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in node.attributes.items())
    return f"<{node.tag}{written}>"[:LONGEST_TAG]


def other_address(attributes: Mapping[str, str | None], swapped: frozenset[str]) -> str:
    """The attribute of a link that names an address beside its href, as ``name="value"``; empty where there is none.

    `swapped` are names of attributes that a script of the page puts in the place of the href.
    """
    if HANDLERS.isdisjoint(attributes) and swapped.isdisjoint(attributes):
        return ""
    for name, value in attributes.items():
        if value and (name in swapped or (name in HANDLERS and SETS_HREF.search(value))):
            return f'{name}="{value}"'[:LONGEST_TAG]
    return ""
