"""What the boxes around a line say of it: the block elements of the page, their class words, their content, their like.

All is computed once a box from running sums over the page's lines (a box holds a range of them), then looked up for
each line. No class name is known by heart beside vocabulary.tsv: weights of names are learnt (`NameWeights`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.lines import Boxes
from pipeline.clean.text_features import Matrix, side_by_side

Values = NDArray[np.float64]
LEVELS = 5
"""Boxes around a line that are described one by one, innermost first."""
MAIN_SHARES = (0.5, 0.8, 0.95)
"""Shares of the page's prose: the smallest box that holds so much is taken for the main one, as readability does."""
ALIKE = 3
"""Neighbours of one name in one box from which they count as items of a list."""
REACH = 60
NAME_PART = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
MAX_NAME, MAX_NAMES, MAX_KNOWN = 60, 12, 20_000
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
        self.known: dict[str, dict[str, float]] = {}
        self.keys: dict[str, float] = {}

    def of(self, key: str) -> float:
        """The mean weight of the known words of a box key, the telling ones counting more; 0 for none known."""
        found = self.keys.get(key)
        if found is None:
            if len(self.keys) >= MAX_KNOWN:
                self.keys.clear()
            found = self.keys[key] = self.mean(key)
        return found

    def mean(self, key: str) -> float:
        """The same, not looked up."""
        name, *names = key.split(None, MAX_NAMES + 1)[: MAX_NAMES + 1]
        element = f"<{name}>"
        found = {element: self.weights[element]} if element in self.weights else {}
        for written in names:
            known = self.known.get(written)
            if known is None:
                known = self.of_name(written)
            if known:
                found.update(known)
        total = weighted = 0.0
        for value in found.values():
            size = abs(value)
            total += size
            weighted += value * size
        return weighted / total if total else 0.0

    def of_name(self, written: str) -> dict[str, float]:
        """The known words of one name and their weights, remembered: names recur where their combinations do not."""
        found = {word: self.weights[word] for word in parts_of(written) if word in self.weights}
        if len(written) <= MAX_NAME:
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            self.known[written] = found
        return found


def words_of(key: str) -> set[str]:
    """The element name, the names as written, and their parts, of a box key such as ``div post-body entryContent``."""
    name, *names = key.split(None, MAX_NAMES + 1)[: MAX_NAMES + 1]
    return {f"<{name}>"}.union(*map(parts_of, names))


def parts_of(written: str) -> list[str]:
    """The parts of one class name or id, and a name of several parts as it is written, after a dot."""
    written = written[:MAX_NAME]
    parts = [part.lower() for part in NAME_PART.findall(written)]
    return [*parts, "." + written.lower()] if len(parts) > 1 else parts


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
    keys, names = numbered(boxes.key)
    size = len(names)
    code = (keys[up[0]] * size + keys[up[1]]) * size + keys[up[2]]
    return Around(np.stack(up), numbered(code.tolist())[0])


def numbered(values: list[Any]) -> tuple[NDArray[np.intp], list[Any]]:
    """A number for each of `values`, the same for equal ones, and the distinct values by number."""
    distinct = list(dict.fromkeys(values))
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    return np.fromiter(map(numbers.__getitem__, values), dtype=np.intp, count=len(values)), distinct


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
    keys, distinct = numbered(boxes.key)
    own = np.array([weights.of(key) for key in distinct])[keys]
    alike = same_names(boxes.parent, keys, len(distinct))
    names, item = handed_down(boxes.parent, own, alike)
    up = near.up
    items = item[up[0]]
    is_item = items > 0
    index = np.arange(n)
    columns = [
        *share[up], *density[up], *lines[up], *mean[up],
        *own[up[:3]], *(values[up[0]] for values in names),
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
    return side_by_side(columns)


def smallest(wanted: NDArray[np.bool_], count: NDArray[np.int64]) -> int:
    """The wanted box with the fewest lines, the innermost of those; the whole page where none is wanted."""
    if not wanted.any():
        return 0
    at = np.flatnonzero(wanted)
    return int(at[len(at) - 1 - np.argmin(count[at][::-1])])


def same_names(parents: list[int], keys: NDArray[np.intp], size: int) -> NDArray[np.int64]:
    """For each box, how many of the same key, one of `size`, stand in the same box."""
    codes = (np.array(parents) * size + keys).tolist()
    return np.fromiter(map(Counter(codes).__getitem__, codes), dtype=np.int64, count=len(codes))


def handed_down(parents: list[int], own: Values, alike: NDArray[np.int64]) -> tuple[list[Values], NDArray[np.intp]]:
    """Least, greatest and fading sum of the weights of each box and those around it; the item that it stands in.

    Steps double: after n of them each box knows of 2 ** n boxes around it.
    """
    total: list[float] = []
    for outer, weight in zip(parents, own.tolist(), strict=True):
        total.append(weight + 0.8 * total[outer] if total else weight)
    lowest, highest = own, own
    item = np.where(alike >= ALIKE, np.arange(len(parents)), 0)
    item[0] = 0
    above, reached = np.array(parents, dtype=np.intp), False
    while not reached:
        lowest, highest = np.minimum(lowest, lowest[above]), np.maximum(highest, highest[above])
        item = np.maximum(item, item[above])
        reached = not above.any()
        above = above[above]
    return [lowest, highest, np.array(total)], item
