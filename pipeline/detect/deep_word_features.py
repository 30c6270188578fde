"""What the language model, its probe and the discriminator know of each word of a text, as numbers.

They stand beside those of `word_features`. Rows are the same words; nan where they have nothing to say: a word that was
not read, one without neighbours in the thesaurus, a substitute that looked too poor to be run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.associations import Floats
from pipeline.detect.company import Company
from pipeline.detect.discriminator.runtime import Discriminator
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.language_model.word_scores import WordScores, unread
from pipeline.detect.language_model.words import read
from pipeline.detect.suggestions import written
from pipeline.detect.thesaurus import Thesaurus

DEEP_FEATURES = [
    "surprisal", "rank", "entropy", "surprisal above entropy", "following", "pieces",
    "left gain", "gain", "gain or left",
    "surprisal at -1", "surprisal at +1", "surprisal at +2", "gain at -1", "gain at +1",
    "surprisal on page",
    "replaced", "replaced, mean", "replaced at -1", "replaced at +1", "replaced at -2", "replaced at +2",
    "replaced on page",
    "probed", "probed at -1", "probed at +1", "probed at -2", "probed at +2", "probed on page",
    "replaced and probed",
]  # fmt: skip
SUBSTITUTES = 24
"""Thesaurus neighbours of a word that are looked at, likeliest original first."""
NO_GAIN = -8.0
"""Gain of a word that has nothing better: no neighbours, or all far worse."""


@dataclass(frozen=True)
class DeepWords:
    """What was read of a text's tokens, and the substitutes of each that the language model looked at."""

    scores: WordScores
    options: list[list[str]]
    replaced: tuple[Floats, Floats]
    """The discriminator's log-odds that each token stands in another's place: of its pieces the highest, the mean."""

    @classmethod
    def of(
        cls, company: Company, thesaurus: Thesaurus, runtime: Runtime | None, discriminator: Discriminator
    ) -> DeepWords:
        """Read a text: some 4 s for 1,000 words on two cores, .2 s where there is no `runtime`."""
        replaced = discriminator.log_odds(company.text, company.spans)
        if runtime is None:
            return cls(unread(len(company)), [[] for _ in range(len(company))], replaced)
        options = substitutes(company, thesaurus)
        return cls(read(runtime, company.text, company.spans, options), options, replaced)

    def without_language_model(self) -> DeepWords:
        """The same as if no language model had read the text."""
        count = len(self.options)
        return DeepWords(unread(count), [[] for _ in range(count)], self.replaced)

    def gain_or_left(self) -> Floats:
        """The gain of each token's best substitute, by left context alone where none was run; NO_GAIN without any."""
        known = np.where(np.isnan(self.scores.gain), self.scores.left_gain, self.scores.gain)
        return np.maximum(np.where(np.isnan(known), NO_GAIN, known), NO_GAIN).astype(np.float32)

    def matrix(self, company: Company) -> Floats:
        """(words, DEEP_FEATURES) for the tokens that are words."""
        s = self.scores
        gain = self.gain_or_left()
        replaced, pieces = self.replaced
        probed = s.replaced
        made = np.column_stack(
            [
                s.surprisal,
                np.log2(1 + s.rank),
                s.entropy,
                s.surprisal - s.entropy,
                s.following,
                np.where(s.tokens > 0, s.tokens, np.nan),
                s.left_gain,
                s.gain,
                gain,
                *(neighbour(s.surprisal, by) for by in (-1, 1, 2)),
                *(neighbour(gain, by) for by in (-1, 1)),
                s.surprisal - known_mean(s.surprisal[company.is_word]),
                replaced,
                pieces,
                *(neighbour(replaced, by) for by in (-1, 1, -2, 2)),
                replaced - known_mean(replaced[company.is_word]),
                probed,
                *(neighbour(probed, by) for by in (-1, 1, -2, 2)),
                probed - known_mean(probed[company.is_word]),
                replaced + probed,
            ]
        )
        return made[company.is_word].astype(np.float32)


def substitutes(company: Company, thesaurus: Thesaurus) -> list[list[str]]:
    """For each token the neighbours that might stand in its place, written as it is; none for function words."""
    options: list[list[str]] = [[] for _ in range(len(company))]
    asked = np.flatnonzero(company.is_word & ~company.is_function & (company.ids > 0))
    rows, ids, _ = thesaurus.of_words(company.ids[asked])
    for place, number in zip(asked[rows].tolist(), ids.tolist(), strict=True):
        if len(options[place]) < SUBSTITUTES:
            start, end = company.spans[place]
            options[place].append(written(company.table.words[number], company.text[start:end]))
    return options


def neighbour(values: Floats, by: int) -> Floats:
    """At each token the value `by` tokens on; nan beyond the ends."""
    made = np.full(len(values), np.nan, dtype=np.float32)
    if by > 0:
        made[:-by] = values[by:]
    else:
        made[-by:] = values[:by]
    return made


def known_mean(values: NDArray[np.float32]) -> float:
    """The mean of what is known; 0 for nothing."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else 0.0
