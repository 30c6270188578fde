"""Which tier reads an article: counts, the discriminator beside them, or the language model beside both.

At depth ``middle`` the discriminator reads every page, at ``deep`` the language model too. At ``auto`` the fast tier
speaks first; where it leaves a page undecided the discriminator reads it, and where that leaves doubt the language
model, if it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.detect import deep_models, discriminator, language_model, spin_models
from pipeline.detect.deep_models import DEEP, MIDDLE, DeepModels
from pipeline.detect.deep_reading import DeepReading
from pipeline.detect.discriminator.corrector import Corrector
from pipeline.detect.discriminator.runtime import Discriminator
from pipeline.detect.language_model import store
from pipeline.detect.language_model.runtime import Runtime
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.spin_reading import SpinReading, whole_or_window
from pipeline.errors import ModelError
from pipeline.settings import Depth

UNDECIDED = 0.1
"""Probability by the fast tier from which on the discriminator is asked."""
DOUBTFUL = 0.3
"""Probability by the middle tier from which on the language model is asked. Of 216 spun lessons and 36 spun gold pages
that the deep tier flags, each under judges that did not see it, none is below (at .4 five and three were); of 146 real
honest texts it is asked about three."""


@dataclass(frozen=True)
class Tiers:
    """The models of all tiers, and which of them reads first."""

    fast: SpinModels
    middle: DeepModels
    deep: DeepModels | None
    """None where the language model is not wanted, or not there."""
    first: Depth
    """``auto`` begins with the fast tier."""
    runtime: Callable[[], Runtime] = deep_models.reader
    corrector: Callable[[], Corrector] = discriminator.load_corrector
    discriminator: Callable[[], Discriminator] = discriminator.load

    def read(self, text: str, low: str) -> SpinReading:
        """The reading of a text by the tier that it needs."""
        if self.deep and self.first == "deep":
            return self.deeply(self.deep, text, low)
        if self.first == "auto":
            fast = whole_or_window(self.fast, text, low)
            if fast.probability < UNDECIDED:
                return fast
        middle = self.closely(text, low)
        if not self.deep or middle.probability < DOUBTFUL:
            return middle
        return self.deeply(self.deep, text, low)

    def closely(self, text: str, low: str) -> SpinReading:
        """The reading of a text by counts and the discriminator."""
        return DeepReading.by(None, self.discriminator(), self.corrector, self.middle, text, low)

    def deeply(self, models: DeepModels, text: str, low: str) -> SpinReading:
        """The reading of a text by counts, the discriminator and the language model."""
        return DeepReading.by(self.runtime(), self.discriminator(), self.corrector, models, text, low)

    def versions(self) -> dict[str, str]:
        """Name → version of what these tiers may use beside the fast one. Raises ModelError."""
        used = {} if self.first == "deep" else deep_models.versions(MIDDLE)
        return used | deep_models.versions(DEEP) | {store.NAME: store.VERSION} if self.deep else used


def at(depth: Depth) -> Tiers | None:
    """The tiers of a depth; None where the fast tier is all there is.

    Raises ModelError where `depth` is ``middle`` or ``deep`` and what it needs is not there, or damaged.
    """
    if depth == "fast":
        return None
    lacking = language_model.missing() if depth == "deep" else discriminator.missing()
    if lacking and depth != "auto":
        raise ModelError(lacking)
    if lacking:
        return None
    wanted = depth == "deep" or (depth == "auto" and not language_model.missing())
    if wanted:
        store.checked()
    return Tiers(spin_models.load(), deep_models.load(MIDDLE), deep_models.load(DEEP) if wanted else None, depth)


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
