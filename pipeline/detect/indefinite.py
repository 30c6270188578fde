"""Which indefinite article goes before a word."""

from __future__ import annotations

import re

CONSONANT_SOUND = re.compile(
    r"(?!hour|honest|honou?r|heir)[^aeiou]|eu|ew|on(?:e|ce)$|u(?:biq|k$|nan|ni(?![dmn])|r[aeio]|s[aeu]|t[eio])"
)
"""Beginnings of words that "a" goes before; all others take "an"."""


def indefinite(word: str) -> str:
    """ "a" or "an", by how a word in lower case begins."""
    return "a" if CONSONANT_SOUND.match(word) else "an"
