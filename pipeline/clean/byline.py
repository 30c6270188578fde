"""Author and date of a page without tags, from the lines of its byline: the only place where such a page says them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pipeline.records import Metadata

LONGEST = 200
"""Characters of a byline that is read."""
NAME = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[A-Z][\w.'’-]+(?:\s+(?:(?:de|van|von|al|bin|of)\s+)?[A-Z][\w.'’-]+){0,3}"
AUTHOR = re.compile(
    rf"(?:^|[|/·•,–—-]\s*|\b)(?i:(?:medically\s+)?(?:written|posted|published|reported)?\s*\bby):?\s+({NAME})"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(
    rf"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|\b(?P<m1>(?:{'|'.join(MONTHS)})[a-z]*)\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>(?:{'|'.join(MONTHS)})[a-z]*)\.?,? (?P<y2>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def read(lines: Iterable[str]) -> Metadata:
    """What the byline lines of a page say; null where they say nothing."""
    author = day = None
    for line in lines:
        text = line[:LONGEST]
        author = author or author_in(text)
        day = day or day_in(text)
    found = {"author": author, "date": day}
    return Metadata(author=author, date=day, sources={name: "byline" for name, value in found.items() if value})


def author_in(text: str) -> str | None:
    """The name after "by", or None."""
    match = AUTHOR.search(text)
    return match[1].rstrip(".,") if match else None


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
