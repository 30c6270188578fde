"""What probably stood where several words stand: rewrites made of what is known of each of them.

Of the words of a phrase some were put in another's place and some were not; a spinner also adds words ("physical
body", "stress and anxiety"), and puts a phrase for a word ("anterior to"). The likeliest of all these, as if the words
had been changed each by itself, come first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.detect.associations import Floats

MOST = 5
BEAM = 12
"""Rewrites of the first words of a phrase that are carried on."""
TRIED = 4
"""Options of each word that are tried."""
WHOLE, ADDED = 0.1, 0.5
"""How probably a phrase of several words stands for one, and how probably its first words were added where what is
sought in their place follows."""
NEAR = 2
"""Words after an odd word among which the one that it was added to is looked for; and before it."""
BETWEEN = ("and", "or")

Options = Mapping[str, float]
"""Texts that may have stood in the place of one word, with log-probabilities."""


def likely(scores: Mapping[str, float]) -> dict[str, float]:
    """Options from the scores of a chooser, best first: their softmax."""
    if not scores:
        return {}
    values = np.array(list(scores.values()))
    values = values - values.max()
    values -= np.log(np.exp(values).sum())
    return {text: float(score) for text, score in sorted(zip(scores, values, strict=True), key=lambda each: -each[1])}


def rewrites(words: Sequence[str], odd: Floats, options: Sequence[Options]) -> dict[str, float]:
    """Rewrites of `words`, lower case, with log-probabilities.

    For each word the probability that it was put there and its options; function words have none.
    """
    made = swapped(words, odd, options)
    if len(words) > 1:
        for text, score in tried(options[0]):
            offer(made, text, score + np.log(WHOLE))
            if text in words[1:]:
                offer(made, " ".join(words[words.index(text, 1) :]), score + np.log(ADDED))
        for text, score in tried(options[-1]):
            if text in words[:-1] and words[-2] in BETWEEN:
                offer(made, " ".join(words[: words.index(text) + 1]), score + np.log(ADDED))
    made.pop(" ".join(words), None)
    return made


def swapped(words: Sequence[str], odd: Floats, options: Sequence[Options]) -> dict[str, float]:
    """Rewrites that keep each word or put one of its options in its place."""
    made: list[tuple[list[str], float]] = [([], 0.0)]
    for word, p, own in zip(words, np.clip(odd, 0.0, 0.98), options, strict=True):
        kept = float(np.log(1 - p)) if own else 0.0
        choices = [(word, kept), *((text, float(np.log(max(p, 1e-3))) + score) for text, score in tried(own))]
        longer = [([*texts, text], total + score) for texts, total in made for text, score in choices]
        made = sorted(longer, key=lambda each: -each[1])[:BEAM]
    return {" ".join(texts): score for texts, score in made}


def tried(options: Options) -> list[tuple[str, float]]:
    """The best options of a word."""
    return list(options.items())[:TRIED]


def offer(made: dict[str, float], text: str, score: float) -> None:
    """Note a rewrite with its best score."""
    made[text] = max(float(score), made.get(text, -99.0))


def reach(words: Sequence[str], first: int, last: int, options: Options, low: int, high: int) -> tuple[int, int]:
    """How far the phrase from `first` to `last` goes with the words that it repeats, inside `low` to `high`.

    `options` are those of a lone odd word: where one of them follows, or stands before "and" or "or", the odd word was
    probably added to it.
    """
    best = [text for text, _ in tried(options)]
    for place in range(last + 1, min(last + NEAR, high) + 1):
        if words[place] in best and (place == last + 1 or words[last + 1] in BETWEEN):
            return first, place
    if first - 2 >= low and words[first - 1] in BETWEEN and words[first - 2] in best:
        return first - 2, last
    return first, last
