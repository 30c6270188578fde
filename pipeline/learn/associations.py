"""Counts the company that words keep in the reference text, and ships it as one compact table.

    python -m pipeline.learn.associations REFERENCE.tsv.gz… WCXB-FOLDER

Documents of the permissive reference that `reference.kept_out` names are not counted: training text comes from them,
and a word pair that was counted in the very sentence it is looked up for would teach nothing.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline import model_store
from pipeline.detect.associations import GRAMS, LEVELS, NAME, PAIR, SKIP, TRIGRAM, keys
from pipeline.detect.matchers import normalise
from pipeline.detect.tokens import tokens
from pipeline.learn import gram_filter
from pipeline.learn.digests import digests, versions
from pipeline.learn.paragraphs import kept_out, paragraphs

WEIGHTS = {"consumer": 4, "textbook": 4, "professional": 1, "general": 2}
"""How much a word of each register counts: three quarters of the reference are trial reports, which patients' pages are
not written like. "general" is what people write on the web about anything."""
LEAST_WORD = 5.0
MOST_WORDS = 60_000
LEAST = {PAIR: 1.0, SKIP: 2.0, TRIGRAM: 2.0}
"""Weighted counts from which on n-grams are kept; a trial report's only skip pair or trigram is not."""
BREAK = -1

Counted = tuple[NDArray[np.uint64], NDArray[np.float64]]


def read(paths: Iterable[Path]) -> tuple[list[str], NDArray[np.int32], NDArray[np.int8]]:
    """Words in order of appearance; the text as their numbers, paragraphs parted by -1; the weight of each place."""
    ids: dict[str, int] = {}
    sequence, weights = array("i"), array("b")
    for path in paths:
        for paragraph in paragraphs(path):
            if kept_out(paragraph):
                continue
            weight = WEIGHTS[paragraph.register]
            sequence.append(BREAK)
            words, _ = tokens(normalise(paragraph.text))
            sequence.extend(ids.setdefault(word, len(ids)) for word in words)
            weights.extend([weight] * (len(words) + 1))
    return list(ids), np.frombuffer(sequence, dtype=np.int32), np.frombuffer(weights, dtype=np.int8)


def vocabulary(
    words: list[str], sequence: NDArray[np.int32], weights: NDArray[np.int8]
) -> tuple[list[str], NDArray[np.float32], NDArray[np.int64]]:
    """Kept words, commonest first; their weighted counts from id 1 on; the text in ids, 0 for all that is not kept."""
    inside = sequence != BREAK
    counts = np.bincount(sequence[inside], weights=weights[inside])
    order = np.argsort(-counts, kind="stable")[:MOST_WORDS]
    order = order[counts[order] >= LEAST_WORD]
    ids = np.zeros(len(counts) + 1, dtype=np.int64)
    ids[order] = np.arange(1, len(order) + 1)
    kept = np.concatenate([[0.0], counts[order]]).astype(np.float32)
    return [words[number] for number in order], kept, ids[sequence]


def gram_counts(kind: int, ids: NDArray[np.int64], broken: NDArray[np.bool_], weights: NDArray[np.int8]) -> Counted:
    """Keys and weighted counts of one kind of n-gram; none crosses a paragraph or holds an unknown word."""
    if kind == PAIR:
        parts = [ids[:-1], ids[1:]]
    elif kind == SKIP:
        parts = [np.where(broken[1:-1], 0, ids[:-2]), ids[2:]]
    else:
        parts = [ids[:-2], ids[1:-1], ids[2:]]
    there = np.logical_and.reduce([part > 0 for part in parts])
    made = keys(kind, *(part[there] for part in parts))
    order = np.argsort(made, kind="stable")
    made, counted = made[order], weights[: len(there)][there][order].astype(np.float64)
    first = np.flatnonzero(np.concatenate([[True], made[1:] != made[:-1]]))
    return made[first], np.add.reduceat(counted, first)


def main() -> None:
    """Count and save."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        raise SystemExit(__doc__)
    words, sequence, weights = read(paths)
    broken = sequence == BREAK
    kept, counts, ids = vocabulary(words, sequence, weights)
    found_keys, found_counts = [], []
    metrics: dict[str, object] = {"words read": int((~broken).sum()), "vocabulary": len(kept)}
    for kind, name in ((PAIR, "pairs"), (SKIP, "skip pairs"), (TRIGRAM, "trigrams")):
        made, counted = gram_counts(kind, ids, broken, weights)
        enough = counted >= LEAST[kind]
        found_keys.append(made[enough])
        found_counts.append(counted[enough])
        metrics[name] = f"{int(enough.sum())} kept of {len(made)}"
    cells = gram_filter.build(np.concatenate(found_keys), np.concatenate(found_counts))
    folder = model_store.save(
        NAME,
        "1.0.0",
        {"words": np.frombuffer("\n".join(kept).encode(), dtype=np.uint8), "counts": counts},
        metrics,
        mapped={GRAMS: cells},
        features=[],
        data=digests(paths),
        libraries=versions("numpy"),
        seed=0,
        parameters={"levels": [float(level) for level in LEVELS], "weights": WEIGHTS},
    )
    print(folder, metrics)


if __name__ == "__main__":
    main()
