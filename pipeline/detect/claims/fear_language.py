"""Fear and suspicion in place of reasons: what doctors hide, what the industry buries, what is taken down at midnight.

What it flags: in the title and in any sentence, wording that says that help is being kept from the reader, that those
who treat are paid to lie, or that presses to buy before it is too late.

Why an editor should care: it turns readers against the care that they have, and it is how quack pages sell.

What it must not flag: criticism of industry or medicine that names what was done and by whom; a claim quoted in order
to refute it; a question.

Bad: Big Pharma does not want you to know this, so read it before it is taken down.
Good: The company withheld two trials from the regulator, the inquiry found in 2012.

Source: the risks in detect/severity.py, after the warning signs of health fraud that the US FDA and FTC publish.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.detect.severity import Danger
from pipeline.records import Evidence


@dataclass(frozen=True)
class FearLanguage:
    """Takes the fear of all sentences and of the title."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="CL112", name="fear-language", axis="claims", message="stirs fear or suspicion in place of reasons"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding for each sentence (and the title) that stirs fear."""
        in_title = reading.title_danger["fear"]
        if in_title.severity:
            yield self.evidence(in_title, None)
        for sentence, seen in zip(reading.sentences, reading.fears, strict=True):
            if seen.severity:
                yield self.evidence(seen, sentence.start)

    def evidence(self, seen: Danger, start: int | None) -> Evidence:
        """The finding for one sentence that begins at `start`, or for the title."""
        quote, place = seen.quotes[0]
        return self.rules[0].evidence(
            quote,
            f"“{quote}” stirs fear or suspicion; say what is known, and from whom.",
            seen.severity,
            None if start is None else start + place,
        )
