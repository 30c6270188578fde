"""The reference text: genuine health writing, a paragraph a line (columns: source, register, doc_id, text)."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.detect.matchers import normalise

TOKEN = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")


def lines(path: Path) -> Iterator[str]:
    """The texts of a reference file (.tsv.gz with a header row)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rsplit("\t", 1)[-1]


def counts(paths: Iterable[Path], phrases: Iterable[str]) -> tuple[Counter[str], int]:
    """How often each of `phrases` stands in the reference text, and how many words that text has."""
    wanted = {tuple(TOKEN.findall(phrase)): phrase for phrase in phrases}
    lengths = sorted({len(key) for key in wanted})
    seen: Counter[str] = Counter()
    total = 0
    for path in paths:
        for line in lines(path):
            tokens = TOKEN.findall(normalise(line))
            total += len(tokens)
            for length in lengths:
                for gram in zip(*(tokens[i:] for i in range(length)), strict=False):
                    if gram in wanted:
                        seen[wanted[gram]] += 1
    return seen, total
