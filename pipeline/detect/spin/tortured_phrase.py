"""A fixed term of health English rendered word by word.

What it flags: a phrase that no health writer uses and that turns into a known term when its words are put back:
"compound abuse" for "substance abuse", "kidney rocks" for "kidney stones". Spinning engines swap words from a thesaurus
and do not know that some words only mean something together. Phrases that were seen before are looked up in a list.
Others are found without one: two words that never stand together in 20 million words of health English, and that become
one of its common terms when a thesaurus neighbour takes the place of one; that word must be odd to the word model, too.

Why an editor should care: it is the most reliable mark of spun text, and it can be dangerous: a reader cannot look up
"press deficiency". The likely original is suggested.

What it must not flag: rare but real terms, a layperson's wording ("high sugar"), a term of another specialty. Every
phrase in the lexicon was checked against the reference text and left out if a health writer ever used it. A rare pair
of plain words can still be taken for a broken term ("pregnant lady"): one alone decides nothing.

Bad: A history of compound abuse rules the treatment out.
Good: A history of substance abuse rules the treatment out.

Source: Cabanac, Labbé and Magazinov (2021), "Tortured phrases: a dubious writing style emerging in science",
arXiv:2107.06751; phrases of health English are our own; common terms by the pair counts of models/associations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import spin_models
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import BrokenTerm
from pipeline.detect.tiers import Tiers, read
from pipeline.records import Evidence

LEXICON = "tortured-phrases"


@dataclass(frozen=True)
class TorturedPhrase:
    """Looks the lexicon's phrases up, and the broken terms of the odd-word model."""

    base_strength: float = 0.75
    well_known: int = 100
    """Uses of the original in the reference text from which on the swap is beyond doubt."""
    odd: float = 0.3
    """Probability of having been swapped from which on a word makes a broken term, on a page that reads as spun."""
    strict: float = 0.6
    """The same on other pages."""
    trust: float = 0.65
    """Strength of a broken term whose word was certainly swapped."""
    using: SpinModels | Tiers | None = None
    """Models to use in place of the shipped fast ones."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP101",
            name="tortured-phrase",
            axis="spin",
            message="a fixed health term rendered word by word",
        ),
    )

    @property
    def models(self) -> dict[str, str]:
        """Name → version of the models used."""
        return spin_models.versions()

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a phrase, in the title too."""
        title = reading.article.title or ""
        for hit in reading.title_hits.get(LEXICON, ()):
            yield self.evidence(title[hit.start : hit.end], None, hit.entry.columns)
        hits = reading.hits.get(LEXICON, ())
        for hit in hits:
            yield self.evidence(reading.article.text[hit.start : hit.end], hit.start, hit.entry.columns)
        listed = {place for hit in hits for place in range(hit.start, hit.end)}
        seen = read(reading, self.using)
        terms = seen.broken_terms(self.odd if seen.probability >= 0.5 else self.strict)
        broken = [term for term in terms if term.start not in listed]
        for term in broken:
            yield self.unlisted(reading.article.text[term.start : term.end], term)
        yield Signal(name="spin.tortured_per_1000", value=reading.per_thousand(len(hits)))
        yield Signal(name="spin.broken_terms_per_1000", value=reading.per_thousand(len(broken)))

    def evidence(self, quote: str, start: int | None, columns: dict[str, str]) -> Evidence:
        """The finding for one phrase."""
        originals = tuple(columns["originals"].split("|"))
        uses = int(columns["count_of_original"])
        known = f", {uses} times in our reference text" if uses else ""
        return self.rules[0].evidence(
            quote,
            f"“{quote}” is not used in health writing; “{originals[0]}” is{known}.",
            self.base_strength + 0.2 * min(1.0, uses / self.well_known),
            start,
            originals,
        )

    def unlisted(self, quote: str, term: BrokenTerm) -> Evidence:
        """The finding for one broken term."""
        return self.rules[0].evidence(
            quote,
            f"“{quote}” does not occur in our reference text of health writing; “{term.original}” does,"
            f" {often(term.uses)}.",
            self.trust * term.odd,
            term.start,
            (term.original,),
        )


def often(uses: float) -> str:
    """In words, how often a term occurs. `uses` are weighted counts, up to four for one occurrence."""
    least = uses / 4
    if least < 24:
        return "a dozen times or more"
    if least < 100:
        return "dozens of times"
    return "hundreds of times" if least < 1000 else "thousands of times"
