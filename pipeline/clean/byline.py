"""Author and date of a page without tags: its byline, or what it says about its author, is all that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.records import Metadata

MOST = 300
"""Characters of a line that are read."""
WORD = r"(?:[^\W\d_a-z][\w'’-]+|[^\W\d_a-z]\b\.?)"
PARTICLE = r"(?:(?:de|da|del|van|von|der|al|bin|la|le)\s)?"
NAME = rf"((?:(?:Dr|Prof)\.?\s)?{WORD}(?:\s{PARTICLE}{WORD}){{1,3}})"
"""Two to four words with capitals; what else stands in such a line (date, views, credentials) is no name."""
BY = re.compile(
    r"(?:^\W*|[|/·•,–—-]\s*|(?<=\d)\s)(?i:(?:posted|written|published|reported|article)\s)?" + rf"(?i:by):?\s+{NAME}"
)
ABOUT = re.compile(rf"(?:^\W*(?i:about\sthe\sauthor):?|\b[Mm]y\sname\sis)\s+{NAME}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|\b(?P<m1>(?:{'|'.join(MONTHS)})[a-z]*)\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>(?:{'|'.join(MONTHS)})[a-z]*)\.?,? (?P<y2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def read(bylines: Iterable[str], notes: Iterable[str]) -> Metadata:
    """What the byline lines of a page, then its notes about the author, say; null where they say nothing."""
    lines = [line[:MOST] for line in bylines]
    found = {
        "author": first(BY, lines) or first(ABOUT, lines) or first(ABOUT, [note[:MOST] for note in notes]),
        "date": next(filter(None, map(day_in, lines)), None),
    }
    return Metadata(**found, sources={name: "byline" for name, value in found.items() if value})


def first(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    """The first name that a pattern finds, or None."""
    return next((match[1] for line in lines if (match := pattern.search(line))), None)


def day_in(text: str) -> str | None:
    """The first date written out in a line, as an ISO day, or None: a month that is a number may be a day."""
    match = DAY.search(text)
    if not match:
        return None
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    else:
        name = (match["m1"] or match["m2"]).lower()
        year, month = int(match["y1"] or match["y2"]), MONTHS.index(name[:3]) + 1
        day = int(match["d1"] or match["d2"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
