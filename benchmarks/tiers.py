"""What each depth of reading for spun text costs: seconds of wall clock a page and for 1,000 words, on all cores.

    python benchmarks/tiers.py PAGE_OR_FOLDER…

Of automatic depth also over those pages alone that the language model read. Cleaning is not counted. Without the
fetched language model (`unspun models fetch deep`) only the fast and middle tiers are measured, and why is said.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from pipeline.clean import Cleaner
from pipeline.detect import deep_models, discriminator, language_model, spin_models
from pipeline.detect.deep_models import DEEP, MIDDLE
from pipeline.detect.matchers import normalise
from pipeline.detect.spin_reading import SpinReading, whole_or_window
from pipeline.detect.tiers import Tiers
from pipeline.ingest import decode, read
from pipeline.settings import Depth, Settings

Reader = Callable[[str, str], SpinReading]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    settings = Settings()
    cleaner = Cleaner(settings.limits)
    pages = [page for page in read(parser.parse_args().paths, settings) if not page.failure]
    texts = [cleaner.clean(decode(page, settings.limits)).text for page in pages]
    fast = spin_models.load()
    readers: dict[str, Reader] = {"fast": partial(whole_or_window, fast)}
    middle = deep_models.load(MIDDLE)
    networks: Any = {
        "discriminator": partial(discriminator.load, os.cpu_count() or 1),
        "corrector": partial(discriminator.load_corrector, os.cpu_count() or 1),
    }
    readers["middle"] = Tiers(fast, middle, None, "middle", **networks).read
    lacking = language_model.missing()
    if not lacking:
        runtime = deep_models.reader(os.cpu_count() or 1)
        depths: tuple[Depth, ...] = ("auto", "deep")
        for depth in depths:
            readers[depth] = Tiers(fast, middle, deep_models.load(DEEP), depth, lambda: runtime, **networks).read
    console = Console(highlight=False)
    console.print(table(texts, readers))
    if lacking:
        console.print(f"depths auto and deep are not measured: {lacking}", markup=False)
    else:
        console.print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def table(texts: list[str], readers: dict[str, Reader]) -> Table:
    """A row a depth; for automatic depth one over the pages that the language model read."""
    shown = Table(box=None, pad_edge=False)
    for column in (
        "depth",
        "pages",
        "s a page (mean)",
        "s a page (most)",
        "s per 1,000 words",
        "CPU s per 1,000 words",
    ):
        shown.add_column(column, justify="left" if column == "depth" else "right")
    for name, reader in readers.items():
        reader(texts[0], normalise(texts[0]))
        rows = [timed(reader, text) for text in texts]
        shown.add_row(name, *figures(rows))
        if name == "auto" and (asked := [row for row in rows if row.deep]):
            shown.add_row("auto, pages read deeply", *figures(asked))
    return shown


class Timed(NamedTuple):
    """What one page took, its words, and whether the language model was asked."""

    seconds: float
    cpu: float
    words: int
    deep: bool


def timed(reader: Reader, text: str) -> Timed:
    """Read a page, and find what would be shown of it."""
    start, cpu = time.perf_counter(), time.process_time()
    seen = reader(text, normalise(text))
    seen.spans(0.3 if seen.probability >= 0.5 else 0.5)
    return Timed(time.perf_counter() - start, time.process_time() - cpu, len(text.split()), seen.deep_words > 0)


def figures(rows: list[Timed]) -> list[str]:
    """Pages, mean and most seconds a page, seconds and CPU seconds for 1,000 words."""
    seconds = [row.seconds for row in rows]
    thousands = max(sum(row.words for row in rows), 1) / 1000
    values = [sum(seconds) / len(rows), max(seconds), sum(seconds) / thousands, sum(r.cpu for r in rows) / thousands]
    return [str(len(rows)), *(f"{value:.3f}" for value in values)]


if __name__ == "__main__":
    main()
