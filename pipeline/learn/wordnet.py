"""Reads the database files of WordNet 3.0 (Princeton University; Debian's wordnet-base): which words are near a word.

The format is that of the manual page wndb(5).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

RELATIONS = ("synonym", "similar", "hypernym", "hyponym", "satellite", "coordinate")
"""How near, nearest first: in one synset; in a similar one; in one above or below; a satellite of the same adjective;
below the same synset."""
COORDINATE = RELATIONS.index("coordinate")
PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
ABOVE, SIMILAR = ("@",), ("&", "$", "^")
"""Pointers: hypernym; similar to, verb group, also see."""

Synset = tuple[str, str]
"""Part of speech and offset in its file."""


class WordNet:
    """Synsets, the words in them, and what is above, below and beside them."""

    def __init__(self, folder: Path) -> None:
        self.words: dict[Synset, list[str]] = {}
        self.above: dict[Synset, set[Synset]] = defaultdict(set)
        self.below: dict[Synset, set[Synset]] = defaultdict(set)
        self.similar: dict[Synset, set[Synset]] = defaultdict(set)
        self.synsets: dict[str, list[Synset]] = defaultdict(list)
        for part in ("noun", "verb", "adj", "adv"):
            for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
                if not line.startswith("  "):  # the licence
                    self.read(part, line.split(" | ")[0].split())

    def read(self, part: str, fields: list[str]) -> None:
        """Add a synset from its line: offset, file, type, words with their senses, pointers."""
        synset = (part, fields[0])
        pointers = 4 + 2 * int(fields[3], 16)
        words = [field.split("(")[0].replace("_", " ").lower() for field in fields[4:pointers:2]]
        self.words[synset] = words
        for word in words:
            self.synsets[word].append(synset)
        for number in range(int(fields[pointers])):
            symbol, offset, kind, _ = fields[pointers + 1 + 4 * number : pointers + 5 + 4 * number]
            other = (PARTS[kind], offset)
            if symbol in ABOVE:
                self.above[synset].add(other)
                self.below[other].add(synset)
            elif symbol in SIMILAR:
                self.similar[synset].add(other)

    def near(self, word: str) -> dict[str, int]:
        """The words near a lemma in any of its senses, each with the number of its nearest relation."""
        found: dict[str, int] = {}
        for synset in self.synsets.get(word, ()):
            for relation, others in enumerate(self.around(synset)):
                for other in others:
                    for text in self.words[other]:
                        if relation < found.get(text, len(RELATIONS)) and text != word:
                            found[text] = relation
        return found

    def around(self, synset: Synset) -> tuple[set[Synset], ...]:
        """The synsets in each of RELATIONS to one."""
        similar, above = self.similar[synset], self.above[synset]
        beside = [
            set().union(*(side[other] for other in by)) for by, side in ((similar, self.similar), (above, self.below))
        ]
        return ({synset}, similar, above, self.below[synset], beside[0] - {synset}, beside[1] - {synset})
