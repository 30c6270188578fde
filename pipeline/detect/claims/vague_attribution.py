"""An authority without a name: "studies have shown", "experts agree", "clinically proven".

What it flags: such a phrase in a sentence that names no study, body or person that a reader could look up.

Why an editor should care: it borrows trust that nobody can check. Ask the author which study, which experts.

What it must not flag: "studies have shown" followed by the study; a summary whose reference stands in the same sentence
or is carried on from the one before; a writer who says that evidence is missing.

Bad: Studies have shown that it melts belly fat.
Good: A Cochrane review of 54 studies (Fransen, 2015) has shown less pain.

Source: the Wikipedia manual of style calls these weasel words; phrases are our own (lexicons/vague-attributions.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import sourcing
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

MISSING = re.compile(r"\b(?:no|not|little|few|lack|weak|thin|limited|unclear|however)\b", re.IGNORECASE)


@dataclass(frozen=True)
class VagueAttribution:
    """Takes the phrases of the lexicon whose sentence has no better support."""

    lexicons: ClassVar[tuple[str, ...]] = sourcing.LEXICONS
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="CL110",
            name="vague-attribution",
            axis="claims",
            message="an authority invoked without a name",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a phrase."""
        found = 0
        for number, hits in reading.hits_within(sourcing.VAGUE).items():
            if reading.sources[number].support != "vague" or MISSING.search(reading.sentences[number].text):
                continue
            for hit in hits:
                found += 1
                quote = reading.article.text[hit.start : hit.end]
                yield self.rules[0].evidence(
                    quote,
                    f"“{quote}”: which? Name the study, body or person.",
                    float(hit.entry.columns["strength"]),
                    hit.start,
                )
        yield Signal(name="claims.vague_per_1000", value=reading.per_thousand(found))
