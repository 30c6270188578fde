"""Speed: milliseconds of CPU a page and per 1,000 words, stage by stage, beside two peers, in one interleaved run.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python benchmarks/speed.py FOLDER… [--rounds N]

Each round assesses every page once; a page's figure is its median over the rounds. One process, one thread, user and
system time of this process. An axis costs what all rules take less what all but its own take, right after one another:
what axes share is in none of them. The peers are `trafilatura.extract` (extraction alone, HTML pages only) and textstat
alone (reading grade of the body).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import textstat
import trafilatura
from rich.console import Console
from rich.table import Table

from pipeline.detect import Detectors
from pipeline.flow import Engine
from pipeline.ingest import decode, read
from pipeline.records import AXES, Axis, RawPage


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    engine = Engine()
    pages = [page for page in read(options.folders, engine.settings) if not page.failure]
    if not pages:
        sys.exit("no pages there")
    warm_up(engine, pages)
    without = {axis: Detectors([rule.code for rule in engine.detectors.rules if rule.axis == axis]) for axis in AXES}
    times: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    words: dict[str, float] = {}
    for _ in range(options.rounds):
        for raw in pages:
            measure(engine, without, raw, times, words)
    Console(highlight=False).print(table(times, words))


def warm_up(engine: Engine, pages: list[RawPage]) -> None:
    """Load what is loaded once: models, lexicons, textstat's dictionary, trafilatura's patterns."""
    for raw in pages[:3]:
        engine.assess(raw)
        trafilatura.extract(raw.data.decode("utf-8", "replace"))
    textstat.textstat.flesch_kincaid_grade("The dictionary is read on first use.")


def measure(engine: Engine, without: dict[Axis, Detectors], raw: RawPage, times: Any, words: dict[str, float]) -> None:
    """One page, once through every stage, axis and peer. `without` are the detectors of all axes but one."""

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        result, taken = cost(work)
        times[stage][raw.source].append(taken)
        return result

    page = timed("ingest: decode", lambda: decode(raw, engine.settings.limits))
    article = timed("clean", lambda: engine.cleaner.clean(page))
    detection = timed("detect", lambda: engine.detectors.detect(article))
    for axis, others in without.items():
        (_, whole), (_, less) = cost(engine.detectors.detect, article), cost(others.detect, article)
        times[f"of detect: {axis}"][raw.source].append(whole - less)
    timed("triage", lambda: engine.policy.judge(detection))
    timed("whole assessment", lambda: engine.assess(raw))
    if page.kind == "html":
        timed("whole assessment, HTML pages", lambda: engine.assess(raw))
        timed("peer: trafilatura.extract, HTML pages", lambda: trafilatura.extract(page.content))
    body = f"{article.text} {time.perf_counter_ns()}"  # textstat remembers texts: each must be new to it
    timed("peer: textstat grade alone", lambda: textstat.textstat.flesch_kincaid_grade(body))
    words[raw.source] = detection.signals["words"]


def cost(work: Callable[..., Any], *given: Any) -> tuple[Any, float]:
    """What `work` makes of what it is given, and the milliseconds of CPU that it took."""
    start = time.process_time()
    result = work(*given)
    return result, 1000 * (time.process_time() - start)


def table(times: dict[str, dict[str, list[float]]], words: dict[str, float]) -> Table:
    """Stages by row."""
    shown = Table(box=None, pad_edge=False)
    for column in ("stage", "pages", "ms a page (median)", "ms a page (mean)", "ms per 1,000 words"):
        shown.add_column(column, no_wrap=column == "stage", justify="left" if column == "stage" else "right")
    for stage, by_page in times.items():
        figures = {source: statistics.median(values) for source, values in by_page.items()}
        total, count = sum(figures.values()), sum(words[source] for source in figures)
        shown.add_row(
            stage,
            str(len(figures)),
            f"{statistics.median(figures.values()):.2f}",
            f"{total / len(figures):.2f}",
            f"{1000 * total / count:.2f}" if count else "–",
        )
    return shown


if __name__ == "__main__":
    main()
