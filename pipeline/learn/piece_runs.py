"""Marked texts in runs of word pieces, as the networks of the middle tier learn from them."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.learn.gold import Span
from pipeline.learn.replaced_tokens import Marked

RUN = 126
"""Pieces of a run, its two marks aside."""
FEWEST = 24
"""Pieces of a run that is worth reading."""
WORD = re.compile(r"[^\W_]+")
UNTOLD = -100
"""In the place of a piece's original: it is not asked for (torch's own mark)."""
KEPT = 0.03
"""Share of the unmarked words for which the corrector must name the word itself."""


@dataclass(frozen=True)
class Run:
    """Some pieces of a text, whether each was put there, and the piece that stood there before (or UNTOLD)."""

    ids: list[int]
    marks: list[bool]
    originals: list[int]


def runs(texts: Iterator[Marked], pieces: WordPieces, rng: random.Random) -> Iterator[Run]:
    """The runs of each text."""
    whole = np.array([piece.isalpha() for piece in pieces.ids])
    for text in texts:
        ids, starts = pieces.encode(text.text, sys.maxsize)
        marks = np.zeros(len(ids), dtype=np.bool_)
        for span in text.spans:
            marks |= (starts >= span.start) & (starts < span.end)
        told = whole[ids] & ~marks & (np.array([rng.random() for _ in ids]) < KEPT)
        originals = np.where(told, ids, UNTOLD)
        for span in text.spans:
            for start, original in words_before(text.text, span):
                at, before = int(np.searchsorted(starts, start)), pieces.encode(original, 1)[0]
                if at < len(ids) and starts[at] == start:
                    originals[at] = before[0]
        first = rng.randrange(40) if len(ids) > RUN + 40 else 0
        for at in range(first, len(ids) - FEWEST + 1, RUN):
            cut = slice(at, at + RUN)
            yield Run(ids[cut].tolist(), marks[cut].tolist(), originals[cut].tolist())


def words_before(text: str, span: Span) -> list[tuple[int, str]]:
    """Where each word of a span begins and the word that it replaced; the first alone where the numbers differ."""
    new, old = list(WORD.finditer(text, span.start, span.end)), WORD.findall(span.original)
    if len(new) != len(old):
        new, old = new[:1], old[:1]
    return [(word.start(), original) for word, original in zip(new, old, strict=False)]
