"""What the boxes around a line say of it: the block elements of the page, their class words, their content, their like.

All is computed once a box from running sums over the page's lines (a box holds a range of them), then looked up for
each line. No class name is known by heart beside vocabulary.tsv: weights of names are learnt (`NameWeights`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.lines import Boxes
from pipeline.clean.text_features import Matrix

Values = NDArray[np.float64]
LEVELS = 5
"""Boxes around a line that are described one by one, innermost first."""
MAIN_SHARES = (0.5, 0.8, 0.95)
"""Shares of the page's prose: the smallest box that holds so much is taken for the main one, as readability does."""
ALIKE = 3
"""Neighbours of one name in one box from which they count as items of a list."""
REACH = 60
NAME_PART = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
MAX_NAME, MAX_NAMES = 60, 12
BOX = [
    *(f"prose_{level}" for level in range(LEVELS)),
    *(f"linked_{level}" for level in range(LEVELS)),
    *(f"lines_{level}" for level in range(LEVELS)),
    *(f"mean_{level}" for level in range(LEVELS)),
    "names_0", "names_1", "names_2", "names_min", "names_max", "names_sum",
    *(f"main_{share}" for share in MAIN_SHARES), "main_before", "main_after",
    "alike", "item_lines", "item_chars", "item_linked", "item_prose", "items_chars", "box_at", "boxes",
]  # fmt: skip


class NameWeights:
    """Learnt weights of element names, class and id words: log-odds of body among the characters in such boxes."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        self.known: dict[str, float] = {}

    def of(self, key: str) -> float:
        """The mean weight of the known words of a box key, the telling ones counting more; 0 for none known."""
        found = self.known.get(key)
        if found is None:
            values = [self.weights[word] for word in words_of(key) if word in self.weights]
            total = sum(map(abs, values))
            found = sum(value * abs(value) for value in values) / total if total else 0.0
            if len(self.known) < 20_000:
                self.known[key] = found
        return found


def words_of(key: str) -> set[str]:
    """The element name, the names as written, and their parts, of a box key such as ``div post-body entryContent``."""
    name, *names = key.split(None, MAX_NAMES + 1)[: MAX_NAMES + 1]
    found = {f"<{name}>"}
    for written in names:
        written = written[:MAX_NAME]
        parts = NAME_PART.findall(written)
        found.update(part.lower() for part in parts)
        if len(parts) > 1:
            found.add("." + written.lower())
    return found


@dataclass(frozen=True)
class Around:
    """Boxes around each line: `up[k]` the number of the box k levels up, `shape` what the three innermost look like."""

    up: NDArray[np.intp]
    shape: NDArray[np.intp]


def around(boxes: Boxes, own: NDArray[np.intp]) -> Around:
    """The boxes around each line, of the innermost box `own` of each."""
    parent = np.array(boxes.parent, dtype=np.intp)
    up = [own]
    for _ in range(LEVELS - 1):
        up.append(parent[up[-1]])
    ids: dict[str, int] = {}
    keys = np.array([ids.setdefault(key, len(ids)) for key in boxes.key], dtype=np.int64)
    size = len(ids)
    code = (keys[up[0]] * size + keys[up[1]]) * size + keys[up[2]]
    return Around(np.stack(up), np.unique(code, return_inverse=True)[1])


def box_features(
    boxes: Boxes, near: Around, chars: Values, linked: Values, prose: Values, weights: NameWeights
) -> Matrix:
    """(n_lines, len(BOX)) of the boxes around each line; `chars`, `linked` and `prose` are characters of each line."""
    n, size = len(chars), len(boxes.parent)
    parent = np.array(boxes.parent, dtype=np.intp)
    first, last = np.array(boxes.first), np.array(boxes.last)
    last[0] = n

    def held(values: Values) -> Values:
        sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        return np.asarray(sums[last] - sums[first])

    count = np.maximum(last - first, 1)
    box_chars, box_linked, box_prose = np.maximum(held(chars), 1), held(linked), held(prose)
    share = box_prose / max(float(box_prose[0]), 1.0)
    density, lines, mean = box_linked / box_chars, np.log1p(count), np.log1p(box_chars / count)
    own = [weights.of(key) for key in boxes.key]
    lowest, highest, total = list(own), list(own), list(own)
    alike = same_names(boxes, parent)
    item = [0] * size
    for at in range(1, size):  # a box stands after the one around it
        outer = boxes.parent[at]
        lowest[at] = min(lowest[at], lowest[outer])
        highest[at] = max(highest[at], highest[outer])
        total[at] += 0.8 * total[outer]
        item[at] = at if alike[at] >= ALIKE else item[outer]
    names = np.array([own, lowest, highest, total])
    up = near.up
    items = np.array(item, dtype=np.intp)[up[0]]
    is_item = items > 0
    index = np.arange(n)
    columns = [
        *share[up], *density[up], *lines[up], *mean[up],
        names[0][up[0]], names[0][up[1]], names[0][up[2]], *(names[1:, up[0]]),
    ]  # fmt: skip
    for wanted in MAIN_SHARES:
        main = smallest(share >= wanted, count)
        columns.append((index >= first[main]) & (index < last[main]))
        if wanted == MAIN_SHARES[1]:
            before, after = index - first[main], last[main] - 1 - index
    columns += [
        np.clip(before, -REACH, REACH), np.clip(after, -REACH, REACH),
        np.where(is_item, np.log1p(alike[items]), 0), np.where(is_item, lines[items], 0),
        np.where(is_item, np.log1p(box_chars[items]), 0), np.where(is_item, density[items], 0),
        np.where(is_item, share[items], 0), np.where(is_item, np.log1p(box_chars[parent[items]]), 0),
        (index - first[up[1]]) / count[up[1]], np.full(n, np.log1p(size)),
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def smallest(wanted: NDArray[np.bool_], count: NDArray[np.int64]) -> int:
    """The wanted box with the fewest lines, the innermost of those; the whole page where none is wanted."""
    if not wanted.any():
        return 0
    at = np.flatnonzero(wanted)
    return int(at[len(at) - 1 - np.argmin(count[at][::-1])])


def same_names(boxes: Boxes, parent: NDArray[np.intp]) -> NDArray[np.int64]:
    """For each box, how many of the same key stand in the same box; 1 for those that never count as items."""
    ids: dict[str, int] = {}
    keys = np.array([ids.setdefault(key, len(ids)) for key in boxes.key], dtype=np.int64)
    _, inverse, counts = np.unique(parent * len(ids) + keys, return_inverse=True, return_counts=True)
    return np.asarray(counts[inverse])
