"""Builds the inflated-connectors lexicon: the long ways of saying "and", and how often health writers use them.

python -m pipeline.learn.inflated_connectors REFERENCE.tsv.gz…
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.detect.matchers import FOLDER, rows
from pipeline.learn import reference

CONNECTORS = Path(__file__).parent / "connectors.tsv"
LEXICON = FOLDER / "inflated-connectors.tsv"
MOST_PER_MILLION = 1000.0
"""A phrase that health writers use oftener than this tells nothing about one page."""


def main() -> None:
    """Write the lexicon."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        raise SystemExit(__doc__)
    plain = {row["phrase"]: row["plain"] for row in rows(CONNECTORS)}
    seen, words = reference.counts(paths, plain)
    rate = {phrase: 1e6 * seen[phrase] / words for phrase in plain}
    kept = {phrase: rate[phrase] for phrase in plain if rate[phrase] <= MOST_PER_MILLION}
    LEXICON.write_text(
        "# provenance: made by pipeline/learn/inflated_connectors.py from connectors.tsv; per_million is the rate in"
        f" the reference text ({words:,} words, docs/datasets.md)\n# licence: Apache-2.0\nphrase\tplain\tper_million\n"
        + "".join(f"{phrase}\t{plain[phrase]}\t{rate:.2f}\n" for phrase, rate in sorted(kept.items())),
        encoding="utf-8",
    )
    print(f"{len(plain)} connectors, {len(kept)} rare enough to tell")


if __name__ == "__main__":
    main()
