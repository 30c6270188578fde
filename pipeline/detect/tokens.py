"""The tokens that the association table counts: words, numbers, commas and stops of a text, with their spans.

Finer than `Reading.words`: hyphens split, a possessive ``'s`` stands alone, and punctuation is kept, because what
stands at a sentence's end keeps other company than what stands in its middle.
"""

from __future__ import annotations

import re
from functools import lru_cache

TOKEN = re.compile(r"[a-z]++(?=[ ,.\n])|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?|'s\b|\d+(?:[.,]\d+)*|,|[.!?;:()\[\]\"“”…|\n]+")
"""The first alternative is the second in its commonest form, which takes half of the time."""
STOP, COMMA, NUMBER = "<stop>", "<comma>", "<number>"
SPECIAL = (STOP, COMMA, NUMBER)
"""What punctuation and numbers are counted as."""
MARKS = {",": COMMA, "'s": "'s"} | dict.fromkeys('.!?;:()[]"“”…|\n', STOP)
"""What the commonest tokens are counted as that do not begin with a plain letter."""


def tokens(low: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The tokens of a normalised text (`matchers.normalise`) and their half-open spans."""
    spans = [match.span() for match in TOKEN.finditer(low)]
    found = [low[start:end] for start, end in spans]
    return [token if "a" <= token < "{" else MARKS.get(token) or kind(token) for token in found], spans


@lru_cache(maxsize=2)
def tokens_of_text(low: str) -> tuple[list[str], list[tuple[int, int]]]:
    """`tokens` of a whole text, remembered, for two axes ask for them; nobody may change the lists."""
    return tokens(low)


def kind(token: str) -> str:
    """The special token for a number or a run of punctuation marks; a word as it is."""
    if token[0].isalpha():
        return token
    return NUMBER if token[0].isdigit() else STOP
