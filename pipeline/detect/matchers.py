"""Lexicons, and the one matcher that finds the phrases of all of them in a single pass over a text.

A lexicon is ``lexicons/<name>.tsv``: comment lines that say ``# provenance:`` and ``# licence:``, a header row whose
first column is ``phrase``, then a phrase a line. Phrases are matched case-insensitively, at word boundaries, with
typographic apostrophes and dashes read as plain ones.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from pathlib import Path

import ahocorasick_rs
import msgspec

from pipeline.errors import RuleError

FOLDER = Path(__file__).parent / "lexicons"
WORD_SETS = Path(__file__).parent / "word-sets.tsv"
PLAIN = str.maketrans(
    "’‘‛´`–—‐‑\u00a0\u202f" + "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "аеорсухіѕјАВЕКМНОРСТХІЅЈ",
    "'''''----  " + "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + "aeopcyxisjABEKMHOPCTXISJ",
)
"""Typographic marks, full-width forms, and the Cyrillic letters that look like Latin ones."""
MARK = re.compile(f"[{''.join(map(re.escape, map(chr, PLAIN)))}]")
BY_PLACE = itemgetter(1)


class Entry(msgspec.Struct, frozen=True):
    """One row of a lexicon: its phrase, normalised, and its other columns by name."""

    phrase: str
    columns: dict[str, str]


class Hit(msgspec.Struct, frozen=True):
    """A phrase of a lexicon found in a text: ``text[start:end]``."""

    start: int
    end: int
    entry: Entry


def normalise(text: str) -> str:
    """Lower case and plain punctuation, with every code point kept in its place (the length never changes)."""
    # `translate` is quick for ASCII alone; typographic text has one mark in a hundred characters
    text = text.translate(PLAIN) if text.isascii() else MARK.sub(plain, text)
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def plain(mark: re.Match[str]) -> str:
    """What stands for one character of PLAIN."""
    return chr(PLAIN[ord(mark[0])])


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV with provenance. Raises RuleError where provenance, licence or header is missing."""
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line.startswith("#")]
    for word in ("# provenance:", "# licence:"):
        if not any(line.startswith(word) for line in said):
            raise RuleError(f"{path}: no line {word!r} at the top")
    data = [line for line in lines if line.strip() and not line.startswith("#")]
    if not data:
        raise RuleError(f"{path}: no header row")
    return list(csv.DictReader(data, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one row of word-sets.tsv. Raises RuleError for a set that is not there."""
    for row in rows(WORD_SETS):
        if row["set"] == name:
            return frozenset(row["words"].split())
    raise RuleError(f"{WORD_SETS}: no set {name!r}")


@cache
def lexicon(name: str) -> tuple[Entry, ...]:
    """The entries of lexicon `name`. Raises RuleError for a missing or malformed file or a repeated phrase."""
    path = FOLDER / f"{name}.tsv"
    if not path.is_file():
        raise RuleError(f"{path}: no such lexicon")
    entries: dict[str, Entry] = {}
    for row in rows(path):
        phrase = normalise(row.pop("phrase", "") or "").strip()
        if not phrase:
            raise RuleError(f"{path}: a row without a phrase: {row}")
        if phrase in entries:
            raise RuleError(f"{path}: {phrase!r} is there twice")
        entries[phrase] = Entry(phrase, row)
    return tuple(entries.values())


class Matcher:
    """Finds the phrases of several lexicons in one pass."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(set(names)))
        owners: dict[str, list[tuple[str, Entry]]] = {}
        for name in self.names:
            for entry in lexicon(name):
                owners.setdefault(entry.phrase, []).append((name, entry))
        self.owners = list(owners.values())
        self.automaton = ahocorasick_rs.AhoCorasick(list(owners)) if owners else None

    def find(self, normalised: str) -> dict[str, tuple[Hit, ...]]:
        """All hits by lexicon, in order of place; within a lexicon the longest of overlapping phrases wins.

        `normalised` is `normalise(text)`; offsets are those of the text.
        """
        found: dict[str, list[Hit]] = {name: [] for name in self.names}
        if self.automaton is not None:
            matches = self.automaton.find_matches_as_indexes(normalised, overlapping=True)
            matches.reverse()  # they come by their ends: of those that begin together, the longest is now first
            matches.sort(key=BY_PLACE)
            for pattern, start, end in matches:
                if (start and normalised[start - 1].isalnum() and normalised[start].isalnum()) or (
                    end < len(normalised) and normalised[end].isalnum() and normalised[end - 1].isalnum()
                ):
                    continue
                for name, entry in self.owners[pattern]:
                    found[name].append(Hit(start, end, entry))
        return {name: longest(hits) for name, hits in found.items()}


def longest(hits: list[Hit]) -> tuple[Hit, ...]:
    """`hits` without those that overlap a longer (or, at equal length, earlier) one.

    `hits` are in order of place; of those that begin together, the longest comes first.
    """
    kept: list[Hit] = []
    for hit in hits:
        if kept and hit.start < kept[-1].end:
            if hit.end - hit.start > kept[-1].end - kept[-1].start:
                kept[-1] = hit
            continue
        kept.append(hit)
    return tuple(kept)
