"""Lower-case WordPiece (Devlin et al. 2019): a text in the pieces that the discriminator was trained on.

Runs of letters and digits, and every other mark alone, are cut into the longest pieces of the vocabulary from the
left; a piece inside a run begins with ``##``. A run that cannot be cut, or is longer than `LONGEST`, is one unknown
piece, so that hostile text stays cheap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST = 100
CACHE = 50_000
PUNCTUATION = (
    r"!-/:-@\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3011"
)
"""Marks that stand alone: ASCII's, and those that health pages have beside them; other symbols go with letters."""
RUN = re.compile(rf"[^\s{PUNCTUATION}]+|[{PUNCTUATION}]")

Ids = NDArray[np.int64]


class WordPieces:
    """Encodes text with a vocabulary of pieces."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(pieces)}
        self.begin, self.end, self.unknown = (self.ids[mark] for mark in (BEGIN, END, UNKNOWN))
        self.known: dict[str, list[int]] = {}

    def encode(self, text: str, most: int) -> tuple[Ids, Ids]:
        """Ids of the pieces, and for each where in the text its run begins (code points); up to about `most`."""
        ids: list[int] = []
        starts: list[int] = []
        for match in islice(RUN.finditer(text), most):
            cut = self.cut(match.group())
            ids += cut
            starts += [match.start()] * len(cut)
            if len(ids) >= most:
                break
        return np.array(ids[:most], dtype=np.int64), np.array(starts[:most], dtype=np.int64)

    def cut(self, run: str) -> list[int]:
        """The pieces of one run."""
        found = self.known.get(run)
        if found is None:
            if len(self.known) >= CACHE:
                self.known.clear()
            found = self.known[run] = self.longest_first(plain(run)) if len(run) <= LONGEST else [self.unknown]
        return found

    def longest_first(self, word: str) -> list[int]:
        """The longest pieces of a plain word, from the left."""
        made: list[int] = []
        at = 0
        while at < len(word):
            mark = "##" if at else ""
            for end in range(len(word), at, -1):
                number = self.ids.get(mark + word[at:end])
                if number is not None:
                    made.append(number)
                    at = end
                    break
            else:
                return [self.unknown]
        return made


def plain(word: str) -> str:
    """Lower case, without accents."""
    word = word.lower()
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) != "Mn")
