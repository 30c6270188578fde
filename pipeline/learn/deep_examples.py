"""Examples for the deep models: those of `spin_words` with what the language model made of each text.

Reading a text takes seconds, so what was read is kept in a folder of the caller's, outside the project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import discriminator as networks
from pipeline.detect import spin_models
from pipeline.detect.associations import Floats
from pipeline.detect.deep_document_features import deep_document_features
from pipeline.detect.deep_reading import word_matrix
from pipeline.detect.deep_word_features import DeepWords, substitutes
from pipeline.detect.discriminator.runtime import Discriminator
from pipeline.detect.language_model import runtime as reader
from pipeline.detect.language_model import store, words
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.language_model.word_scores import Options, WordScores
from pipeline.learn.spin_corpus import Sample
from pipeline.learn.spin_words import Example

SETTINGS = (store.VERSION, words.RUN_TOKENS, words.TRIED, words.PROMISING, words.RIGHT, reader.CHUNK, reader.PAST)
"""What the scores of a text depend on beside the text, its tokens and their substitutes."""
OPTION = "option_"


@dataclass
class DeepExample:
    """A sample with the features of both tiers."""

    fast: Example
    deep: DeepWords

    @property
    def sample(self) -> Sample:
        """The text and its marks."""
        return self.fast.sample

    @property
    def labels(self) -> NDArray[np.bool_]:
        """For each row of the matrix whether the word was substituted."""
        return self.fast.labels

    @cached_property
    def matrix(self) -> Floats:
        """(words, features of both tiers)."""
        return word_matrix(self.fast.features, self.deep)

    def document(self, odd: Floats) -> Floats:
        """The document features, given the words' probabilities."""
        return deep_document_features(self.fast.features, self.deep, odd)

    def without_language_model(self) -> DeepExample:
        """The same where no language model read it."""
        return DeepExample(self.fast, self.deep.without_language_model())

    def under(self, ranker: Floats) -> DeepExample:
        """The same with another ranker."""
        return replace(self, fast=self.fast.under(ranker))


def examples_of(
    samples: Sequence[Sample], runtime: Runtime, discriminator: Discriminator, kept: Path
) -> Iterator[DeepExample]:
    """Samples with the features of both tiers; what the language model made of them is kept in `kept`."""
    kept.mkdir(parents=True, exist_ok=True)
    for sample in samples:
        example = Example.of(sample, *spin_models.tables())
        yield DeepExample(example, deep_words(example, runtime, discriminator, kept))


def deep_words(example: Example, runtime: Runtime, discriminator: Discriminator, kept: Path) -> DeepWords:
    """What both make of an example; what the language model did, read now or found in the folder `kept`."""
    company = example.features.company
    options = substitutes(company, example.features.thesaurus)
    replaced = discriminator.log_odds(company.text, company.spans)
    heard = networks.digest(networks.PROBE) if runtime.listener else ""
    file = kept / f"{digest(company.text, company.spans, options, SETTINGS, heard)}.npz"
    if file.is_file():
        with np.load(file, allow_pickle=False) as arrays:
            return DeepWords(scores_from(dict(arrays)), options, replaced)
    scores = words.read(runtime, company.text, company.spans, options)
    arrays = asdict(scores)
    of_options = {f"{OPTION}{name}": array for name, array in arrays.pop("options").items()}
    np.savez_compressed(file, allow_pickle=False, **arrays, **of_options)
    return DeepWords(scores, options, replaced)


def scores_from(arrays: dict[str, Any]) -> WordScores:
    """Scores from stored arrays."""
    options = {key.removeprefix(OPTION): arrays.pop(key) for key in list(arrays) if key.startswith(OPTION)}
    return WordScores(**arrays, options=Options(**options))


def digest(*parts: object) -> str:
    """A short name for what scores depend on."""
    return sha256(repr(parts).encode(errors="surrogatepass")).hexdigest()[:24]
