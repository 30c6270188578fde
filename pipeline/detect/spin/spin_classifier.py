"""The page as a whole reads as if a program had swapped its words.

What it flags: a page whose wording, taken together, is that of spun text: many words out of company, ever different
ones, with likelier synonyms at hand, while the little words between them are in order.

Why an editor should care: no single odd word proves anything; their density and kind do. A page that this rule flags is
a copy of somebody's article and should not be published.

What it must not flag: honest awkward English. Writers in a second language stumble over articles, prepositions and
inflections, and repeat their own habits; hurried doctors' answers, leaflets and dictated notes do too. They were among
the negatives in training, and their false alarms are reported on a row of their own.

Bad: Kidney pebbles are firm stores that shape inside the kidney, and they bring on extreme anguish when they transit.
Good: Kidney stones are hard deposits that form in the kidney, and they cause severe pain when they pass.

Source: logistic regression over 19 readable features of the text, calibrated on pages that the word model had not
seen (models/spin-words); where a language model reads too, over twelve of both (models/deep-spin-words).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import spin_models
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.tiers import Tiers, read
from pipeline.records import Evidence


@dataclass(frozen=True)
class SpinClassifier:
    """Asks the document model."""

    threshold: float = 0.65
    """Probability from which on the page is evidence: so are 2 of 250 real press releases, none of 250 consumer answers
    and 1 of 161 forum answers."""
    fewest_words: int = 80
    """Shorter texts are not judged as a whole."""
    using: SpinModels | Tiers | None = None
    """Models to use in place of the shipped fast ones."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP108",
            name="spin-classifier",
            axis="spin",
            message="the page as a whole reads as spun",
        ),
    )

    @property
    def models(self) -> dict[str, str]:
        """Name → version of the models used."""
        return spin_models.versions()

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield the page's probability of being spun, and evidence where it is high."""
        if len(reading.words) < self.fewest_words:
            return
        seen = read(reading, self.using)
        probability = seen.probability
        yield Signal(name="spin.probability", value=probability)
        yield Signal(name="spin.deep_words", value=seen.deep_words)
        if probability < self.threshold:
            return
        quotes = seen.quotes(0.4, 5)
        said = ", ".join(f"“{quote}”" for quote in quotes)
        yield self.rules[0].evidence(
            ", ".join(quotes) or "the page as a whole",
            f"The page reads as if a program had swapped its words (probability {probability:.0%})"
            + (f", for example {said}." if said else "."),
            probability,
        )
