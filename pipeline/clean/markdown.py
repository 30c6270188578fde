"""Links and images of Markdown in a line of flattened text: their marks taken off, their addresses noted."""

from __future__ import annotations

import re

from pipeline.clean.lines import Anchor, Lines
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits

LINK = re.compile(
    r"(!?)\[([^\[\]]{0,500})\]\(\s*<?((?:https?://|/|#|mailto:)[^\s()<>]{0,2000})>?(?:\s+\"[^\"]{0,300}\")?\s*\)"
)
"""An address must look like one: square brackets before round ones also stand in plain prose."""


def read(text: str, out: Lines, limits: Limits) -> str:
    """The line without the marks of its links and images, which are added to `out` as those of the line to come."""
    pieces: list[str] = []
    length = at = 0
    number = len(out.lines)
    found: list[Anchor] = []
    for match in LINK.finditer(text):
        before, name = text[at : match.start()], " ".join(match[2].split())
        pieces.append(before)
        length += len(before)
        at = match.end()
        if match[1]:
            if name:
                out.image_alts.append(name)
            continue
        if len(out.anchors) + len(found) >= limits.links:
            raise LimitExceeded("links", f"more than {limits.links:,} links", f"{limits.links:,}")
        line = number if name else -1
        found.append(Anchor(match[3], text=name, line=line, start=length, end=length + len(name)))
        pieces.append(name)
        length += len(name)
    pieces.append(text[at:])
    read_text = "".join(pieces)
    folded = " ".join(read_text.split())
    shift = len(read_text) - len(read_text.lstrip())
    for anchor in found:
        if anchor.line >= 0 and folded[anchor.start - shift : anchor.end - shift] == anchor.text:
            anchor.start, anchor.end = anchor.start - shift, anchor.end - shift
        else:
            anchor.line = -1
    out.anchors += found
    return folded
