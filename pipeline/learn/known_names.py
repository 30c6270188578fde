"""Mines the names of several words that health English keeps repeating: institutions, instruments, guidelines.

    python -m pipeline.learn.known_names REFERENCE.tsv.gz… > pipeline/detect/lexicons/known-names.tsv

A name is a run of capitalised words, little words between them, that stands in `LEAST` documents or more. Each row also
says what else the reference has in the place of each word: those are other names, and places that many words may take
("American … Association") are left out.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.detect.matchers import normalise
from pipeline.detect.spin.broken_name import LITTLE, LONGEST, NAME, SHORTEST, Name
from pipeline.learn.paragraphs import paragraphs

LEAST = 6
"""Documents that a name must stand in."""
OPEN = 4
"""Words that a place may take in the reference, the name's own among them;"""
SHARE = 0.7
"""or the share of all documents that the name's own must then have."""
EXTENDED = 0.6
"""Share of a name's documents from which on a longer name that holds it takes its place."""


def names(text: str) -> Iterator[Name]:
    """Every run of capitalised words of a text, and every run inside it that begins and ends with one; lower case."""
    for match in NAME.finditer(text):
        words = normalise(match.group()).split(" ")
        capital = places(words)
        for first in capital:
            for last in capital:
                if SHORTEST <= last + 1 - first <= LONGEST:
                    yield tuple(words[first : last + 1])


def places(name: Sequence[str]) -> list[int]:
    """The places of a name's words that carry meaning."""
    return [number for number, word in enumerate(name) if word not in LITTLE]


def left_open(name: Name, place: int) -> Name:
    """`name` without the word at `place`."""
    return (*name[:place], "", *name[place + 1 :])


def rows(counts: Counter[Name]) -> Iterator[str]:
    """The lexicon's rows, the commonest name first."""
    fillers: dict[Name, Counter[str]] = defaultdict(Counter)
    extended: dict[Name, int] = defaultdict(int)
    for name, count in counts.items():
        for place in places(name):
            fillers[left_open(name, place)][name[place]] += count
        for inner in {name[first:last] for first in range(len(name)) for last in range(first + 1, len(name) + 1)}:
            if inner != name:
                extended[inner] = max(extended[inner], count)
    for name in sorted(counts, key=lambda n: (-counts[n], n)):
        if counts[name] < LEAST or extended[name] >= EXTENDED * counts[name]:
            continue
        closed = []
        for place in places(name):
            found = fillers[left_open(name, place)]
            if len(found) <= OPEN or counts[name] >= SHARE * found.total():
                closed.append(f"{place}:{'|'.join(sorted(set(found) - {name[place]}))}")
        if closed:
            yield f"{' '.join(name)}\t{counts[name]}\t{' '.join(closed)}"


def main() -> None:
    """Print the lexicon."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    documents: dict[Name, set[str]] = defaultdict(set)
    for path in map(Path, sys.argv[1:]):
        for paragraph in paragraphs(path):
            for name in names(paragraph.text):
                documents[name].add(paragraph.document)
    print("# provenance: counted in the reference text (docs/datasets.md) by pipeline/learn/known_names.py")
    print("# licence: Apache-2.0 (names and counts are facts)")
    print("phrase\tdocuments\tothers")
    for row in rows(Counter({name: len(found) for name, found in documents.items()})):
        print(row)


if __name__ == "__main__":
    main()
