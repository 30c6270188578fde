"""Sentences of a block: a small splitter fit for health text.

It breaks after . ! ? … (with closing quotes and brackets) when what follows can start a sentence, and not after the
abbreviations below, initials, a number's point, or the number of a list item ("1. Epilepsy Action, 2023.").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.detect.matchers import word_set

ABBREVIATIONS = word_set("abbreviations")
BREAK = re.compile(r"""[.!?…]+["'”’)\]]*(?:\[\d[\d,\s–-]*\])?\s+(?=["'“‘(\[•*-]?\s*[A-Z0-9À-Þ"“‘'])""")
ITEM_NUMBER = re.compile(r"[(\[]?\d{1,2}[.)\]]+")
LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)[.!?…]+$")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the half-open spans of the sentences in ``text[start:end]``, white space trimmed."""
    begin = start
    for match in BREAK.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        if is_abbreviation(text[begin : match.start() + 1]) or ITEM_NUMBER.fullmatch(text, begin, stop):
            continue
        if stop > begin:
            yield begin, stop
        begin = match.end()
    if begin < end:
        yield begin, end


def is_abbreviation(upto: str) -> bool:
    """Whether `upto`, which ends in a point, ends in an abbreviation or an initial."""
    word = LAST_WORD.search(upto[-24:])
    if not word or not upto.endswith("."):
        return False
    return word[1].lower() in ABBREVIATIONS or (len(word[1]) == 1 and word[1].isupper() and word[1] != "I")
