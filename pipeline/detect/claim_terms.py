"""The tokens of a sentence as the claims axis reads them, and the terms that the claim model knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[%?!\"“”£$€(\[:;]")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
A_YEAR, A_NUMBER, BEGIN = "<year>", "<number>", "<s>"
LONGEST = 600
"""Characters of a sentence that are read: what is longer has lost its points, and hostile pages have no others."""


def tokens(low: str) -> list[str]:
    """The words, numbers and marks of a normalised sentence; a number counts as a number, a year as a year."""
    return [standing(token) if token[0].isdigit() else token for token in TOKEN.findall(low[:LONGEST])]


def standing(number: str) -> str:
    """What a number counts as."""
    return A_YEAR if YEAR.fullmatch(number) else A_NUMBER


def terms(words: Sequence[str]) -> list[str]:
    """The terms of a sentence: its words and its pairs of neighbours, each once."""
    return list(dict.fromkeys([*words, *map(" ".join, zip([BEGIN, *words], words, strict=False))]))
