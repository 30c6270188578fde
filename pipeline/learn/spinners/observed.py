"""Swaps that were seen on real spun pages: "basics" → "essentials", from a file of observed pairs."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.learn.spinners.edits import Edit, like, words_of

LONGEST = 3
"""Words of an original that is looked for."""


def pairs(path: Path) -> dict[tuple[str, ...], list[str]]:
    """Original → what was put in its place (JSON Lines with ``original_text`` and ``text``)."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["original_text"] and row["text"]:
            found[tuple(row["original_text"].lower().split())].append(row["text"].lower())
    return dict(found)


@dataclass(frozen=True)
class Observed:
    """Whatever of the pairs stands in the text."""

    pairs: Mapping[tuple[str, ...], Sequence[str]]

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """A swap for every original."""
        found, words = [], words_of(text)
        for number, (_, start, _) in enumerate(words):
            for length in range(1, LONGEST + 1):
                original = tuple(word for word, _, _ in words[number : number + length])
                if len(original) == length and original in self.pairs:
                    end = words[number + length - 1][2]
                    found.append(Edit(start, end, like(rng.choice(self.pairs[original]), text[start:end])))
        return found
