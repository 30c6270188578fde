"""Suggestions for a lone word: the thesaurus's and the corrector's, in the order that all networks together give."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pipeline.detect.associations import Floats
from pipeline.detect.deep_word_features import DeepWords
from pipeline.detect.discriminator.corrector import Corrector
from pipeline.detect.suggestions import singles
from pipeline.detect.thesaurus import MOST as MOST_NEIGHBOURS
from pipeline.detect.word_features import WordFeatures

CHOICE = (
    "score", "lead", "lead known", "gain less lead", "gain known",
    "corrected", "of several pieces", "unlisted", "kinship",
)  # fmt: skip
"""What the chooser knows of a suggestion: the ranker's score, how much likelier its first token is than the word's, and
what the tokens to the right add to that (0 where the language model did not look, or did not run it); its
log-probability by the corrector, whether that is of its first piece alone, whether the thesaurus lacks it, and how near
it is to the word that stands there."""
BOUND = 12.0
PROPOSED = 10
"""Words that the corrector may add."""
KINSHIP = 10.0
"""Scale of the cosine, so that its weight is of the size of the others."""
SAME = 4
"""First letters by which a proposal is another form of the word itself."""
TOGETHER = 64
"""Places that are held against the whole vocabulary at once."""


def chosen(
    features: WordFeatures, deep: DeepWords, corrector: Corrector, chooser: Floats, places: list[int]
) -> dict[int, dict[str, float]]:
    """For each of the tokens `places` (in order) its replacements with the chooser's scores (weights of CHOICE)."""
    return {
        place: dict(zip(names, (rows @ chooser).tolist(), strict=True))
        for place, names, rows in choices(features, deep, corrector, places)
    }


def choices(
    features: WordFeatures, deep: DeepWords, corrector: Corrector, places: list[int]
) -> Iterator[tuple[int, list[str], Floats]]:
    """For each of the tokens `places` its replacements and what is known of them, (replacements, CHOICE).

    After the thesaurus's come proposals of the corrector: words of the thesaurus that are no form of the word itself.
    """
    listed = singles(features, places, MOST_NEIGHBOURS)
    sought = corrector.sought(features.company.text, features.company.spans, places)
    for at in range(0, len(places), TOGETHER):
        likelihoods = corrector.log_probabilities(sought[at : at + TOGETHER])
        for place, likely in zip(places[at : at + TOGETHER], likelihoods, strict=True):
            single, word = listed[place], features.company.words[place]
            proposals = corrector.proposed(likely, word, PROPOSED)
            names = [*single, *(text for text in proposals if text not in single and another(features, word, text))]
            rows = np.zeros((len(names), len(CHOICE)), dtype=np.float32)
            rows[: len(single), 0] = list(single.values())
            rows[:, 1:5] = of_language_model(deep, place, names)
            if names:
                rows[:, 5] = likely[corrector.first_pieces(names)]
                rows[:, 6] = [len(corrector.pieces.cut(name)) > 1 for name in names]
                rows[len(single) :, 7] = 1
                rows[:, 8] = KINSHIP * corrector.kinship(word, names)
            rows[:, 1:] = np.clip(rows[:, 1:], -BOUND, BOUND)
            yield place, names, rows


def another(features: WordFeatures, word: str, text: str) -> bool:
    """Whether `text` is a word that the thesaurus knows, and neither a form nor a piece of `word`."""
    number, starts = features.company.table.ids.get(text, 0), features.thesaurus.starts
    known = number > 0 and starts[number + 1] > starts[number]
    return bool(known) and text[:SAME] != word[:SAME] and not word.startswith(text)


def of_language_model(deep: DeepWords, place: int, names: list[str]) -> Floats:
    """(names, 4): the columns of CHOICE that the language model knows for replacements of the token `place`."""
    options = deep.scores.options
    low, high = np.searchsorted(options.word, [place, place + 1])
    known = {deep.options[place][options.number[index]].lower(): index for index in range(low, high)}
    made = np.zeros((len(names), 4), dtype=np.float32)
    for row, name in zip(made, names, strict=True):
        index = known.get(name)
        if index is not None and not np.isnan(options.lead[index]):
            row[:2] = options.lead[index], 1
            if not np.isnan(options.gain[index]):
                row[2:] = options.gain[index] - options.lead[index], 1
    return made
