"""Which elements a reader of the page does not see: inline style, attributes, and simple rules of <style> blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

CONCEALS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*(?:0(?:\.0*)?(?:px|em|rem|pt|%)?|1px)\s*(?:[;!]|$)"
    r"|(?:text-indent|left|top|margin-left|right)\s*:\s*-\d{3,}|opacity\s*:\s*0(?:\.0*)?\s*(?:[;!]|$)",
    re.IGNORECASE,
)
ANIMATES = re.compile(
    r"opacity.*(?:transform|transition|will-change|animation)|(?:transform|transition|will-change|animation).*opacity"
)
"""Sections that fade in as the reader scrolls: concealed in the source, seen by everybody."""
COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?")
SIMPLE = re.compile(r"^(?:[a-z]\w*)?([.#][\w-]+)$", re.IGNORECASE)
SHEET_CONCEALS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:[;!]|$)"
    r"|(?:text-indent|left|top|margin-left)\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
MAX_STYLE = 1_000
"""Characters of an inline style looked at."""
MAX_SHEET = 30_000
"""Characters of one style sheet looked at: what is longer is a theme, and costs more than the page itself."""


@lru_cache(maxsize=8192)
def conceals(style: str) -> bool:
    """Whether an inline style hides its element."""
    style = style[:MAX_STYLE]
    return bool(CONCEALS.search(style)) and not ANIMATES.search(style)


def concealed_names(sheets: Iterable[str]) -> frozenset[str]:
    """The ``.class`` and ``#id`` selectors that style sheets hide unconditionally (rules in @media are left out).

    One pass over the concealing declarations; the depth of braces between two of them is counted, not parsed.
    """
    names: set[str] = set()
    for sheet in sheets:
        sheet = COMMENT.sub("", sheet[:MAX_SHEET]) if "/*" in sheet else sheet[:MAX_SHEET]
        depth = seen = 0
        for match in SHEET_CONCEALS.finditer(sheet):
            depth += sheet.count("{", seen, match.start()) - sheet.count("}", seen, match.start())
            seen = match.start()
            if depth != 1:
                continue
            opens = sheet.rfind("{", 0, seen)
            begins = max(sheet.rfind("}", 0, opens), sheet.rfind(";", 0, opens)) + 1
            selectors = sheet[begins:opens][:MAX_STYLE]
            names |= {m[1] for s in selectors.split(",") if (m := SIMPLE.match(s.strip()))}
    return frozenset(names)
