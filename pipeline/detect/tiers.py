"""Which tier reads an article: the fast one, or the language model where it is wanted.

At depth ``deep`` the language model reads every page. At ``auto`` the fast tier speaks first; where it leaves a page
undecided the language model reads a window from its middle, and the whole page unless the window is plainly not spun;
a page that the fast tier takes for spun it reads whole at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.detect import deep_models, language_model, spin_models
from pipeline.detect.deep_models import DeepModels
from pipeline.detect.deep_reading import DeepReading
from pipeline.detect.language_model import store
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import SpinReading, middle, whole_or_window
from pipeline.errors import ModelError
from pipeline.settings import Depth

UNDECIDED = 0.1
"""Probability by the fast tier from which on the language model is asked."""
DOUBTFUL = 0.6
"""Probability by the fast tier from which on the whole page is read at once: a window would hardly clear it."""
WINDOW = 1400
"""Characters (some 220 words) of the window that it reads first."""
CLEAR = 0.3
"""Probability by the language model under which the window speaks for the page. Out of fold, on the models before
broken terms: of 20 spun gold pages that are flagged when read whole, both bounds let none go; 70 % of the honest ones
are asked about, 30 % are read whole."""


@dataclass(frozen=True)
class Tiers:
    """The models of both tiers, and whether the language model reads every page, and whole."""

    fast: SpinModels
    deep: DeepModels
    whole: bool
    runtime: Callable[[], Runtime] = language_model.load

    def read(self, text: str, low: str) -> SpinReading:
        """The reading of a text by the tier that it needs."""
        if self.whole:
            return self.deeply(text, low)
        fast = whole_or_window(self.fast, text, low)
        if fast.probability < UNDECIDED:
            return fast
        window = middle(low, WINDOW) if fast.probability < DOUBTFUL else None
        if window:
            start, end = window
            glance = self.deeply(text[start:end], low[start:end])
            if glance.probability < CLEAR:
                return replace(glance, offset=start)
        return self.deeply(text, low)

    def deeply(self, text: str, low: str) -> SpinReading:
        """The reading of a text by the language model."""
        return DeepReading.by(self.runtime(), self.deep, text, low)


def at(depth: Depth) -> Tiers | None:
    """The tiers of a depth; None where the fast tier is all there is.

    Raises ModelError where `depth` is ``deep`` and the language model is not there, or damaged.
    """
    if depth == "fast":
        return None
    lacking = language_model.missing()
    if lacking and depth == "deep":
        raise ModelError(lacking)
    if lacking:
        return None
    store.checked()
    return Tiers(spin_models.load(), deep_models.load(), whole=depth == "deep")


class Last:
    """The reading made last: the detectors of one article share it."""

    def __init__(self) -> None:
        self.made: tuple[Reading, SpinModels | Tiers, SpinReading] | None = None

    def read(self, reading: Reading, using: SpinModels | Tiers | None) -> SpinReading:
        """The spin reading of `reading`, by the models or tiers given or by the shipped fast ones."""
        using = using or spin_models.load()
        if self.made is None or self.made[0] is not reading or self.made[1] is not using:
            text, low = reading.article.text, reading.low
            seen = using.read(text, low) if isinstance(using, Tiers) else whole_or_window(using, text, low)
            self.made = (reading, using, seen)
        return self.made[2]


read = Last().read
