"""Runs the networks over a text: runs of word pieces that overlap, so that no word is read without both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.weights import Floats, Weights
from pipeline.detect.discriminator.word_pieces import WordPieces
from pipeline.detect.language_model.runtime import sessions
from pipeline.errors import ModelError

RUN = 254
"""Pieces of one run, its two marks aside (trained on runs of 126; positions reach to 512)."""
MARGIN = 32
"""Pieces at the inner ends of a run for which its neighbour speaks."""
MOST = 8_000
"""Pieces of one page that are read (some 5,500 words); of later words nothing is known."""


def session_of(weights: Weights, threads: int, int8: bool) -> Any:
    """What runs an encoder. Raises ModelError where onnx or onnxruntime is not installed."""
    try:
        from pipeline.detect.discriminator.graph import serialised
    except ImportError as error:
        raise ModelError(f"the middle tier needs {error.name}: pip install 'unspun[deep]'") from None
    [session] = sessions([serialised(weights, int8)], threads)
    return session


@dataclass(frozen=True)
class Network:
    """An encoder with a head, ready to read."""

    weights: Weights
    pieces: WordPieces
    session: Any

    @classmethod
    def of(cls, weights: Weights, threads: int = 0, int8: bool = True) -> Self:
        """Make it ready. Raises ModelError where onnx or onnxruntime is not installed."""
        session = session_of(weights, threads, int8)
        slim = Weights(weights.pieces, weights.heads, weights.embedding, weights.top, [], weights.corrector)
        return cls(slim, WordPieces(weights.pieces), session)

    def of_pieces(self, ids: NDArray[np.int64], asked: NDArray[np.bool_] | None = None) -> Floats:
        """(pieces, outputs) what the head says of each piece; 0 in runs that hold none of those `asked` about."""
        asked = np.ones(len(ids), dtype=np.bool_) if asked is None else asked
        made: Floats | None = None
        for at in range(0, max(1, len(ids) - 2 * MARGIN), RUN - 2 * MARGIN):
            told = slice(at + (MARGIN if at else 0), at + RUN)
            if made is None or asked[told].any():
                run = np.concatenate([[self.pieces.begin], ids[at : at + RUN], [self.pieces.end]])
                vectors = self.weights.embedding[run] + self.weights.top["positions"][: len(run)]
                [said] = self.session.run(None, {"vectors": vectors})
                if made is None:
                    made = np.zeros((len(ids), said.shape[1]), dtype=np.float32)
                made[told] = said[1 + told.start - at : -1]
        assert made is not None
        return made

    def owners(self, starts: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
        """For each piece the number of the span (in order, none overlapping) that it begins in; -1 for none."""
        if not len(starts) or not spans:
            return np.full(len(starts), -1, dtype=np.int64)
        begins, ends = (np.array(part) for part in zip(*spans, strict=True))
        owner = np.searchsorted(begins, starts, side="right") - 1
        return np.where((owner >= 0) & (starts < ends[owner]), owner, -1)


class Discriminator(Network):
    """Says of each word whether it stands in another's place."""

    def log_odds(self, text: str, spans: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
        """For each span (a token of the text; in order, none overlapping) the log-odds that it stands for another.

        The highest of its pieces, and their mean; nan where no piece of it was read. Natural logarithms.
        """
        ids, starts = self.pieces.encode(text, MOST)
        highest, mean = (np.full(len(spans), np.nan, dtype=np.float32) for _ in range(2))
        owner = self.owners(starts, spans)
        if (owner >= 0).any():
            owner, odds = owner[owner >= 0], self.of_pieces(ids)[owner >= 0, 0]
            first = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
            highest[owner[first]] = np.maximum.reduceat(odds, first)
            mean[owner[first]] = np.add.reduceat(odds, first) / np.diff(np.append(first, len(owner)))
        return highest, mean
