"""Main-content extraction beside its peers: F1, precision, recall by page type, and CPU a page, in one run.

    OMP_NUM_THREADS=1 python benchmarks/extraction.py FOLDER [--view html] [--only unspun,justext] [--domains report]

FOLDER is in the layout of WCXB (``html/*.html.gz`` and ``ground-truth/*.json``) or of Scrapinghub's article-extraction
benchmark (``html/*.html.gz`` and ``ground-truth.json``). Every extractor reads each page right after the others, so
that a busy machine slows all alike; CPU is the least of --rounds. An extractor that raises has extracted nothing, and
is counted. Measures are those of pipeline/learn/overlap.py; intervals are 95 % bootstraps over registered domains.

``--view`` blocks, nodes, wrapped, markdown or entities takes the tags off first (pipeline/learn/flattening.py);
then the peers read each line in a paragraph of its own, ``keep-all`` keeps everything, and line F1 is printed too.
"""

from __future__ import annotations

import argparse
import gzip
import html as entities
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from pipeline.clean import Cleaner
from pipeline.learn import flattening, labelled_pages, line_labels, metrics, overlap
from pipeline.records import Page
from pipeline.settings import Limits

Extractor = Callable[[str], str]


@dataclass
class Case:
    """One page with its true text, and what each extractor made of it."""

    name: str
    kind: str
    domain: str
    content: str
    truth: str
    texts: dict[str, str] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--view", default="html", choices=("html", *flattening.VIEWS))
    parser.add_argument("--only", default="", help="extractors, by name, with commas between them")
    parser.add_argument("--domains", choices=("train", "choose", "report"), help="one part of wcxb-dev")
    parser.add_argument("--types", default="", help="page types, with commas between them")
    parser.add_argument("--sample", type=int, default=0, help="only so many pages, drawn with a fixed seed")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--worst", type=int, default=0, help="name the pages on which unspun does worst")
    options = parser.parse_args()
    flat = options.view != "html"
    known = extractors(flat)
    wanted = options.only.split(",") if options.only else list(known)
    if missing := set(wanted) - set(known):
        sys.exit(f"no such extractor: {', '.join(sorted(missing))}; there are {', '.join(known)}")
    cases = [case for case in read(options.folder) if not options.domains or split(case) == options.domains]
    cases = [case for case in cases if not options.types or case.kind in options.types.split(",")]
    if options.sample:
        cases = random.Random(7).sample(cases, min(options.sample, len(cases)))
    if not cases:
        sys.exit(f"{options.folder}: no pages there in the layout of WCXB or of Scrapinghub's benchmark")
    run(cases, {name: known[name] for name in wanted}, options.view, options.rounds)
    console = Console(highlight=False, width=160)
    for kind in ("all", *sorted({case.kind for case in cases} - {"all"})):
        part = [case for case in cases if kind in ("all", case.kind)]
        console.print(table(part, wanted, f"{kind}: {len(part)} pages, {options.view}", flat))
    for name in wanted:
        failed = Counter(case.failures[name] for case in cases if name in case.failures)
        for message, count in failed.most_common():
            console.print(f"{name}: {count} × {message}")
    if options.worst:
        worst(cases, options.worst, console)


def read(folder: Path) -> Iterator[Case]:
    """The pages of a folder in either layout, in order of their names. Pages without true text are left out."""
    single = folder / "ground-truth.json"
    if single.is_file():
        truths = json.loads(single.read_text(encoding="utf-8"))
        found = [(name, "all", t.get("url") or name, t.get("articleBody") or "") for name, t in truths.items()]
    else:
        found = []
        for path in sorted((folder / "ground-truth").glob("*.json")):
            truth = json.loads(path.read_text(encoding="utf-8"))
            kind = truth.get("_internal", {}).get("page_type", {}).get("primary", "all")
            found.append(
                (path.stem, kind, truth.get("url") or path.stem, truth["ground_truth"].get("main_content") or "")
            )
    for name, kind, url, text in sorted(found):
        page = folder / "html" / f"{name}.html.gz"
        if text.strip() and page.is_file():
            content = gzip.decompress(page.read_bytes()).decode("utf-8", "replace")
            yield Case(name, kind, labelled_pages.domain_of(url), content, text)


def split(case: Case) -> str:
    """The part of wcxb-dev that a page belongs to."""
    return labelled_pages.split_of(case.domain)


def extractors(flat: bool) -> dict[str, Extractor]:
    """Ours and the peers, by name; the peers are development dependencies."""
    import justext
    import readability
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    cleaner = Cleaner(Limits(page_bytes=50_000_000, text_chars=10_000_000, html_nodes=2_000_000, lines=200_000))
    stopwords = justext.get_stoplist("English")

    def unspun(content: str) -> str:
        return cleaner.clean(Page(id="", source="", kind="text" if flat else "html", content=content)).text

    def marked_up(content: str) -> str:
        if not flat:
            return content
        lines = (f"<p>{entities.escape(line)}</p>" for line in content.splitlines() if line.strip())
        return f"<html><body>{''.join(lines)}</body></html>"

    def just(content: str) -> str:
        found = justext.justext(marked_up(content).encode(), stopwords, encoding="utf-8")
        return "\n\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    def readable(content: str) -> str:
        summary = readability.Document(marked_up(content)).summary()
        return flattening.blocks(summary)

    peers: dict[str, Extractor] = {
        "trafilatura": lambda content: trafilatura.extract(marked_up(content)) or "",
        "trafilatura-fast": lambda content: trafilatura.extract(marked_up(content), fast=True) or "",
        "readability": readable,
        "resiliparse": lambda content: extract_plain_text(marked_up(content), main_content=True, alt_texts=False),
        "justext": just,
    }
    return (
        {"unspun": unspun, "keep-all": lambda content: content, "justext": just} if flat else {"unspun": unspun} | peers
    )


def run(cases: list[Case], chosen: dict[str, Extractor], view: str, rounds: int) -> None:
    """Give every page to every extractor, `rounds` times."""
    for case in cases:
        if view != "html":
            case.content = flattening.VIEWS[view](case.content)
    for name, extract in chosen.items():  # what is loaded once is not counted
        attempt(cases[0], name, extract)
    for case in cases:
        case.cpu.clear()
        for _ in range(rounds):
            for name, extract in chosen.items():
                attempt(case, name, extract)


def attempt(case: Case, name: str, extract: Extractor) -> None:
    """One page, one extractor, timed."""
    start = time.process_time()
    try:
        text = extract(case.content)
    except Exception as error:  # a peer that fails on a page must not end the run
        text = ""
        case.failures[name] = f"{type(error).__name__}: {str(error)[:80]}"
    spent = 1000 * (time.process_time() - start)
    case.texts[name] = text
    case.cpu[name] = min(spent, case.cpu.get(name, spent))


def table(cases: list[Case], names: list[str], heading: str, flat: bool) -> Table:
    """One row an extractor: F1 with its interval, P and R in both measures, CPU a page."""
    shown = Table(box=None, pad_edge=False, title=heading, title_justify="left")
    columns = ("extractor", "bag F1", "95 %", "P", "R", "shingle F1", "95 %", "P", "R", "CPU ms median", "mean")
    for column in (*columns, *(("line F1",) if flat else ())):
        shown.add_column(column, justify="left" if column == "extractor" else "right")
    for name in names:
        cells = [name]
        for count, average in overlap.MEASURES.values():
            counts = np.array([count(case.texts[name], case.truth) for case in cases], dtype=np.float64)
            precision, recall, _ = average(counts)
            f1, low, high = metrics.bootstrap(
                [case.domain for case in cases], lambda rows, c=counts, a=average: a(c[rows])[2]
            )
            cells += [f"{f1:.4f}", f"{low:.3f}–{high:.3f}", f"{precision:.3f}", f"{recall:.3f}"]
        cpu = [case.cpu[name] for case in cases]
        cells += [f"{np.median(cpu):.2f}", f"{np.mean(cpu):.2f}"]
        if flat:
            cells.append(f"{line_f1(cases, name):.4f}")
        shown.add_row(*cells)
    return shown


def line_f1(cases: list[Case], name: str) -> float:
    """F1 over all lines of all pages together, so that pages of many lines count most."""
    right = kept = true = 0
    for case in cases:
        lines = [" ".join(line.split()) for line in case.content.splitlines() if line.strip()]
        body = line_labels.label_texts(lines, case.truth)
        keeps = line_labels.kept_lines(lines, case.texts[name])
        right += sum(keep and is_body for keep, is_body in zip(keeps, body, strict=True))
        kept, true = kept + sum(keeps), true + sum(body)
    return 2 * right / max(kept + true, 1)


def worst(cases: list[Case], count: int, console: Console) -> None:
    """The pages on which unspun does worst, with the precision and recall of each."""
    scored = []
    for case in cases:
        precision, recall, f1 = overlap.mean_of_f1(
            np.array([overlap.bag(case.texts["unspun"], case.truth)], dtype=np.float64)
        )
        scored.append((f1, case.name, case.kind, precision, recall))
    for f1, page, kind, precision, recall in sorted(scored)[:count]:
        console.print(f"{page} {kind:13} F1 {f1:.3f} P {precision:.3f} R {recall:.3f}")


if __name__ == "__main__":
    main()
