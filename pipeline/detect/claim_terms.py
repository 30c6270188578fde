"""The tokens of a sentence as the claims axis reads them, and the terms that the claim model knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[%?!\"“”£$€(\[:;]")
ASCII_TOKEN = re.compile(r"[a-z]++(?:['-][a-z]++)*+|[0-9]++(?:[.,][0-9]++)*+|[%?!\"$(\[:;]")
"""The same in lower-case ASCII, which most sentences are, in half of the time."""
DIGIT = re.compile("[0-9]")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
A_YEAR, A_NUMBER, BEGIN = "<year>", "<number>", "<s>"
LONGEST = 600
"""Characters of a sentence that are read: what is longer has lost its points, and hostile pages have no others."""


def tokens(low: str) -> list[str]:
    """The words, numbers and marks of a normalised sentence; a number counts as a number, a year as a year."""
    low = low[:LONGEST]
    plain = low.isascii()
    found: list[str] = (ASCII_TOKEN if plain else TOKEN).findall(low)
    if plain and not DIGIT.search(low):
        return found
    return [standing(token) if token[0].isdigit() else token for token in found]


def opening_word(words: Sequence[str]) -> str:
    """The first word of a sentence, up to a hyphen or an apostrophe; empty where a number comes before it."""
    for word in words:
        if word.isalpha():
            return word
        if word[0].isalpha():
            return word.replace("'", "-").partition("-")[0]
        if word[0] == "<":
            break
    return ""


def standing(number: str) -> str:
    """What a number counts as."""
    return A_YEAR if YEAR.fullmatch(number) else A_NUMBER


def terms(words: Sequence[str]) -> list[str]:
    """The terms of a sentence: its words and its pairs of neighbours, each once."""
    return list(dict.fromkeys([*words, *map(" ".join, zip([BEGIN, *words], words, strict=False))]))
