"""An article read by a deeper tier: as `spin_reading`, with the features of the networks beside the counted ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from pipeline.detect.associations import Floats
from pipeline.detect.company import Company
from pipeline.detect.deep_document_features import deep_document_features
from pipeline.detect.deep_models import DeepModels
from pipeline.detect.deep_suggestions import chosen
from pipeline.detect.deep_word_features import DeepWords
from pipeline.detect.discriminator.corrector import Corrector
from pipeline.detect.discriminator.runtime import Discriminator
from pipeline.detect.indefinite import indefinite
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.rewrites import likely, reach, rewrites
from pipeline.detect.spin_reading import OddSpan, SpinReading
from pipeline.detect.suggestions import MOST, suggestions, whole, written
from pipeline.detect.word_features import WordFeatures

KNOWN = 3
"""Of what the thesaurus has for a phrase as a whole, how much is offered, before what its words make."""


@dataclass(frozen=True)
class DeepReading(SpinReading):
    """The features of one text, and the verdicts of the middle or the deep models on them."""

    models: DeepModels
    deep: DeepWords = field(kw_only=True)
    corrector: Callable[[], Corrector] = field(kw_only=True)

    @classmethod
    def by(
        cls,
        runtime: Runtime | None,
        discriminator: Discriminator,
        corrector: Callable[[], Corrector],
        models: DeepModels,
        text: str,
        low: str,
    ) -> DeepReading:
        """Read `text` (seconds a page; tenths of one without `runtime`); `low` is the text normalised."""
        company = Company.of(models.table, models.vectors, text, low)
        features = WordFeatures.of(company, models.thesaurus, models.judge.ranker)
        deep = DeepWords.of(company, models.thesaurus, runtime, discriminator)
        return cls(models, features, deep=deep, corrector=corrector)

    @cached_property
    def odd(self) -> Floats:
        """For each word the probability, by its company and the networks, that it was substituted."""
        matrix = word_matrix(self.features, self.deep)
        return self.models.judge.words.probability(matrix) if len(matrix) else np.zeros(0, dtype=np.float32)

    @cached_property
    def log_odds(self) -> float:
        """Log-odds that the text is spun."""
        return self.models.judge.document.log_odds(deep_document_features(self.features, self.deep, self.odd))

    @property
    def deep_words(self) -> int:
        """Words that the language model read."""
        return int((self.deep.scores.tokens[self.features.words] > 0).sum())

    def spans(self, threshold: float) -> list[OddSpan]:
        """As the fast tier; phrases are rewritten by what the chooser says of each of their words."""
        groups = self.groups(threshold)
        company = self.features.company
        plain = company.is_word & ~company.is_function
        asked = [place for first, last, _ in groups for place in range(first, last + 1) if plain[place]]
        options = {place: likely(scores) for place, scores in self.options(asked).items()}
        made: list[OddSpan] = []
        low = 0
        for number, (first, last, strength) in enumerate(groups):
            high = groups[number + 1][0] - 1 if number + 1 < len(groups) else len(company) - 1
            if first == last:
                first, last = reach(company.words, first, last, options.get(first, {}), low, high)
            made.append(self.span(first, last, strength, options, low))
            low = last + 1
        return made

    def span(
        self, first: int, last: int, strength: float, options: dict[int, dict[str, float]], low: int = 0
    ) -> OddSpan:
        """The tokens from `first` to `last` with ranked rewrites, and the article before them if it must change.

        No token before `low` is touched.
        """
        company = self.features.company
        found = suggestions(self.features, first, last, options.get(first, {}) if first == last else {})
        if last > first:
            odd = np.zeros(len(company), dtype=np.float32)
            odd[self.features.words] = self.strengths
            own = [options.get(place, {}) for place in range(first, last + 1)]
            made = rewrites(company.words[first : last + 1], odd[first : last + 1], own)
            used = company.text[company.spans[first][0] : company.spans[last][1]]
            known = list(whole(self.features, self.features.phrases, first, last))[:KNOWN]
            ranked = [*known, *sorted(made, key=lambda text: -made[text])]
            found = tuple(dict.fromkeys([*(written(text, used) for text in ranked), *found]))[:MOST]
        before = company.words[first - 1] if first > low else ""
        if found and before in ("a", "an") and indefinite(found[0].lower()) != before:
            first -= 1
            found = tuple(f"{indefinite(text.lower())} {text}" for text in found)
            if company.text[company.spans[first][0]].isupper():
                found = tuple(text[0].upper() + text[1:] for text in found)
        return OddSpan(self.offset + company.spans[first][0], self.offset + company.spans[last][1], strength, found)

    def options(self, places: list[int]) -> dict[int, dict[str, float]]:
        """As the fast tier, of more neighbours and in the order of the chooser."""
        return chosen(self.features, self.deep, self.corrector(), self.models.judge.chooser, places)


def word_matrix(features: WordFeatures, deep: DeepWords) -> Floats:
    """(words, FEATURES and DEEP_FEATURES)."""
    return np.concatenate([features.matrix, deep.matrix(features.company)], axis=1)
