"""Next to nothing in the page's body.

What it flags: a body of fewer than 120 words, or none.

Why an editor should care: either the page has no article, or the cleaning lost it: look at what was removed.

What it must not flag: a short notice is short; this is a note for triage, never a verdict by itself.

Bad: Best clinic in town. Call now!
Good: Any article of a few paragraphs.

Source: the shortest genuine article of the project's gold has 180 words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class ThinContent:
    """Counts the words of the body."""

    fewest: int = 120
    any_language: ClassVar[bool] = True

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="QU102", name="thin-content", axis="quality", message="next to nothing in the body"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield one finding for a thin page."""
        count = len(reading.words)
        if count < self.fewest:
            said = f"{count} words" if count else "no words"
            message = f"The body has {said}; {len(reading.article.removed)} blocks of the page were left out."
            yield self.rules[0].evidence(said, message, 1.0 - count / self.fewest)
