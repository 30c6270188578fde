"""Word vectors of the reference text: what goes beside what, smoothed, and what goes with what topic.

    python -m pipeline.learn.embeddings REFERENCE.tsv.gz…

Both are truncated singular value decompositions of positive pointwise mutual information (Levy and Goldberg 2014;
Bullinaria and Levy 2012), kept as 8-bit integers. Counting is `associations`'; run that first.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd

from pipeline import model_store
from pipeline.detect import associations
from pipeline.detect.embeddings import NAME, OFFSETS
from pipeline.learn.associations import BREAK, read
from pipeline.learn.digests import digests, versions

WORDS, CONTEXTS = 40_000, 8_000
DIMENSIONS, TOPICS = 64, 48
REACH = 5
"""Content words on either side that make a word's topic."""
SMOOTHING = 0.75
SEED = 0
Sparse = Any


def beside(ids: NDArray[np.int64], weights: NDArray[np.float32]) -> Sparse:
    """(WORDS, 4 × CONTEXTS): how often each word has each context word at each of OFFSETS."""
    blocks = []
    for offset in OFFSETS:
        here, there = ids[max(0, -offset) : len(ids) - max(0, offset)], ids[max(0, offset) : len(ids) + min(0, offset)]
        kept = (here > 0) & (here < WORDS) & (there > 0) & (there < CONTEXTS)
        weight = weights[: len(here)][kept]
        blocks.append(sparse.csr_matrix((weight, (here[kept], there[kept])), shape=(WORDS, CONTEXTS)))
    return sparse.hstack(blocks, format="csr")


def around(ids: NDArray[np.int64], weights: NDArray[np.float32]) -> Sparse:
    """(WORDS, WORDS): how often two content words stand within REACH of each other."""
    total: Sparse = sparse.csr_matrix((WORDS, WORDS), dtype=np.float32)
    for offset in range(1, REACH + 1):
        here, there, weight = ids[:-offset], ids[offset:], weights[:-offset]
        kept = (here > 0) & (here < WORDS) & (there > 0) & (there < WORDS)
        total = total + sparse.csr_matrix((weight[kept], (here[kept], there[kept])), shape=(WORDS, WORDS))
    return (total + total.T).tocsr()


def ppmi(counts: Sparse) -> Sparse:
    """Positive pointwise mutual information of counts of at least 2, the contexts' shares smoothed."""
    counts = counts.tocoo()
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = np.asarray(counts.sum(axis=0)).ravel() ** SMOOTHING
    share = contexts / contexts.sum()
    value = np.log(counts.data / (words[counts.row] * share[counts.col]) + 1e-9)
    kept = (value > 0) & (counts.data >= 2)
    made = sparse.csr_matrix((value[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape)
    return made.astype(np.float32)


def factors(matrix: Sparse, dimensions: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vectors of rows and of columns whose products approximate `matrix`."""
    u, s, v = randomized_svd(matrix, dimensions, n_iter=3, random_state=SEED)
    root = np.sqrt(s)
    return (u * root).astype(np.float32), (v.T * root).astype(np.float32)


def small(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], np.float32]:
    """8-bit integers and the step between them; the outermost 1 in 2,000 values are clipped."""
    step = np.float32(np.quantile(np.abs(vectors), 0.9995) / 127)
    return np.clip(np.round(vectors / step), -127, 127).astype(np.int8), step


def arrays_of(ids: NDArray[np.int64], weights: NDArray[np.float32], content: NDArray[np.bool_]) -> dict[str, Any]:
    """The model's arrays. `content` says which ids are content words."""
    words, contexts = factors(ppmi(beside(ids, weights)), DIMENSIONS)
    told = content[ids] | (ids == BREAK)
    topics, _ = factors(ppmi(around(ids[told], weights[told])), TOPICS)
    topics /= np.linalg.norm(topics, axis=1, keepdims=True) + 1e-6
    made: dict[str, Any] = {}
    for name, vectors in (("words", words), ("contexts", contexts), ("topics", topics)):
        made[name], made[f"{name}_step"] = small(vectors)
    return made


def main() -> None:
    """Count, factorise and save."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    if not paths:
        raise SystemExit(__doc__)
    table = associations.load()
    names, sequence, weights = read(paths)
    of_word = np.append(table.encode(names), BREAK)
    content = np.append(table.is_word & ~table.is_function, False)
    content[0] = False
    made = arrays_of(of_word[sequence], weights.astype(np.float32), content)
    model_store.save(
        NAME,
        "1.0.0",
        made,
        {"words": WORDS, "contexts": CONTEXTS, "dimensions": DIMENSIONS, "topics": TOPICS},
        features=[],
        data=digests(paths),
        libraries=versions("numpy", "scipy", "scikit-learn"),
        seed=SEED,
    )


if __name__ == "__main__":
    main()
