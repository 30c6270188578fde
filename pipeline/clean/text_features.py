"""What the characters and words of each line say, for all lines of a page at once.

Characters are counted on the page's code points (numpy), words with one look-up each; no loop runs over characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.language import STOPWORDS
from pipeline.clean.lines import Line

Matrix = NDArray[np.float32]

MAX_WORDS = 400
"""Words of one line looked up: shares do not change after that."""
SHORT_WORDS = 40
"""Words up to which a line's furniture words are counted by topic."""
PUNCTUATION_MARKS = ".,:;!?()[]{}\"'*#|/>•·–—“”"
ENDS = np.array([ord(char) for char in '.!?…"”’)'], dtype=np.uint32)
MARKS = np.array([ord(char) for char in "!?"], dtype=np.uint32)
BULLETS = np.array([ord(char) for char in "-–—*•·▪►✓"], dtype=np.uint32)
HELD = (("://", "www.", ".com"), ("@",), ("©",), ("20", "19"))
"""What marks an address, a mail or account name, a copyright line and a year."""
TOPICS = ("menu", "social", "talk", "legal", "more", "sell", "credit", "date")

TEXT = [
    "chars", "words", "word_length", "upper", "digits", "punctuation", "capitalised", "all_upper", "ends_stop",
    "ends_colon", "ends_mark", "starts_lower", "starts_digit", "starts_bullet", "ends_separator", "commas", "stops",
    "separators", "non_ascii", "has_url", "has_at", "has_copyright", "has_year", "stopwords", "weight_mean",
    "weight_max", "weight_min", "weight_first", "weight_last", *TOPICS,
]  # fmt: skip

# Classes of code points, one byte each; beyond Latin-1 letters are neither upper nor punctuation, which is near enough.
UPPER, DIGIT, PUNCTUATION, COMMA, STOP, SEPARATOR, SPACE, OTHER = (1 << bit for bit in range(8))


@cache
def char_classes() -> NDArray[np.uint8]:
    """Bit set of classes by code point below 0x3000; the last entry stands for all above."""
    table = np.zeros(0x3001, dtype=np.uint8)
    for code in range(0x3000):
        char = chr(code)
        bits = UPPER * char.isupper() | DIGIT * char.isdigit() | SPACE * char.isspace() | OTHER * (code > 127)
        if not char.isalnum() and not char.isspace():
            bits |= PUNCTUATION
        table[code] = bits | COMMA * (char in ",;") | STOP * (char in ".!?") | SEPARATOR * (char in "|·»›•/>–—&")
    table[0x3000] = OTHER
    return table


class Lexicon:
    """All that is known of words: learnt weights, furniture topics, English stopwords; one look-up a word.

    `weights` are log-odds of a word standing in body lines. Entry 0 is the unknown word.
    """

    def __init__(self, weights: dict[str, float]) -> None:
        path = Path(__file__).with_name("words.tsv")
        topics = dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:])
        stopwords = STOPWORDS["en"]
        words = sorted({*weights, *topics, *stopwords} - {""})
        self.ids = {word: at for at, word in enumerate(words, start=1)}
        self.weight = np.array([0.0, *(weights.get(word, 0.0) for word in words)], dtype=np.float32)
        self.stop = np.array([False, *(word in stopwords for word in words)], dtype=np.float32)
        self.topic = np.array([-1, *(TOPICS.index(topics[word]) if word in topics else -1 for word in words)])


def words_of(texts: list[str]) -> list[list[str]]:
    """The words of each line as they are looked up, at most MAX_WORDS; never none, but a line may have an empty one."""
    words, counts = all_words(texts)
    ends = np.cumsum(counts).tolist()
    lines = [words[end - count : end][:MAX_WORDS] for end, count in zip(ends, counts.tolist(), strict=True)]
    return [line or [""] for line in lines]


def all_words(texts: list[str]) -> tuple[list[str], NDArray[np.int64]]:
    """The words of all lines, in lower case and without punctuation, and how many are of each line."""
    page = "\n".join(texts).lower().encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(page, dtype=np.uint32).copy()
    parts = separating().take(codes, mode="clip")
    ends = np.flatnonzero(codes == ord("\n"))
    begins = ~parts
    begins[1:] &= parts[:-1]
    codes[parts] = ord(" ")
    words = codes.tobytes().decode("utf-32-le", "surrogatepass").split()
    at = np.flatnonzero(begins)
    return words, np.diff(np.searchsorted(at, ends), prepend=0, append=len(at))


@cache
def separating() -> NDArray[np.bool_]:
    """Which code points up to 0x3000 part words: white space and punctuation; the last entry stands for all above."""
    table = np.zeros(0x3002, dtype=np.bool_)
    table[[code for code in range(0x3001) if chr(code).isspace() or chr(code) in PUNCTUATION_MARKS]] = True
    return table


def text_features(lines: list[Line], lexicon: Lexicon) -> Matrix:
    """What each line's own characters and words say."""
    n = len(lines)
    texts = [line.text for line in lines]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=n)
    starts = np.cumsum(lengths) - lengths
    ends = starts + lengths - 1
    counts, capitals = char_counts(codes, starts, lengths)
    uppers, digits, punctuation, commas, stops, separators, spaces, others = counts
    words = spaces + 1
    letters = np.maximum(lengths - spaces - digits - punctuation, 1)
    first, last = (char_classes().take(codes[at], mode="clip") for at in (starts, ends))
    final = codes[ends]
    columns = [
        np.log1p(lengths),
        np.log1p(words),
        np.minimum((lengths - spaces) / words, 40),
        uppers / letters,
        digits / lengths,
        punctuation / lengths,
        capitals / words,
        uppers == letters,
        (final[:, None] == ENDS).any(axis=1),
        final == ord(":"),
        (final[:, None] == MARKS).any(axis=1),
        (first & (UPPER | DIGIT | PUNCTUATION | OTHER)) == 0,
        (first & DIGIT) != 0,
        (codes[starts][:, None] == BULLETS).any(axis=1),
        (last & SEPARATOR) != 0,
        commas / words,
        np.log1p(stops),
        separators / words,
        others / lengths,
    ]
    columns += [holding(texts, lengths, marks) for marks in HELD]
    return np.concatenate([side_by_side(columns), word_features(texts, lexicon)], axis=1)


def char_counts(
    codes: NDArray[np.uint32], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[Matrix, Matrix]:
    """(8, n_lines) characters of each class in each line, in the order of their bits; and words that begin in capitals.

    One histogram over lines and sets of classes: adding up each class by itself took three times as long.
    """
    numbers, bits = class_sets()
    number = numbers.take(codes, mode="clip")
    begins = np.empty(len(codes), dtype=np.bool_)
    begins[1:] = bits[:, SPACE.bit_length() - 1].astype(np.bool_).take(number[:-1])
    begins[starts] = True
    size = len(bits)
    place = np.repeat(np.arange(0, 2 * size * len(starts), 2 * size), lengths)
    place += number
    place += size * begins
    found = np.bincount(place, minlength=2 * size * len(starts)).reshape(-1, 2, size).astype(np.float32)
    return (found.sum(axis=1) @ bits).T, found[:, 1] @ bits[:, UPPER.bit_length() - 1]


@cache
def class_sets() -> tuple[NDArray[np.uint8], Matrix]:
    """Number of the set of classes by code point, as in `char_classes`; (sets, 8) which classes are in each."""
    sets, numbers = np.unique(char_classes(), return_inverse=True)
    return numbers.astype(np.uint8), ((sets[:, None] >> np.arange(8)) & 1).astype(np.float32)


def holding(texts: list[str], lengths: NDArray[np.int64], marks: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which lines hold one of `marks`, found on the page as a whole."""
    page = "\n".join(texts)
    ends = np.cumsum(lengths + 1)
    found = []
    for mark in marks:
        at = page.find(mark)
        while at >= 0:
            found.append(at)
            at = page.find(mark, at + 1)
    held = np.zeros(len(texts), dtype=np.bool_)
    held[np.searchsorted(ends, np.array(found, dtype=np.int64), side="right")] = True
    return held


def side_by_side(columns: Sequence[NDArray[Any]]) -> Matrix:
    """Columns of one length as a matrix."""
    out = np.empty((len(columns), len(columns[0])), dtype=np.float32)
    for at, column in enumerate(columns):
        out[at] = column
    return np.ascontiguousarray(out.T)


def word_ids(texts: list[str], lexicon: Lexicon) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The lexicon's numbers of the words of all lines, and how many are of each line, as in `words_of`."""
    words, counts = all_words(texts)
    ids = np.fromiter(map(lexicon.ids.get, words, repeat(0)), dtype=np.int64, count=len(words))
    if counts.max() > MAX_WORDS:
        at = np.arange(len(ids)) - np.repeat(np.cumsum(counts) - counts, counts)
        ids, counts = ids[at < MAX_WORDS], np.minimum(counts, MAX_WORDS)
    lengths = np.maximum(counts, 1)
    if len(ids) < lengths.sum():
        found, ids = ids, np.zeros(lengths.sum(), dtype=np.int64)
        ids[np.repeat(counts > 0, lengths)] = found
    return ids, lengths


def word_features(texts: list[str], lexicon: Lexicon) -> Matrix:
    """What each line's words say: share of stopwords, learnt weights, topics of furniture words in short lines."""
    ids, lengths = word_ids(texts, lexicon)
    starts = np.cumsum(lengths) - lengths
    weight = lexicon.weight[ids]
    columns = [
        np.add.reduceat(lexicon.stop[ids], starts) / lengths,
        np.add.reduceat(weight, starts) / lengths,
        np.maximum.reduceat(weight, starts),
        np.minimum.reduceat(weight, starts),
        weight[starts],
        weight[starts + lengths - 1],
    ]
    topic = lexicon.topic[ids]
    line = np.repeat(np.arange(len(texts)), lengths)
    told = (topic >= 0) & (lengths <= SHORT_WORDS)[line]
    counts = np.bincount(line[told] * len(TOPICS) + topic[told], minlength=len(texts) * len(TOPICS))
    return np.concatenate([side_by_side(columns), counts.reshape(-1, len(TOPICS))], axis=1, dtype=np.float32)
