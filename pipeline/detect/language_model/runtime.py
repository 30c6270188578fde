"""Runs the converted language model on the CPU: chunks of a page, and substitutes that share a prefix.

A chunk sees the page's first token and the `PAST` tokens before it, whose keys and values are kept, so nothing is read
twice. The first token stays because attention rests on it (Xiao et al. 2024, "attention sinks").
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.detect.language_model.shape import Shape
from pipeline.detect.language_model.tokeniser import Tokeniser
from pipeline.errors import ModelError

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]
OUTPUTS = ["hidden", "tapped", "keys", "values"]
"""What the body gives of tokens: last states, those of `Shape.taps`, keys and values."""
CHUNK = 256
PAST = 256
ROWS = 64
"""States a run of the head, which holds several arrays of that many times the vocabulary."""
BEGIN = 0
"""Id of the token that stands before every text."""
BLOCKED = np.float32(-1e9)
ROUNDING = np.float32(1e-3)
"""What a logit must have above another to rank before it: the same logit, worked out twice, differs by less."""


class Past(NamedTuple):
    """Keys (not rotated) and values of earlier tokens, each (layers, tokens, width)."""

    keys: Floats
    values: Floats

    def joined(self, other: Past) -> Past:
        """Both, one after the other."""
        return Past(np.concatenate([self.keys, other.keys], 1), np.concatenate([self.values, other.values], 1))

    def recent(self, most: int) -> Past:
        """The first token and the last `most` of the others."""
        if self.keys.shape[1] <= most + 1:
            return self
        return Past(*(np.concatenate([part[:, :1], part[:, -most:]], 1) for part in self))


class Chunk(NamedTuple):
    """One chunk as read: its first token's number, its hidden states, and what its tokens see, themselves last."""

    begin: int
    hidden: Floats
    tapped: Floats
    """(tokens, taps, width) states after the layers `Shape.taps`."""
    seen: int
    """Tokens of `past` that came before the chunk."""
    past: Past


class Scores(NamedTuple):
    """Of tokens: log-probability and rank (0 is likeliest). Of the states before them: entropy and log-sum. In nats."""

    log_probability: Floats
    rank: Floats
    entropy: Floats
    log_sum: Floats


class Listener(Protocol):
    """Follows the reading of one text."""

    def hear(self, chunk: Chunk, scores: Scores) -> None:
        """Take in a chunk, and what was said of the tokens after its own."""

    def log_odds(self) -> Floats:
        """Of every token that was heard, the log-odds that it stands in another's place."""


@dataclass(frozen=True)
class Runtime:
    """The model in memory. Log-probabilities are natural logarithms."""

    shape: Shape
    tokeniser: Tokeniser
    embedding: NDArray[np.float16]
    body: Any
    head: Any
    only_asked: Any
    """Run options: work out only the outputs that are asked for."""
    listener: Callable[[], Listener] | None = None
    """Makes what follows a reading; None where nothing does."""

    @classmethod
    def load(cls, folder: Path, threads: int = 0) -> Runtime:
        """Load a folder that `convert.write` wrote; `threads` as in `sessions`. Raises ModelError."""
        try:
            shape = msgspec.json.decode((folder / "shape.json").read_bytes(), type=Shape)
            lists = msgspec.json.decode((folder / "tokens.json").read_bytes(), type=dict[str, list[str]])
            embedding = np.load(folder / "embedding.npy", mmap_mode="r", allow_pickle=False)
            body, head = sessions([str(folder / "body.onnx"), str(folder / "head.onnx")], threads)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise ModelError(f"{folder}: {error}; run `unspun models fetch deep` again") from None
        return cls(shape, Tokeniser(lists["tokens"], lists["merges"]), embedding, body, head, only_asked())

    def vectors(self, ids: Ids) -> Floats:
        """The token vectors of ids."""
        return self.embedding[ids].astype(np.float32)

    @staticmethod
    def feed(
        shape: Shape, vectors: Floats, past: Past | None, positions: Ids | None = None, bias: Floats | None = None
    ) -> dict[str, Any]:
        """Inputs of the body. By default tokens follow the past and see all before them."""
        past = past or nothing(shape)
        before, count = past.keys.shape[1], len(vectors)
        if positions is None:
            positions = np.arange(before, before + count)
        if bias is None:
            bias = np.triu(np.full((count, before + count), BLOCKED), before + 1)
        cos, sin = turns(shape, np.concatenate([np.arange(before), positions]))
        return {
            "vectors": vectors,
            "query_cos": cos[before:],
            "query_sin": sin[before:],
            "key_cos": cos,
            "key_sin": sin,
            "bias": bias,
            "past_keys": past.keys,
            "past_values": past.values,
        }

    def run(
        self, names: list[str], ids: Ids, past: Past | None, positions: Ids | None = None, bias: Floats | None = None
    ) -> list[Floats]:
        """Outputs of the body by name (`hidden`, `tapped`, `keys`, `values`); the others are not worked out."""
        feed = self.feed(self.shape, self.vectors(ids), past, positions, bias)
        return [np.asarray(array) for array in self.body.run(names, feed, self.only_asked)]

    def chunks(self, ids: Ids) -> Iterator[Chunk]:
        """Read `ids` chunk by chunk. A chunk's context is let go when the next is asked for."""
        past = nothing(self.shape)
        for begin in range(0, len(ids), CHUNK):
            seen = past.keys.shape[1]
            hidden, tapped, *own = self.run(OUTPUTS, ids[begin : begin + CHUNK], past)
            past = past.joined(Past(*own))
            yield Chunk(begin, hidden, tapped, seen, past)
            past = past.recent(PAST)

    def scores(self, hidden: Floats, ids: Ids) -> Scores:
        """How likely `ids` are after the states `hidden`, over the head's tokens and the token itself."""
        logit = self.logits(hidden, ids)
        log_sum, entropy, rank = self.over_head(["log_sum", "entropy", "rank"], hidden, logit)
        log_sum = self.with_own(log_sum, ids, logit)
        return Scores(logit - log_sum, rank, entropy, log_sum)

    def log_probability(self, hidden: Floats, ids: Ids) -> Floats:
        """The log-probabilities of `scores` alone, at less cost."""
        logit = self.logits(hidden, ids)
        (log_sum,) = self.over_head(["log_sum"], hidden, logit)
        return logit - self.with_own(log_sum, ids, logit)

    def logits(self, hidden: Floats, ids: Ids) -> Floats:
        """The logit of each of `ids` after the state in its row."""
        return np.asarray(np.einsum("nd,nd->n", hidden, self.vectors(ids)))

    def over_head(self, names: list[str], hidden: Floats, logit: Floats) -> list[Floats]:
        """Outputs of the head by name, worked out for `ROWS` states at a time."""
        parts = []
        for at in range(0, len(hidden), ROWS):
            feed = {"hidden": hidden[at : at + ROWS], "logit": logit[at : at + ROWS, None] + ROUNDING}
            parts.append(self.head.run(names, feed, self.only_asked))
        return [np.concatenate(column)[:, 0] for column in zip(*parts, strict=True)]

    def with_own(self, log_sum: Floats, ids: Ids, logit: Floats) -> Floats:
        """`log_sum` with those of `ids` that the head does not know added."""
        return np.where(ids < self.shape.head_tokens, log_sum, np.logaddexp(log_sum, logit))


def nothing(shape: Shape) -> Past:
    """The past of a text's first token."""
    return Past(*(np.zeros((shape.layers, 0, shape.kv_width), dtype=np.float32),) * 2)


def turns(shape: Shape, positions: Ids) -> tuple[Floats, Floats]:
    """Cosines and sines, (positions, head), of the rotary positions."""
    angles = np.outer(positions, shape.rope_base ** (-np.arange(0, shape.head, 2) / shape.head))
    both = np.concatenate([angles, angles], axis=1)
    return np.cos(both).astype(np.float32), np.sin(both).astype(np.float32)


def sessions(models: list[Any], threads: int) -> list[Any]:
    """onnxruntime sessions of model files or bytes; `threads` 0 is what OMP_NUM_THREADS says, or all cores.

    A session of one thread starts none, and survives a fork. Raises ModelError where onnxruntime is not installed.
    """
    onnxruntime = imported()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or threads_wanted()
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # 690 MB → 610 MB on pages of 700 words, as fast: chunks differ in size
    options.enable_cpu_mem_arena = False  # 880 MB → 600 MB on a page of 1,000 words, as fast
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # other workers want the cores
    try:
        return [onnxruntime.InferenceSession(m, options, providers=["CPUExecutionProvider"]) for m in models]
    except Exception as error:  # onnxruntime's own errors share no base class
        raise ModelError(f"onnxruntime cannot load the language model: {error}") from None


def threads_wanted() -> int:
    """What OMP_NUM_THREADS says, as for numpy; 0, all cores, where it says nothing."""
    said = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return int(said) if said.isascii() and said.isdigit() else 0


def only_asked() -> Any:
    """Run options for `Runtime.only_asked`."""
    options = imported().RunOptions()
    options.only_execute_path_to_fetches = True
    return options


def imported() -> Any:
    """The module onnxruntime. Raises ModelError where it is not installed."""
    try:
        return import_module("onnxruntime")
    except ImportError:
        raise ModelError("the deep tier needs onnxruntime: pip install 'unspun[deep]'") from None
