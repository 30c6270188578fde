"""A word that its neighbours do not keep company with, where a synonym would be at home.

What it flags: a word or short phrase that probably stands in another's place: "pebbles" beside "kidney", where health
writers have "stones"; "clashing data" for "conflicting data". It needs no list of phrases: it knows which words stand
together in 20 million words of health English, and what a thesaurus offers for each. Ranked originals are suggested.

Why an editor should care: a spinner swaps words one at a time and cannot see what they meant together. Many such words
on one page show that the page is a copy; each may have changed what the page says.

What it must not flag: a plain word where a finer one exists, a writer's own image, British or Indian usage, the little
words that a writer misses whose English is his second language. On a page that as a whole does not read as spun only
words that are almost certainly substituted are shown, and none of them decides anything.

Bad: Drink plenty of water, and little kidney pebbles will pass by themselves.
Good: Drink plenty of water, and small kidney stones will pass by themselves.

Source: boosted trees over pair, skip-pair and trigram counts and the fit of thesaurus neighbours, trained on our gold
(models/spin-words); where they may read, over what a small network and a language model make of the word, trained on
lessons too (models/discriminator, models/middle-spin-words, models/deep-spin-words); after Salehi,
Cabanac and others' observation that replaced words break collocations. Thesauri: Moby (Ward, public domain) and WordNet
(Fellbaum 1998).
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
class OddSynonym:
    """Asks the odd-word model; what it takes to be shown depends on whether the page reads as spun."""

    threshold: float = 0.30
    """Probability from which on a word is shown on a page that reads as spun (swept on out-of-fold gold)."""
    strict: float = 0.50
    """The same on other pages."""
    using: SpinModels | Tiers | None = None
    """Models to use in place of the shipped fast ones."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP102",
            name="odd-synonym",
            axis="spin",
            message="a word out of place where a synonym would be at home",
        ),
    )

    @property
    def models(self) -> dict[str, str]:
        """Name → version of the models used."""
        return spin_models.versions()

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield every odd word or phrase, and their rate."""
        seen = read(reading, self.using)
        spans = seen.spans(self.threshold if seen.probability >= 0.5 else self.strict)
        for span in spans:
            quote = reading.article.text[span.start : span.end]
            yield self.rules[0].evidence(
                quote, message(quote, span.suggestions), span.strength, span.start, span.suggestions
            )
        yield Signal(name="spin.odd_per_1000", value=1000 * len(spans) / max(1, len(seen.features.words)))
        yield Signal(name="spin.deep_words", value=seen.deep_words)


def message(quote: str, suggestions: tuple[str, ...]) -> str:
    """What an editor is told."""
    if not suggestions:
        return f"“{quote}” does not go with the words around it."
    others = f" (or “{suggestions[1]}”)" if len(suggestions) > 1 else ""
    return f"“{quote}” does not go with the words around it; health writers have “{suggestions[0]}”{others} there."
