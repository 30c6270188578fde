"""Builds the tortured-phrases lexicon: fixed terms of health English rendered word by word.

Every combination of a term's alternatives (fixed_terms.tsv) is a candidate. It is kept only when the reference text
never uses it: what a health writer has ever written in 20 million words is not evidence of a spinner.

    python -m pipeline.learn.tortured_phrases REFERENCE.tsv.gz…
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from pipeline.detect.matchers import FOLDER, rows
from pipeline.learn import reference

TERMS = Path(__file__).parent / "fixed_terms.tsv"
LEXICON = FOLDER / "tortured-phrases.tsv"
LONGEST = 6


def candidates() -> dict[str, list[str]]:
    """Rendered phrase → the terms it may stand for."""
    found: dict[str, list[str]] = {}
    for row in rows(TERMS):
        term, groups = row["term"], row["alternatives"].split(" / ")
        words = term.split()
        if len(groups) not in (1, len(words)):
            raise SystemExit(f"{TERMS}: {term!r} has {len(words)} words and {len(groups)} groups")
        options = [group.split("|") for group in groups]
        if len(groups) == len(words) > 1:
            options = [[*group, word] for group, word in zip(options, words, strict=True)]
        for parts in itertools.product(*options):
            phrase = " ".join(parts)
            if phrase != term and len(phrase.split()) <= LONGEST and term not in found.setdefault(phrase, []):
                found[phrase].append(term)
    return {phrase: originals for phrase, originals in found.items() if originals}


def main() -> None:
    """Write the lexicon."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        raise SystemExit(__doc__)
    found = candidates()
    terms = {term for originals in found.values() for term in originals}
    seen, words = reference.counts(paths, set(found) | terms)
    kept = {
        phrase: sorted(originals, key=lambda t: -seen[t]) for phrase, originals in found.items() if not seen[phrase]
    }
    LEXICON.write_text(
        "# provenance: made by pipeline/learn/tortured_phrases.py from fixed_terms.tsv; phrases that the reference text"
        f" ({words:,} words, docs/datasets.md) uses even once are left out\n# licence: Apache-2.0\n"
        "phrase\toriginals\tcount_of_original\n"
        + "".join(f"{phrase}\t{'|'.join(terms)}\t{seen[terms[0]]}\n" for phrase, terms in sorted(kept.items())),
        encoding="utf-8",
    )
    print(f"{len(found)} candidates, {len(kept)} kept, {len(found) - len(kept)} used in the reference text")


if __name__ == "__main__":
    main()
