"""Byte-level BPE, exactly as the language model was trained with, and where each token stands in the text.

Digits stand alone; letters, and other marks, go in runs with the space before them; runs are merged by the model's own
list (Sennrich et al. 2016; byte alphabet of GPT-2). Runs longer than `LONGEST` are cut: real words never are, and
a page of a million letters without a space stays cheap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LONGEST = 48
CACHE = 50_000
RUN = re.compile(r"[0-9]|'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?(?:[^\s\w]|_)+|\s+(?![^\s0-9])|\s+")
SEPARATORS = dict.fromkeys(range(0x1C, 0x20), ".")
"""White space to Python, but not to Unicode."""

Ids = NDArray[np.int64]


class Tokeniser:
    """Encodes text with a vocabulary and its merges (``"left right"``, most frequent first)."""

    def __init__(self, vocabulary: Sequence[str], merges: Sequence[str]) -> None:
        self.vocabulary = list(vocabulary)
        self.ids = {token: number for number, token in enumerate(vocabulary)}
        self.ranks = {tuple(merge.split(" ")): rank for rank, merge in enumerate(merges)}
        self.alphabet = byte_alphabet()
        self.known: dict[str, tuple[list[int], list[int]]] = {}
        self.short: dict[str, Ids] = {}

    def encode(self, text: str, most: int | None = None) -> tuple[Ids, Ids]:
        """Token ids, and their (tokens, 2) half-open spans in code points, the space before a word included.

        A character cut between tokens belongs to each of them. Stops after the run in which `most` is reached.
        """
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for start, end in runs(text):
            run = text[start:end]
            numbers, sizes = self.pieces(run)
            ids += numbers
            spans += placed(run, start, sizes)
            if most is not None and len(ids) >= most:
                break
        return np.array(ids, dtype=np.int64), np.array(spans, dtype=np.int64).reshape(-1, 2)

    def ids_of(self, text: str) -> Ids:
        """Token ids alone of a short text, remembered."""
        found = self.short.get(text)
        if found is None:
            found = self.encode(text)[0]
            if len(self.short) >= CACHE:
                self.short.clear()
            self.short[text] = found
        return found

    def decode(self, ids: Sequence[int]) -> str:
        """The text of token ids; bytes that are no UTF-8 become U+FFFD."""
        back = {char: byte for byte, char in self.alphabet.items()}
        return bytes(back[char] for number in ids for char in self.vocabulary[number]).decode(errors="replace")

    def pieces(self, run: str) -> tuple[list[int], list[int]]:
        """Token ids of one run, and the bytes of each."""
        found = self.known.get(run)
        if found is None:
            parts = self.merged([self.alphabet[byte] for byte in run.encode("utf-8", "surrogatepass")])
            found = [self.ids.get(part, 0) for part in parts], [len(part) for part in parts]
            if len(self.known) >= CACHE:
                self.known.clear()
            self.known[run] = found
        return found

    def merged(self, parts: list[str]) -> list[str]:
        """The parts after all merges, the earliest in the list first."""
        never = len(self.ranks)
        while len(parts) > 1:
            ranks = [self.ranks.get(pair, never) for pair in pairwise(parts)]
            best = min(ranks)
            if best == never:
                break
            left, right = parts[ranks.index(best)], parts[ranks.index(best) + 1]
            joined: list[str] = []
            at = 0
            while at < len(parts):
                both = parts[at] == left and at + 1 < len(parts) and parts[at + 1] == right
                joined.append(left + right if both else parts[at])
                at += 2 if both else 1
            parts = joined
        return parts


def byte_alphabet() -> dict[int, str]:
    """Byte → the printable character that stands for it in the vocabulary."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + number) for number, byte in enumerate(others)}


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the runs that are encoded one by one."""
    for match in RUN.finditer(shadow(text)):
        start, end = match.span()
        for at in range(start, end, LONGEST):
            yield at, min(at + LONGEST, end)


def shadow(text: str) -> str:
    """`text`, character for character, in characters that `RUN` sorts as Unicode does: letter, number, space, other."""
    if text.isascii():
        return text.translate(SEPARATORS)
    return "".join(char if char < "\x80" else stand_in(char) for char in text.translate(SEPARATORS))


def stand_in(char: str) -> str:
    """One ASCII character of the same kind (other white space stays)."""
    kind = unicodedata.category(char)[0]
    if kind in "LN":
        return "a" if kind == "L" else "0"
    return char if char.isspace() else "."


def placed(run: str, start: int, sizes: list[int]) -> list[tuple[int, int]]:
    """Spans, in code points of the text, of pieces of `sizes` bytes of a run that begins at `start`."""
    if run.isascii():
        ends = np.cumsum(sizes).tolist()
        return [(start + end - size, start + end) for end, size in zip(ends, sizes, strict=True)]
    owner = [number for number, char in enumerate(run) for _ in char.encode("utf-8", "surrogatepass")]
    spans, at = [], 0
    for size in sizes:
        spans.append((start + owner[at], start + owner[at + size - 1] + 1))
        at += size
    return spans
