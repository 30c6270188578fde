"""How a letter greets its author, whose name a stranger's page gives: by name where it is one, else as the author."""

from __future__ import annotations

import re

from pipeline.report.safe_text import one_line

PERSON = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s)?[^\W\d_][^\W\d_'’.-]*(?:[\s'’.-]{1,2}[^\W\d_]+){1,5}\.?")
"""Two to six words of letters."""
HOUSE = re.compile(
    r"\b(?:admin\w*|author|authors|blog|board|brand|clinic|contributors?|correspondents?|desk|editors?|editorial"
    r"|experts?|guest|health|medical|news\w*|office|online|press|publish\w*|reporters?|reviews?|secretary|seo|sponsored"
    r"|staff|studio|support|team|user|webmaster|writers?)\b",
    re.IGNORECASE,
)
"""Words of a name that is an office or a brand."""
BETWEEN = re.compile(r"\s*(?:[,;&|·•»/(]|\s[–—-]\s|\band\b)\s*")
LONGEST, MOST = 60, 3
"""Characters of a name; persons greeted by name."""


def salutation(author: str | None) -> str:
    """``Dear Ann Ode``, ``Dear Ann Ode and Bo Li``; ``Dear author`` for nobody, an office, or what is no name."""
    named = [name for name in BETWEEN.split(one_line(author or "")[:500]) if is_person(name)]
    if not named:
        return "Dear author"
    if len(named) > MOST:
        return "Dear authors"
    *others, last = dict.fromkeys(named)
    return f"Dear {', '.join(others)} and {last}" if others else f"Dear {last}"


def is_person(name: str) -> bool:
    """Whether `name` is that of a person: begins with a capital, a few words, none of them an office."""
    return len(name) <= LONGEST and name[:1].isupper() and bool(PERSON.fullmatch(name)) and not HOUSE.search(name)
