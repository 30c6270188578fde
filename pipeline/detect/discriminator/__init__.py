"""The middle tier's readers: small networks that see both sides of a word.

Both learnt from text spun by our engines, the discriminator from lessons too (samples/lessons).

`load` gives the discriminator: `Discriminator.log_odds` says which words of a text stand in another's place.
`load_corrector` gives the one that is asked what stood there. Weights ship in models/discriminator and
models/corrector; onnxruntime and onnx (``unspun[deep]``) are imported when one is loaded.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline import model_store

if TYPE_CHECKING:
    from pipeline.detect.discriminator.corrector import Corrector
    from pipeline.detect.discriminator.probe import Probe
    from pipeline.detect.discriminator.runtime import Discriminator

NAME, CORRECTOR, PROBE = "discriminator", "corrector", "probe"


def missing() -> str | None:
    """What reading with it lacks, in words that say what to do; None when it can run. Imports nothing heavy."""
    for library in ("onnx", "onnxruntime"):
        if find_spec(library) is None:
            return f"the middle tier needs {library} (pip install 'unspun[deep]')"
    return None


@cache
def load(threads: int = 0) -> Discriminator:
    """The shipped network, loaded once a process; `threads` as in `language_model.runtime.sessions`.

    Raises ModelError.
    """
    from pipeline.detect.discriminator.runtime import Discriminator
    from pipeline.detect.discriminator.weights import Weights

    return Discriminator.of(Weights.from_arrays(model_store.load(NAME).arrays), threads)


@cache
def load_corrector(threads: int = 0) -> Corrector:
    """The shipped corrector, likewise. Raises ModelError."""
    from pipeline.detect.discriminator.corrector import Corrector
    from pipeline.detect.discriminator.weights import Weights

    return Corrector.of(Weights.from_arrays(model_store.load(CORRECTOR).arrays), threads)


@cache
def load_probe(threads: int = 0) -> Probe:
    """The shipped probe, likewise. Raises ModelError."""
    from pipeline.detect.discriminator.probe import Probe
    from pipeline.detect.discriminator.weights import Weights

    return Probe.of(Weights.from_arrays(model_store.load(PROBE).arrays), threads)


def digest(name: str = NAME) -> str:
    """The digest of a shipped network's file, which what is trained on its word belongs to. Raises ModelError."""
    return model_store.load(name).manifest.sha256
