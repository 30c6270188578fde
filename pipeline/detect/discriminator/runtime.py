"""Reads a text with the discriminator: runs of word pieces that overlap, so that no word is read without both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.weights import Floats, Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.detect.language_model.runtime import sessions
from pipeline.errors import ModelError

RUN = 254
"""Pieces of one run, its two marks aside (trained on runs of 126; positions reach to 512)."""
MARGIN = 32
"""Pieces at the inner ends of a run whose log-odds are taken from its neighbour."""
MOST = 8_000
"""Pieces of one page that are read (some 5,500 words); later words have no log-odds."""


@dataclass(frozen=True)
class Discriminator:
    """The network, ready to read."""

    embedding: NDArray[np.float16]
    """(pieces of the vocabulary, width)."""
    positions: Floats
    """(places of a run, width)."""
    pieces: WordPieces
    session: Any

    @classmethod
    def of(cls, weights: Weights, threads: int = 0, int8: bool = True) -> Discriminator:
        """Make it ready. Raises ModelError where onnx or onnxruntime is not installed."""
        try:
            from pipeline.detect.discriminator.graph import serialised
        except ImportError as error:
            raise ModelError(f"the middle tier needs {error.name}: pip install 'unspun[deep]'") from None
        [session] = sessions([serialised(weights, int8)], threads)
        embedding = weights.embedding.astype(np.float16)
        return cls(embedding, weights.top["positions"], WordPieces(weights.pieces), session)

    def log_odds(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """For each span (a token of the text; in order, none overlapping) the log-odds that it stands for another.

        The highest of its pieces, and their mean; nan where no piece of it was read. Natural logarithms.
        """
        ids, starts = self.pieces.encode(text, MOST)
        highest, mean = (np.full(len(spans), np.nan, dtype=np.float32) for _ in range(2))
        if not len(ids) or not spans:
            return highest, mean
        begins, ends = (np.array(part) for part in zip(*spans, strict=True))
        owner = np.searchsorted(begins, starts, side="right") - 1
        mine = (owner >= 0) & (starts < ends[owner])
        owner, odds = owner[mine], self.of_pieces(ids)[mine]
        if len(owner):
            first = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
            highest[owner[first]] = np.maximum.reduceat(odds, first)
            mean[owner[first]] = np.add.reduceat(odds, first) / np.diff(np.append(first, len(owner)))
        return highest, mean

    def of_pieces(self, ids: NDArray[np.int64]) -> Floats:
        """The log-odds of each piece."""
        made = np.zeros(len(ids), dtype=np.float32)
        for at in range(0, max(1, len(ids) - 2 * MARGIN), RUN - 2 * MARGIN):
            run = np.concatenate([[self.pieces.begin], ids[at : at + RUN], [self.pieces.end]])
            [odds] = self.session.run(["log_odds"], {"vectors": self.embedding[run] + self.positions[: len(run)]})
            skipped = MARGIN if at else 0
            made[at + skipped : at + RUN] = odds[1 + skipped : -1, 0]
        return made
