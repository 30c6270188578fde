"""A well-known name with one or two of its words swapped.

What it flags: "National Institute of Mental Wellness", where everybody knows the National Institute of Mental Health;
"Imperial School of Psychiatrists" for the Royal College. A spinner takes the words of a name for ordinary words.

Why an editor should care: nobody who knows the institution writes its name so, and a reader cannot look it up. A source
named in this way is no source. The name that it probably was is suggested.

What it must not flag: another institution with a name of the same build (the American Society of anything), a name in
another country's form, spelling. A word must be a thesaurus neighbour of the one that the name has there, the place
must take hardly any other word in the reference text, and a word that was ever seen there is left alone.

Bad: Figures of the Centers for Sickness Control and Prevention say so.
Good: Figures of the Centers for Disease Control and Prevention say so, and the Michigan Department of Health agrees.

Source: our own; names of three words and more that stand in six documents or more of the reference text
(lexicons/known-names.tsv), with what else was seen in each place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, islice
from typing import ClassVar

import numpy as np

from pipeline.detect import spin_models
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.matchers import lexicon, normalise
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

LEXICON = "known-names"
LITTLE = frozenset(["of", "for", "the", "and", "on", "in"])
"""Words that stand small in names."""
NAME = re.compile(r"(?<![\w-])[A-Z][a-z]+(?:(?: (?:of|for|the|and|on|in)){0,2} [A-Z][a-z]+)+")
STEM = 4
"""Letters that words of one stem share: "preventative" and "preventive" are spellings."""
SHORTEST, LONGEST = 3, 8
"""Words of a name, the small ones counted."""
MOST_RUNS, MOST_WORDS = 500, 30
"""Capitalised runs of a page, and words of a run, that are compared: a page all in capitals must stay cheap."""

Name = tuple[str, ...]
Pattern = tuple[Name, tuple[int, ...]]


@dataclass(frozen=True)
class BrokenName:
    """Compares the capitalised runs of a text with the known names, one or two words left open."""

    strength: float = 0.8

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="SP105", name="broken-name", axis="spin", message="a well-known name with a word swapped"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a broken name."""
        text, found = reading.article.text, 0
        for match in islice(NAME.finditer(text), MOST_RUNS):
            words = normalise(match.group()).split(" ")[:MOST_WORDS]
            broken = first_broken(words)
            if broken:
                found += 1
                first, last, name = broken
                start = match.start() + sum(len(word) + 1 for word in words[:first])
                quote = text[start : start + len(" ".join(words[first:last]))]
                message = f"“{quote}” looks like the “{name}” with its words swapped."
                yield self.rules[0].evidence(quote, message, self.strength, start, (name,))
        yield Signal(name="spin.broken_names", value=found)


def first_broken(words: list[str]) -> tuple[int, int, str] | None:
    """The longest run of `words` that is nearly a known name: where it begins and ends, and the name."""
    known, patterns = names()
    for size in range(min(len(words), LONGEST), SHORTEST - 1, -1):
        for first in range(len(words) - size + 1):
            run = tuple(words[first : first + size])
            if run in known:
                return None
            name = original(run, patterns)
            if name:
                return first, first + size, written(name)
    return None


def original(run: Name, patterns: dict[Pattern, tuple[Name, frozenset[tuple[int, str]]]]) -> Name | None:
    """The known name that `run` is but for one or two words, each a thesaurus neighbour of the name's own."""
    if sum((len(run), place, word) in closed_words() for place, word in enumerate(run)) < len(run) - 2:
        return None
    for key in left_open(run):
        if key in patterns:
            name, seen = patterns[key]
            seen_there = len(key[1]) == 1 and (key[1][0], run[key[1][0]]) in seen
            if not seen_there and all(related(run[place], name[place]) for place in key[1]):
                return name
    return None


def left_open(name: Name) -> Iterator[Pattern]:
    """`name` with one of its words left open, then with two where a third remains."""
    places = [place for place, word in enumerate(name) if word not in LITTLE]
    for count in (1, 2):
        if len(places) > count:
            for chosen in combinations(places, count):
                yield tuple("" if place in chosen else word for place, word in enumerate(name)), chosen


@cache
def names() -> tuple[frozenset[Name], dict[Pattern, tuple[Name, frozenset[tuple[int, str]]]]]:
    """The known names; and of each pattern that is not too open, the name and the words seen in its place."""
    known: set[Name] = set()
    patterns: dict[Pattern, tuple[Name, frozenset[tuple[int, str]]]] = {}
    for entry in lexicon(LEXICON):
        name = tuple(entry.phrase.split(" "))
        known.add(name)
        closed = {int(part.split(":")[0]): part.split(":")[1] for part in entry.columns["others"].split()}
        seen = frozenset((place, word) for place, words in closed.items() for word in words.split("|"))
        for key in left_open(name):
            if all(place in closed for place in key[1]):
                patterns.setdefault(key, (name, seen))
    return frozenset(known), patterns


@cache
def closed_words() -> frozenset[tuple[int, int, str]]:
    """Words that a pattern does not leave open: how many words it has, place, word."""
    return frozenset((len(name), place, word) for name, _ in names()[1] for place, word in enumerate(name) if word)


def related(used: str, original: str) -> bool:
    """Whether a thesaurus has either word for the other; not where they only differ in their endings."""
    if used[:STEM] == original[:STEM]:
        return False
    table, _, thesaurus = spin_models.tables()
    ids = table.encode([used, original])
    rows, neighbours, _ = thesaurus.of_words(ids)
    return bool(np.any(neighbours == ids[1 - rows])) and bool(np.all(ids > 0))


def written(name: Name) -> str:
    """A normalised name with its capitals."""
    return " ".join(word if word in LITTLE else word[:1].upper() + word[1:] for word in name)
