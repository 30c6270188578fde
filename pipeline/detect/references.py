"""The reference list of a page: which numbers it has, and which blocks it fills."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

HEADING = re.compile(
    r"^\W*(?:references?|sources?|citations|bibliography|further\sreading|footnotes|works\scited|literature)\W*$",
    re.IGNORECASE,
)
ITEM = re.compile(r"\s*[\[(]?(\d{1,3})[\].)]")
LONGEST_HEADING, ITEM_BEGINS = 40, 60
"""Characters of the longest heading, and of an item in which its number is looked for."""


@dataclass(frozen=True)
class References:
    """The reference list of a page: the numbers of its items, and the blocks that it fills."""

    numbers: frozenset[int]
    blocks: frozenset[int]

    @classmethod
    def of(cls, reading: Reading) -> References:
        """Find the list below each heading that announces one; items without numbers are counted."""
        numbers: set[int] = set()
        blocks: set[int] = set()
        inside, count = False, 0
        for number, block in enumerate(reading.article.blocks):
            text = reading.article.text[block.start : min(block.end, block.start + ITEM_BEGINS)]
            if HEADING.match(text) and block.end - block.start < LONGEST_HEADING:
                inside = True
            elif block.kind == "heading":
                inside = False
            if inside:
                blocks.add(number)
                item = ITEM.match(text)
                count += 1
                numbers.add(int(item[1]) if item else count - 1)
        return cls(frozenset(numbers), frozenset(blocks))
