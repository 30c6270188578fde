"""Who wrote a page that has no head to say so: the name in its byline, or in the lines about its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.records import Removed

MOST = 300
"""Characters of a removed line in which a name is looked for."""
WORD = r"(?:[^\W\d_a-z][\w'’-]+|[^\W\d_a-z]\b\.?)"
PARTICLE = r"(?:(?:de|da|del|van|von|der|al|bin|la|le)\s)?"
NAME = rf"((?:(?:Dr|Prof)\.?\s)?{WORD}(?:\s{PARTICLE}{WORD}){{1,3}})"
BY = re.compile(rf"^\W*(?i:(?:posted|written|reported|article)\s)?(?i:by):?\s+{NAME}")
ABOUT = re.compile(rf"(?:^\W*(?i:about\sthe\sauthor):?|\b[Mm]y\sname\sis)\s+{NAME}")


def author(removed: Iterable[Removed]) -> str | None:
    """The first name in a byline, else in a line about the author; None where neither names anybody.

    A name is two to four words with capitals; what else stands in such a line (date, views, credentials) is no name.
    """
    pieces = [piece for piece in removed if piece.reason in ("byline", "author-bio")]
    for pattern in (BY, ABOUT):
        for piece in pieces:
            match = pattern.search(piece.text[:MOST])
            if match:
                return match[1]
    return None
