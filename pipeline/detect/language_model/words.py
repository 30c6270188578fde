"""What the language model makes of each word of a text, and of what may have stood there instead.

One pass gives every word's surprisal. A substitute's gain is how much likelier the text is with it: the first token's
probability is there already after the pass; for the words where that looks good, the best few substitutes are run with
the tokens that follow, all in one packed run that shares the page's keys and values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.language_model.layout import Layout, Spans
from pipeline.detect.language_model.runtime import BEGIN, BLOCKED, CHUNK, Chunk, Runtime, Scores
from pipeline.detect.language_model.word_scores import Options, WordScores

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

MOST_TOKENS = 6_000
"""Tokens of one page that are read (some 4,500 words); later words have no scores."""
RIGHT = 3
"""Tokens after the word that a substitute must also make likely."""
TRIED = 2
"""Substitutes of one word that are run."""
PROMISING = -2.0
"""Nats that the first token may lie below the word used for a substitute to be run."""
RUN_TOKENS = 96
"""Tokens spent on substitutes a chunk of 256; CPU seconds for 1,000 words are 4.1 at 0, 5.3 at 64, 6.6 at 128, 8.3 at
192 (one loaded core each)."""


@dataclass(frozen=True)
class Branch:
    """One substitute to be run at a word."""

    word: int
    number: int
    start: int
    """Index of the word's first token."""
    first: float
    """Log-probability of the substitute's first token."""
    ids: Ids
    """Its tokens and those to the right of the word."""


def read(
    runtime: Runtime,
    text: str,
    spans: Spans,
    substitutes: Sequence[Sequence[str]] = (),
    most_tokens: int = MOST_TOKENS,
) -> WordScores:
    """Score the words at `spans` of `text` (in order, not overlapping), and what might stand there instead.

    `substitutes` holds the candidates of each word, written as they would stand there.
    """
    layout = Layout(runtime, text, spans, most_tokens)
    ids = layout.ids
    following = np.append(ids[1:], BEGIN)
    scores: list[Scores] = []
    gains = Gains(runtime, layout, substitutes)
    before = None
    listener = runtime.listener() if runtime.listener else None
    for chunk in runtime.chunks(ids):
        own = runtime.scores(chunk.hidden, following[chunk.begin : chunk.begin + len(chunk.hidden)])
        scores.append(own)
        if listener:
            listener.hear(chunk, own)
        gains.look(chunk, own, before)
        before = chunk.hidden[-1:], own.log_sum[-1:]
    # scores are of the next token: shift them so that index t tells of token t
    log_p, rank, entropy = (
        np.concatenate([[np.nan], np.concatenate([getattr(part, name) for part in scores])[:-1]])
        for name in ("log_probability", "rank", "entropy")
    )
    return gains.words(log_p, rank, entropy, listener.log_odds() if listener else np.full(len(ids), np.nan))


class Gains:
    """Gathers what substitutes gain, chunk by chunk."""

    def __init__(self, runtime: Runtime, layout: Layout, substitutes: Sequence[Sequence[str]]) -> None:
        self.runtime, self.layout = runtime, layout
        words = [word for word in range(len(substitutes)) if len(substitutes[word]) and layout.whole(word)]
        pairs = [(word, number) for word in words for number in range(len(substitutes[word]))]
        self.word = np.array([word for word, _ in pairs], dtype=np.int64)
        self.number = np.array([number for _, number in pairs], dtype=np.int64)
        self.ids = [layout.substitute(word, substitutes[word][number]) for word, number in pairs]
        self.start = layout.first[self.word]
        self.first = np.full(len(pairs), np.nan, dtype=np.float32)
        """Log-probability of each substitute's first token."""
        self.lead = np.full(len(pairs), np.nan, dtype=np.float32)
        """The same, less that of the word's first token."""
        self.total = np.full(len(pairs), np.nan, dtype=np.float32)
        """Log-probability of those run, with the tokens to the right."""

    def look(self, chunk: Chunk, scores: Scores, before: tuple[Floats, Floats] | None) -> None:
        """Score the substitutes whose word begins in `chunk`; `before` is the state before it and its log-sum."""
        end = chunk.begin + len(chunk.hidden)
        low, high = np.searchsorted(self.start, [max(chunk.begin, 1), end])
        if low == high:
            return
        hidden, log_sum = chunk.hidden, scores.log_sum
        offset = chunk.begin
        if before is not None:
            hidden, log_sum = np.concatenate([before[0], hidden]), np.concatenate([before[1], log_sum])
            offset -= 1
        at = self.start[low:high] - 1 - offset
        heads = np.array([ids[0] for ids in self.ids[low:high]], dtype=np.int64)
        self.first[low:high] = self.runtime.logits(hidden[at], heads) - log_sum[at]
        used = self.runtime.logits(hidden[at], self.layout.ids[self.start[low:high]]) - log_sum[at]
        self.lead[low:high] = self.first[low:high] - used
        self.run(chunk, self.promising(low, self.lead[low:high]))

    def promising(self, low: int, lead: Floats) -> list[Branch]:
        """The substitutes worth running: the best `TRIED` of each word, words with the most to gain first."""
        branches: list[Branch] = []
        tried: dict[int, int] = {}
        spent = 0
        for place in np.argsort(-lead, kind="stable"):
            if lead[place] < PROMISING or spent >= RUN_TOKENS:
                break
            index = low + int(place)
            word = int(self.word[index])
            if tried.get(word, 0) >= TRIED:
                continue
            tried[word] = tried.get(word, 0) + 1
            after = self.layout.last[word] + 1
            ids = np.concatenate([self.ids[index], self.layout.ids[after : after + RIGHT]])
            branches.append(Branch(word, index, int(self.start[index]), float(self.first[index]), ids))
            spent += len(ids) - 1
        return branches

    def run(self, chunk: Chunk, branches: list[Branch]) -> None:
        """Run substitutes in packs, each seeing the page before its word and itself."""
        for begin in range(0, len(branches), CHUNK):
            pack = [branch for branch in branches[begin : begin + CHUNK] if len(branch.ids) > 1]
            for branch in branches[begin : begin + CHUNK]:
                self.total[branch.number] = branch.first
            if not pack:
                continue
            context = chunk.past.keys.shape[1]
            sizes = [len(branch.ids) - 1 for branch in pack]
            count = sum(sizes)
            bias = np.full((count, context + count), BLOCKED)
            positions = np.empty(count, dtype=np.int64)
            at = 0
            for branch, size in zip(pack, sizes, strict=True):
                visible = chunk.seen + branch.start - chunk.begin
                rows = slice(at, at + size)
                bias[rows, :visible] = 0
                bias[rows, context + at : context + at + size] = np.triu(np.full((size, size), BLOCKED), 1)
                positions[rows] = visible + np.arange(size)
                at += size
            ids = np.concatenate([branch.ids[:-1] for branch in pack])
            targets = np.concatenate([branch.ids[1:] for branch in pack])
            (hidden,) = self.runtime.run(["hidden"], ids, chunk.past, positions, bias)
            log_p = self.runtime.log_probability(hidden, targets)
            sums = np.add.reduceat(log_p, np.cumsum([0, *sizes[:-1]]))
            self.total[[branch.number for branch in pack]] += sums

    def words(self, log_p: Floats, rank: Floats, entropy: Floats, replaced: Floats) -> WordScores:
        """The scores of all words, given those of all tokens."""
        first, last = self.layout.first, self.layout.last
        there = first >= 0
        sums = np.concatenate([[0, 0], np.cumsum(log_p[1:], dtype=np.float64)])
        after = np.minimum(last + 1, len(log_p) - 1)

        def of(values: Floats, at: Ids) -> Floats:
            return np.where(there, values[at], np.nan).astype(np.float32)

        surprisal = np.where(there, sums[first] - sums[last + 1], np.nan).astype(np.float32)
        following = np.where(last + 1 < len(log_p), of(-log_p, after), np.nan).astype(np.float32)
        beyond = np.minimum(last + 1 + RIGHT, len(log_p))
        used = np.where(there, sums[beyond] - sums[first], np.nan)
        left, left_best = self.best(self.first, surprisal)
        gain, best = self.best(self.total, -used)
        return WordScores(
            surprisal=surprisal,
            rank=of(rank, first),
            entropy=of(entropy, first),
            following=following,
            tokens=np.where(there, last - first + 1, -1),
            left_gain=left,
            gain=gain,
            best=np.where(best >= 0, best, left_best),
            replaced=self.highest(replaced),
            options=Options(self.word, self.number, self.lead, (self.total - used[self.word]).astype(np.float32)),
        )

    def highest(self, values: Floats) -> Floats:
        """Of each word the highest of its tokens' values."""
        there = self.layout.first >= 0
        made = np.full(len(there), np.nan, dtype=np.float32)
        if there.any():
            bounds = np.column_stack([self.layout.first, self.layout.last + 1])[there].ravel()
            made[there] = np.maximum.reduceat(np.append(values, -np.inf), bounds)[::2]
        return made

    def best(self, values: Floats, used: Floats) -> tuple[Floats, Ids]:
        """Of each word the highest of its substitutes' `values` less what was used, and which one it is."""
        count = len(self.layout.first)
        top = np.full(count, np.nan, dtype=np.float32)
        number = np.full(count, -1, dtype=np.int64)
        order = np.argsort(values, kind="stable")
        order = order[~np.isnan(values[order])]
        top[self.word[order]] = values[order]
        number[self.word[order]] = self.number[order]
        return (top + used).astype(np.float32), number
