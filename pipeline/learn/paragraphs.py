"""The reference text with its columns, and which of its documents are kept for training text.

A reference is a ``.tsv.gz`` file of health writing, or a WCXB folder, whose main contents are general English.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

KEPT_OUT = 20
"""Of 256 documents of the permissive reference, how many are not counted but give training text."""


@dataclass(frozen=True)
class Paragraph:
    """One line of a reference file."""

    source: str
    register: str
    document: str
    text: str

    @property
    def even(self) -> bool:
        """The half of the internal negatives that may serve in training; the odd half only measures."""
        return int(sha256(self.document.encode()).hexdigest(), 16) % 2 == 0


def paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a reference file (.tsv.gz with a header row) or of a WCXB folder."""
    if path.is_dir():
        yield from main_contents(path)
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            yield Paragraph(*line.rstrip("\n").split("\t", 3))


def main_contents(folder: Path) -> Iterator[Paragraph]:
    """The lines of the main contents that annotators marked, a page a document, in order of the pages' numbers."""
    for path in sorted((folder / "ground-truth").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))["ground_truth"].get("main_content") or ""
        for line in filter(str.strip, content.split("\n")):
            yield Paragraph("wcxb", "general", path.stem, line)


def kept_out(paragraph: Paragraph) -> bool:
    """Whether a paragraph's document is kept out of the counts: of the permissive health text alone."""
    return (
        not paragraph.source.startswith(("pmc", "wcxb")) and sha256(paragraph.document.encode()).digest()[1] < KEPT_OUT
    )
