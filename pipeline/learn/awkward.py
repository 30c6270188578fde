"""Slips of writers whose English is not their first, or who are in a hurry: what must not be taken for spinning.

Missing and needless articles, wrong prepositions, broken agreement, lost endings, typing errors. They are put into
training texts unmarked, so that what learns from the marks learns to leave them in peace.
"""

from __future__ import annotations

import random

from pipeline.learn.spinners.edits import Edit, like, words_of

ARTICLES = ("a", "an", "the")
PREPOSITIONS = ("in", "on", "at", "for", "to", "of", "by", "with", "from")
CONFUSED = {
    "is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has", "does": "do", "do": "does",
    "much": "many", "many": "much", "it": "", "been": "being", "who": "which", "this": "these", "these": "this",
}  # fmt: skip


def slips(text: str, rng: random.Random) -> list[Edit]:
    """The slips that one writer might make in a text: more than he would make at once."""
    found = []
    for word, start, end in words_of(text):
        new = slip(word, rng) if word.isalpha() else word
        if new == "" and text[end : end + 1] == " ":
            found.append(Edit(start, end + 1, ""))
        elif new not in ("", word):
            found.append(Edit(start, end, like(new, text[start:end])))
    return found


def slip(word: str, rng: random.Random) -> str:
    """What a word becomes: itself for most, "" where it is left out."""
    chance = rng.random()
    if word in ARTICLES:
        return "" if chance < 0.6 else rng.choice(("the", "a", ""))
    if word in PREPOSITIONS and chance < 0.5:
        return rng.choice(PREPOSITIONS)
    if word in CONFUSED and chance < 0.7:
        return CONFUSED[word]
    if len(word) > 4 and chance < 0.12:
        return other_ending(word)
    if len(word) > 5 and chance < 0.15:
        at = rng.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return f"the {word}" if chance > 0.985 else word


def other_ending(word: str) -> str:
    """A word without its ending, or with an s too many."""
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending):
            return word.removesuffix(ending)
    return f"{word}s"
