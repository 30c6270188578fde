"""What probably stood where an odd word or phrase stands, best first."""

from __future__ import annotations

import numpy as np

from pipeline.detect import replacements
from pipeline.detect.replacements import Phrases
from pipeline.detect.thesaurus import MOST as MOST_NEIGHBOURS
from pipeline.detect.word_features import WordFeatures

MOST = 5
LOOKED_UP = 14
"""Of all neighbours of an odd word, how many are looked up in the counts."""
PHRASE_BITS = 0.45
"""Log-odds of the ranker that one bit of a phrase's gain is worth (card of models/spin-words)."""
PHRASE_FLOOR = -2.0


def suggestions(features: WordFeatures, first: int, last: int, single: dict[str, float]) -> tuple[str, ...]:
    """Ranked originals for the tokens from `first` to `last`, written as those are; empty where nothing is known.

    `single` are the scored options of a lone token, from `singles`.
    """
    company = features.company
    options = dict(single)
    if last > first:
        for phrases in (features.phrases, features.joint):
            for text, gain in whole(features, phrases, first, last).items():
                offer(options, text, PHRASE_FLOOR + PHRASE_BITS * gain)
        for text, score in partly(features, first, last):
            offer(options, text, score)
    used = company.text[company.spans[first][0] : company.spans[last][1]]
    ranked = sorted(options, key=lambda text: -options[text])
    return tuple(written(text, used) for text in ranked[:MOST])


def singles(features: WordFeatures, places: list[int], looked_up: int = LOOKED_UP) -> dict[int, dict[str, float]]:
    """For each of the tokens `places` (in order) its replacements with their scores, all looked up together."""
    if not places:
        return {}
    company = features.company
    asked = np.array(places, dtype=np.int64)
    found = replacements.at(company, features.thesaurus, asked, MOST_NEIGHBOURS, looked_up)
    options: dict[int, dict[str, float]] = {place: {} for place in places}
    words = company.table.words
    for place, number, score in zip(
        found.places.tolist(), found.ids.tolist(), features.rank(found).tolist(), strict=True
    ):
        options[place][words[number]] = score
    return options


def whole(features: WordFeatures, phrases: Phrases, first: int, last: int) -> dict[str, float]:
    """What the tokens from `first` to `last` may stand for as one phrase, with gains, best first."""
    names = features.company.table.words
    found = [
        (" ".join(names[number] for number in phrases.ids[index] if number), float(phrases.gains[index]))
        for index in exactly(phrases, first, last)
    ]
    return dict(sorted(found, key=lambda each: -each[1]))


def exactly(phrases: Phrases, first: int, last: int) -> list[int]:
    """Indices of the phrases that stand from `first` to `last`."""
    here = phrases.at(first)
    return [int(index) for index in here[phrases.lengths[here] == last - first + 1]]


def partly(features: WordFeatures, first: int, last: int) -> list[tuple[str, float]]:
    """The best single replacement of each token that has a good one, the others kept; and of each alone."""
    company, (top, index) = features.company, features.top
    words = company.words[first : last + 1]
    better = {
        place: company.table.words[features.single.ids[index[place]]]
        for place in range(first, last + 1)
        if index[place] >= 0
    }
    if not better:
        return []
    every = " ".join(better.get(place, word) for place, word in enumerate(words, first))
    scores = [float(top[place]) for place in better]
    return [(every, float(np.mean(scores)) - 0.5)]


def offer(options: dict[str, float], text: str, score: float) -> None:
    """Note an option with its best score."""
    options[text] = max(score, options.get(text, -99.0))


def written(text: str, used: str) -> str:
    """`text` with the capitals of the words it replaces."""
    if used.isupper() and len(used) > 1:
        return text.upper()
    capitals = [word[:1].isupper() for word in used.split()]
    if len(capitals) > 1 and all(capitals):
        return " ".join(word[:1].upper() + word[1:] for word in text.split())
    return text[:1].upper() + text[1:] if capitals[0] else text
