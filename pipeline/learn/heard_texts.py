"""Marked texts as the probe hears them: what the language model makes of each token, and whether it was put there."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.detect.discriminator.probe import RUN, Ear, around
from pipeline.detect.language_model.layout import Layout
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.language_model.words import read
from pipeline.learn.replaced_tokens import Marked

FEWEST = 24
"""Tokens of a run that is worth reading."""
LATEST = 40
"""Where the first run of a text begins at the latest, so that each pass cuts elsewhere."""


class Heard(NamedTuple):
    """Of the tokens of a text, without the one before it: what the probe hears, and whether they were put there."""

    states: NDArray[np.float16]
    marks: NDArray[np.bool_]


class Pupil(Ear):
    """Keeps what it hears, and knows nothing yet."""

    def log_odds(self) -> NDArray[np.float32]:
        """Nothing of any token."""
        return np.zeros(sum(map(len, self.states)), dtype=np.float32)

    def inputs(self) -> NDArray[np.float16]:
        """(tokens, inputs) of the text's tokens."""
        heard = np.concatenate([np.concatenate(self.states), around(np.concatenate(self.scores))], axis=1)
        return heard[1:].astype(np.float16)


def listen(runtime: Runtime, text: Marked) -> Heard:
    """A text as the probe hears it."""
    pupil = Pupil()
    spans = [(span.start, span.end) for span in text.spans]
    read(replace(runtime, listener=lambda: pupil), text.text, spans)
    layout = Layout(runtime, text.text, spans, sys.maxsize)
    states = pupil.inputs()
    marks = np.zeros(len(states) + 1, dtype=np.bool_)
    for first, last in zip(layout.first, layout.last, strict=True):
        marks[first : last + 1] = first >= 0
    return Heard(states, marks[1:])


def runs(texts: Sequence[Heard], rng: random.Random) -> list[Heard]:
    """The runs of some texts, shuffled."""
    made = []
    for text in texts:
        count = len(text.marks)
        first = rng.randrange(LATEST) if count > RUN + LATEST else 0
        bounds = [*range(first, count, RUN), count]
        made += [Heard(text.states[a:b], text.marks[a:b]) for a, b in pairwise(bounds) if b - a >= FEWEST]
    rng.shuffle(made)
    return made
