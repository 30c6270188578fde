"""Parts of a page that its server sent after the rest, put where they belong before the page is read.

React sends what was not ready as ``<div hidden id="S:7">`` at the end of the page and marks its place by
``<template id="B:7">``, with a stand-in after it up to a comment ``/$``, or ``<template id="P:7">``. Scripts move it:
``$RC("B:7","S:7")``, ``$RS("S:7","P:7")``. Where the page has that script, what is moved is no longer hidden.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

PARTS = 'div[hidden][id^="S:"]'
IDENTITY = re.compile(r"S:([0-9a-f]{1,6})")
MAX_PARTS = 100
MOVES = re.compile(r'\$R[A-Z]\("(?:[BP]:\w+","(S:\w+)"|(S:\w+)","[BP]:\w+")')
MAX_STAND_IN = 200
"""Nodes among which the end of a stand-in is looked for."""


def put_in_place(tree: LexborHTMLParser) -> None:
    """Move each part that was sent late to its place; what has no place stays where it is.

    Nodes are looked up anew for each part, because a part may stand in another one and is gone when that one moves.
    """
    body = tree.body
    if body is None:
        return
    stated = [node.attributes.get("id") or "" for node in body.css(PARTS)]
    found = [match[1] for identity in stated[:MAX_PARTS] if (match := IDENTITY.fullmatch(identity))]
    moved = moved_by_scripts(tree) if found else set()
    for number in dict.fromkeys(found):
        place = f'template[id="B:{number}"], template[id="P:{number}"]'
        part, slot = body.css_first(f'div[hidden][id="S:{number}"]'), body.css_first(place)
        if part is None or slot is None or part.css_first(place) is not None:
            continue
        if f"S:{number}" in moved:
            del part.attrs["hidden"]
        slot.insert_before(part)
        part.decompose()
        if (slot.attributes.get("id") or "").startswith("B"):
            take_stand_in(slot)


def moved_by_scripts(tree: LexborHTMLParser) -> set[str]:
    """Ids of the parts that inline scripts move."""
    found = (match for script in tree.css("script:not([src])") for match in MOVES.findall(script.text() or ""))
    return {first or second for first, second in found}


def take_stand_in(slot: LexborNode) -> None:
    """Take away the elements between a place and the comment that ends its stand-in, where there is one."""
    between: list[LexborNode] = []
    following = slot.next
    while following is not None and len(between) < MAX_STAND_IN:
        if following.is_comment_node and following.comment_content == "/$":
            for node in between:
                if node.is_element_node:
                    node.decompose()
            return
        between.append(following)
        following = following.next
