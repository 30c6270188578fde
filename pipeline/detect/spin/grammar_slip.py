"""An article that was left behind when the word after it was swapped.

What it flags: "a" before a vowel sound and "an" before a consonant, where a synonym would agree with it: "an swelling"
was perhaps "an inflammation", "a attempt" was perhaps "a try". A spinner puts one word in the place of another and does
not look at the little word in front.

Why an editor should care: writers and their spelling checkers rarely leave such a slip; a page with several of them
went through a program. The article says how the lost word began, and so points to it.

What it must not flag: abbreviations read letter by letter ("an MRI"), capitalised names, words said both ways ("an
herb", "an historic study"), "a one-off" and "a unit". One slip is a typing error, and writers whose first language
has no articles make some: a single one decides nothing.

Bad: The tests showed an swelling of the inner ear.
Good: The tests showed an inflammation of the inner ear, and a one-week course was enough.

Source: our own; of 20 slips on the spun pages of our gold 18 stand before a substituted word, and the 57 honest pages
have two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from pipeline.detect import spin_models
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.indefinite import indefinite
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import SpinReading
from pipeline.detect.tiers import Tiers, read
from pipeline.records import Evidence

EITHER = re.compile(r"h(?:abit|allu|epat|er[beo]|ist|otel|yp|yst)")


@dataclass(frozen=True)
class GrammarSlip:
    """Looks at the word after every "a" and "an"."""

    strength: float = 0.5
    shortest: int = 3
    """Letters of a word; shorter ones are mostly abbreviations."""
    offered: int = 3
    """Originals offered."""
    using: SpinModels | Tiers | None = None
    """Models to use in place of the shipped fast ones."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP106",
            name="grammar-slip",
            axis="spin",
            message="an article that fits another word than the one after it",
        ),
    )

    @property
    def models(self) -> dict[str, str]:
        """Name → version of the models used."""
        return spin_models.versions()

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding an article whose word could have been another that agrees with it."""
        seen = read(reading, self.using)
        company = seen.features.company
        a, an = (company.table.ids.get(word, -1) for word in ("a", "an"))
        places = np.flatnonzero((company.ids == a) | (company.ids == an)).tolist()
        slips = [place for place in places if self.slipped(seen, place)]
        options = seen.options([place + 1 for place in slips])
        found = 0
        for place in slips:
            scored = options[place + 1]
            agreeing = [word for word in sorted(scored, key=lambda w: -scored[w]) if agrees(seen, place, word)]
            if agreeing:
                found += 1
                yield self.evidence(seen, place, agreeing[: self.offered])
        yield Signal(name="spin.grammar_slips", value=found)

    def slipped(self, seen: SpinReading, place: int) -> bool:
        """Whether the article at token `place` does not agree with a plain word right after it."""
        company = seen.features.company
        if place + 1 >= len(company):
            return False
        start, end = company.spans[place + 1]
        word = company.text[start:end]
        return (
            start == company.spans[place][1] + 1
            and company.text[start - 1] == " "
            and word.isalpha()
            and word.islower()
            and len(word) >= self.shortest
            and not EITHER.match(word)
            and not agrees(seen, place, word)
        )

    def evidence(self, seen: SpinReading, place: int, originals: list[str]) -> Evidence:
        """The finding for the article at token `place`."""
        company = seen.features.company
        start, end = company.spans[place][0], company.spans[place + 1][1]
        quote, article = company.text[start:end], company.text[start : company.spans[place][1]]
        suggestions = tuple(f"{article} {word}" for word in originals)
        message = f"The article in “{quote}” belongs to another word, such as “{suggestions[0]}”."
        return self.rules[0].evidence(quote, message, self.strength, seen.offset + start, suggestions)


def agrees(seen: SpinReading, place: int, word: str) -> bool:
    """Whether the article at token `place` goes before `word`."""
    return seen.features.company.words[place] == indefinite(word)
