"""What the fetched language model says of whole pages, and what that costs. For whoever builds the deep tier.

    unspun models fetch deep
    python benchmarks/deep.py PAGE_OR_FOLDER…

Prints a row a page: seconds of wall clock for 1,000 words, and the document features that tell a spinner (surprise in
content words that have a likelier synonym) from awkward English (surprise in function words). Nats.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.clean import Cleaner
from pipeline.detect import language_model, spin_models
from pipeline.detect.company import Company
from pipeline.detect.deep_document_features import DEEP_DOCUMENT_FEATURES, deep_document_features
from pipeline.detect.deep_word_features import DeepWords
from pipeline.detect.matchers import normalise
from pipeline.detect.word_features import WordFeatures
from pipeline.ingest import decode, read
from pipeline.settings import Settings

SHOWN = ("surprisal", "content surprisal", "function surprisal", "gain", "gain less function surprisal")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    paths = parser.parse_args().paths
    lacking = language_model.missing()
    if lacking:
        sys.exit(lacking)
    settings = Settings()
    cleaner, models, runtime = Cleaner(settings.limits), spin_models.load(), language_model.load()
    shown = Table(box=None, pad_edge=False)
    for column in ("page", "words", "s per 1,000 words", *SHOWN):
        shown.add_column(column, justify="left" if column == "page" else "right", no_wrap=column == "page")
    for raw in read(paths, settings):
        if raw.failure:
            continue
        text = cleaner.clean(decode(raw, settings.limits)).text
        company = Company.of(models.table, models.vectors, text, normalise(text))
        start = time.perf_counter()
        deep = DeepWords.of(company, models.thesaurus, runtime)
        seconds = time.perf_counter() - start
        features = WordFeatures.of(company, models.thesaurus, models.judge.ranker)
        row = dict(zip(DEEP_DOCUMENT_FEATURES, deep_document_features(features, deep).tolist(), strict=True))
        words = int(company.is_word.sum())
        cost = f"{1000 * seconds / max(words, 1):.2f}"
        shown.add_row(Path(raw.source).name[:28], str(words), cost, *(f"{row[name]:.2f}" for name in SHOWN))
    Console(highlight=False).print(shown)


if __name__ == "__main__":
    main()
