"""A fixed term of health English rendered word by word.

What it flags: a phrase that no health writer uses and that turns into a known term when its words are put back:
"compound abuse" for "substance abuse", "kidney rocks" for "kidney stones". Spinning engines swap words from a thesaurus
and do not know that some words only mean something together.

Why an editor should care: it is the most reliable mark of spun text, and it can be dangerous: a reader cannot look up
"press deficiency". The likely original is suggested.

What it must not flag: rare but real terms, a layperson's wording ("high sugar"), a term of another specialty. Every
phrase in the lexicon was checked against the reference text and left out if a health writer ever used it.

Bad: A history of compound abuse rules the treatment out.
Good: A history of substance abuse rules the treatment out.

Source: Cabanac, Labbé and Magazinov (2021), "Tortured phrases: a dubious writing style emerging in science",
arXiv:2107.06751; phrases of health English are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

LEXICON = "tortured-phrases"


@dataclass(frozen=True)
class TorturedPhrase:
    """Looks the lexicon's phrases up; a term that the reference text uses often makes the swap plainer."""

    base_strength: float = 0.75
    well_known: int = 100
    """Uses of the original in the reference text from which on the swap is beyond doubt."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP101",
            name="tortured-phrase",
            axis="spin",
            message="a fixed health term rendered word by word",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a phrase, in the title too."""
        title = reading.article.title or ""
        for hit in reading.title_hits.get(LEXICON, ()):
            yield self.evidence(title[hit.start : hit.end], None, hit.entry.columns)
        hits = reading.hits.get(LEXICON, ())
        for hit in hits:
            yield self.evidence(reading.article.text[hit.start : hit.end], hit.start, hit.entry.columns)
        yield Signal(name="spin.tortured_per_1000", value=reading.per_thousand(len(hits)))

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
