"""The middle tier's reader: a small network, trained on text spun by our engines, that sees both sides of a word.

`load` gives it; `Discriminator.log_odds` reads a text. Its weights ship in models/discriminator; onnxruntime, onnx and
tokenizers (``unspun[deep]``) are imported when it is loaded.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline import model_store

if TYPE_CHECKING:
    from pipeline.detect.discriminator.runtime import Discriminator

NAME = "discriminator"


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


def digest() -> str:
    """The digest of the shipped network's file, which what is trained on its log-odds belongs to. Raises ModelError."""
    return model_store.load(NAME).manifest.sha256
