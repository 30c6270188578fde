"""Spins the words of names: "National Institute of Mental Health" → "National Institute of Psychological Health"."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from pipeline.learn.spinners.edits import Edit, like
from pipeline.learn.spinners.lexis import Lexis

NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: (?:of|for|the|and) (?:the )?[A-Z][a-z]+| [A-Z][a-z]+)+")
WORD = re.compile(r"[A-Z][a-z]+")


@dataclass(frozen=True)
class NameBreaking:
    """Capitalised words inside names of several words; with few names, other words too."""

    lexis: Lexis

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A swap for every word of every name."""
        found = []
        for name in NAME.finditer(text):
            for word in WORD.finditer(name.group()):
                new = self.lexis.swap(word.group().lower(), rng)
                if new:
                    start = name.start() + word.start()
                    found.append(Edit(start, start + len(word.group()), like(new, word.group())))
        return found
