"""Text without the characters that nobody sees, put into words so that programs do not know them again.

``che\\u200bck here`` reads "check here" on a page. What matches words works on the text without them, and says its
places in the text as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+|(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])")
"""Soft hyphen, zero-width space, word joiner, byte order mark; joiners, where Latin letters have no use for them."""
SPACED = re.compile(r"\b(?:[^\W\d_][ .*_-]){3,}[^\W\d_]\b")
"""Single letters with something between them: "v i a g r a"."""


@dataclass(frozen=True)
class Bare:
    """A text without invisible characters; `offsets` gives, for each character, its place in the text as it is."""

    text: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Bare:
        """The bare form of `text`."""
        if text.isascii() or not INVISIBLE.search(text):
            return cls(text, range(len(text)))
        parts: list[str] = []
        offsets: list[int] = []
        at = 0
        for match in [*INVISIBLE.finditer(text), None]:
            end = match.start() if match else len(text)
            parts.append(text[at:end])
            offsets.extend(range(at, end))
            at = match.end() if match else end
        return cls("".join(parts), offsets)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the bare text (not empty) in the text as it is."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def place(self, offset: int) -> int:
        """The place in the bare text of an offset in the text as it is."""
        return bisect_left(self.offsets, offset)


def undisguised(text: str) -> str:
    """Words without invisible characters and without gaps between single letters."""
    return SPACED.sub(lambda match: "".join(filter(str.isalpha, match[0])), INVISIBLE.sub("", text))
