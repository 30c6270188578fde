"""The deep tier's language model: SmolLM2-135M on the CPU. onnxruntime is imported when it is loaded.

`load` gives the runtime once the model is fetched; `words.read` scores a text's words and their substitutes.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from pipeline.detect.language_model import store

if TYPE_CHECKING:
    from pipeline.detect.language_model.runtime import Runtime


def missing() -> str | None:
    """What the deep tier lacks, in words that say what to do; None when it can run. Imports nothing heavy."""
    if find_spec("onnxruntime") is None:
        return "the deep tier needs onnxruntime (pip install 'unspun[deep]')"
    if not store.fetched():
        return f"the deep tier's language model is not in {store.folder()} ({store.FETCH})"
    return None


@cache
def load(threads: int = 0) -> Runtime:
    """The fetched language model, loaded once a process (1 s, 250 MB); `threads` as in `runtime.sessions`.

    Raises ModelError.
    """
    from pipeline.detect.language_model.runtime import Runtime

    return Runtime.load(store.checked(), threads)
