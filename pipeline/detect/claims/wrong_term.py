"""A medical term confused with a word that sounds like it: "ketamine is used as an aesthetic".

What it flags: the phrases of the lexicon, with the term that was probably meant.

Why an editor should care: the sentence now says something else, and nobody who knows the subject has read the page.

What it must not flag: the same words where they are meant ("an aesthetic clinic", "a train of thought").

Bad: Ketamine is commonly used as an aesthetic.
Good: The clinic offers aesthetic treatments. Ketamine is used as an anesthetic.

Source: the list is our own (lexicons/wrong-terms.tsv).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

TERMS = "wrong-terms"


@dataclass(frozen=True)
class WrongTerm:
    """Takes the phrases of the lexicon."""

    strength: float = 0.6
    lexicons: ClassVar[tuple[str, ...]] = (TERMS,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="CL114", name="wrong-term", axis="claims", message="a medical term confused with another word"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a phrase."""
        for hit in reading.hits.get(TERMS, ()):
            quote = reading.article.text[hit.start : hit.end]
            meant = hit.entry.columns["meant"]
            yield self.rules[0].evidence(quote, f"“{quote}”: “{meant}” is meant?", self.strength, hit.start, (meant,))
