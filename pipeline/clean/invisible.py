"""Characters that nobody sees, put into words so that programs do not know them again: taken out."""

from __future__ import annotations

import re

NOWHERE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphen, zero-width space, word joiner, byte order mark."""
JOINERS = re.compile("(?<=[A-Za-z])[\u200c\u200d]+(?=[A-Za-z])")
"""Joiners that scripts and emoji need, where Latin letters have no use for them."""


def visible(text: str) -> str:
    """`text` without invisible characters."""
    return text if text.isascii() else JOINERS.sub("", text.translate(NOWHERE))
