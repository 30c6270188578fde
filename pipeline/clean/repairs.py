"""What flattening did to text, undone: left-over character references, hard wraps, pages of one line, glued headings.

Each repair first asks whether the page needs it, so that a page which came with a block a line is left as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

REFERENCE = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d?);")
MIN_WIDTH, MAX_WIDTH = 50, 100
"""Columns at which text is wrapped by hand or by mail programs."""
FULL_SHARE = 0.5
"""Share of a wrapped page's lines that end where the next line's first word no longer fits."""
MIN_FULL = 4
WHOLE_SHARE = 0.5
"""Share of those lines that may end as sentences do: wrapping breaks in mid-sentence."""
LONG_LINE = 1_500
"""Characters from which a line that holds most of its page is broken up."""
MOST = 0.7
PIECE = 300
"""Characters from which a piece of such a line ends with its sentence: about a paragraph."""
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]* +(?=[\"“‘'(\[]?[A-Z0-9])|(?<=[a-z)][.!?])(?=[A-Z][a-z])")
GLUED = re.compile(
    r"^(table of contents|contents|advertisement|skip to (?:main )?content|in this article|share this(?: article)?"
    r"|related (?:articles|posts)|key takeaways|leave a (?:reply|comment))(?=[A-Z][a-z]|\d+\. ?[A-Z])",
    re.IGNORECASE,
)
"""Headings that are glued to what follows when a flattener forgets the line between."""
STARTS_ITEM = re.compile(r"(?:[-–*•·▪◦●‣>] |\d{1,2}[.)] |#{1,6} )\S")


def repaired(content: str) -> Iterator[str]:
    """The lines of a flattened page, white space folded, none blank."""
    if "&" in content and REFERENCE.search(content):
        content = REFERENCE.sub(lambda match: html.unescape(match[0]), content)
    rows = [" ".join(row.split()) for row in content.splitlines()]
    rows = unwrapped(rows)
    length = sum(map(len, rows))
    for row in rows:
        if not row:
            continue
        glued = GLUED.match(row)
        if glued and glued.end() < len(row):
            yield row[: glued.end()]
            row = row[glued.end() :]
        if len(row) >= LONG_LINE and len(row) >= MOST * length:
            yield from pieces(row)
        else:
            yield row


def unwrapped(rows: list[str]) -> list[str]:
    """Hard-wrapped rows joined to paragraphs: a row goes on in the next where that one's first word did not fit."""
    width = width_of(rows)
    if not width:
        return rows
    joined: list[str] = []
    goes_on = False
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        if goes_on:
            joined[-1] += " " + row
        else:
            joined.append(row)
        goes_on = bool(row) and fills(row, following, width)
    return joined


def width_of(rows: list[str]) -> int:
    """The column at which a page is wrapped, 0 where it is not."""
    full = [row for row in rows if row]
    widest = max(map(len, full), default=0)
    if not MIN_WIDTH <= widest <= MAX_WIDTH or len(full) < MIN_FULL:
        return 0
    pairs = [(row, following) for row, following in pairwise(rows) if row and following]
    filled = [row for row, following in pairs if fills(row, following, widest)]
    if len(filled) < max(FULL_SHARE * len(pairs), MIN_FULL) or median(map(len, full)) < widest / 2:
        return 0
    whole = sum(row[-1] in ".!?:" for row in filled)
    return widest if whole <= WHOLE_SHARE * len(filled) else 0


def fills(row: str, following: str, width: int) -> bool:
    """Whether `following` goes on where `row` had no more room."""
    if not following or STARTS_ITEM.match(following):
        return False
    return len(row) + 1 + len(following.partition(" ")[0]) > width


def pieces(row: str) -> Iterable[str]:
    """A long line in pieces of some sentences each."""
    begins = 0
    for match in SENTENCE_END.finditer(row):
        if match.start() - begins >= PIECE:
            yield row[begins : match.start()].strip()
            begins = match.end()
    yield row[begins:].strip()
