"""Which tokens are a word's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.language_model.runtime import BEGIN, Runtime

Ids = NDArray[np.int64]
Spans = Sequence[tuple[int, int]]


class Layout:
    """A text in tokens, the begin token first, and each word's first and last token (-1 for none)."""

    def __init__(self, runtime: Runtime, text: str, spans: Spans, most: int) -> None:
        self.text, self.tokeniser = text, runtime.tokeniser
        ids, places = self.tokeniser.encode(text, most)
        self.ids = np.concatenate([[BEGIN], ids])
        self.places = np.concatenate([[[0, 0]], places])
        word_spans = np.array(spans, dtype=np.int64).reshape(-1, 2)
        inner = [begin(text, start, end) for start, end in self.places.tolist()]
        owner = np.searchsorted(word_spans[:, 0], inner, side="right") - 1
        mine = (owner >= 0) & (self.places[:, 1] > inner)
        mine[mine] = np.array(inner)[mine] < word_spans[owner[mine], 1]
        self.first = np.full(len(word_spans), -1, dtype=np.int64)
        self.last = np.full(len(word_spans), -1, dtype=np.int64)
        tokens = np.flatnonzero(mine)
        self.first[owner[tokens[::-1]]] = tokens[::-1]
        self.last[owner[tokens]] = tokens
        self.spans = word_spans

    def substitute(self, word: int, replacement: str) -> Ids:
        """The tokens of `replacement` where `word` stands, with what stands before it in its first token."""
        before = self.text[self.places[self.first[word], 0] : self.spans[word, 0]]
        return self.tokeniser.ids_of(before + replacement)

    def whole(self, word: int) -> bool:
        """Whether the word is made of tokens of its own."""
        return bool(self.first[word] >= 0 and self.places[self.last[word], 1] == self.spans[word, 1])


def begin(text: str, start: int, end: int) -> int:
    """Where in ``text[start:end]`` something other than white space begins; `end` where nothing does."""
    while start < end and text[start].isspace():
        start += 1
    return start
