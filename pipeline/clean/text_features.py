"""What the characters and words of each line say, for all lines of a page at once.

Characters are counted on the page's code points (numpy), words with one look-up each; no loop runs over characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain, repeat
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
    """The words of each line as they are looked up: lower case, punctuation off, at most MAX_WORDS; never none."""
    page = "\n".join(texts).lower().encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(page, dtype=np.uint32).copy()
    codes[separating().take(codes, mode="clip")] = ord(" ")
    lines = codes.tobytes().decode("utf-32-le", "surrogatepass").split("\n")
    return [line.split(None, MAX_WORDS)[:MAX_WORDS] or [""] for line in lines]


@cache
def separating() -> NDArray[np.bool_]:
    """Which code points below 0x3001 part words beside white space."""
    table = np.zeros(0x3001, dtype=np.bool_)
    table[[ord(char) for char in PUNCTUATION_MARKS]] = True
    return table


def text_features(lines: list[Line], lexicon: Lexicon) -> Matrix:
    """What each line's own characters and words say."""
    n = len(lines)
    texts = [line.text for line in lines]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes = char_classes().take(codes, mode="clip")
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=n)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    first, last = classes[starts], classes[starts + lengths - 1]
    begins = np.concatenate([[True], (classes[:-1] & SPACE) != 0])
    begins[starts] = True

    def count(mask: NDArray[Any]) -> NDArray[Any]:
        return np.add.reduceat(mask, starts, dtype=np.float32)

    upper = (classes & UPPER) != 0
    uppers, digits, spaces = count(upper), count((classes & DIGIT) != 0), count((classes & SPACE) != 0)
    punctuation = count((classes & PUNCTUATION) != 0)
    words = spaces + 1
    letters = np.maximum(lengths - spaces - digits - punctuation, 1)
    final = codes[starts + lengths - 1]
    columns = [
        np.log1p(lengths),
        np.log1p(words),
        np.minimum((lengths - spaces) / words, 40),
        uppers / letters,
        digits / lengths,
        punctuation / lengths,
        count(upper & begins) / words,
        uppers == letters,
        (final[:, None] == ENDS).any(axis=1),
        final == ord(":"),
        (final[:, None] == MARKS).any(axis=1),
        (first & (UPPER | DIGIT | PUNCTUATION | OTHER)) == 0,
        (first & DIGIT) != 0,
        (codes[starts][:, None] == BULLETS).any(axis=1),
        (last & SEPARATOR) != 0,
        count((classes & COMMA) != 0) / words,
        np.log1p(count((classes & STOP) != 0)),
        count((classes & SEPARATOR) != 0) / words,
        count((classes & OTHER) != 0) / lengths,
    ]
    columns += [holding(texts, lengths, marks) for marks in HELD]
    return np.concatenate([side_by_side(columns), word_features(texts, lexicon)], axis=1)


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


def word_features(texts: list[str], lexicon: Lexicon) -> Matrix:
    """What each line's words say: share of stopwords, learnt weights, topics of furniture words in short lines."""
    words = words_of(texts)
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    ids = np.fromiter(map(lexicon.ids.get, chain.from_iterable(words), repeat(0)), dtype=np.int64, count=lengths.sum())
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
    line = np.repeat(np.arange(len(words)), lengths)
    told = (topic >= 0) & (lengths <= SHORT_WORDS)[line]
    counts = np.bincount(line[told] * len(TOPICS) + topic[told], minlength=len(words) * len(TOPICS))
    return np.concatenate([side_by_side(columns), counts.reshape(-1, len(TOPICS))], axis=1, dtype=np.float32)
