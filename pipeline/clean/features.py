"""Lines → the matrix the classifier reads: text, place on the page, neighbours, and markup where there is any.

What a page without tags has comes first, what only tags say after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.boxes import BOX, Around, NameWeights, around, box_features
from pipeline.clean.head import PAGE_KIND
from pipeline.clean.lines import Line, Lines
from pipeline.clean.text_features import TEXT, Lexicon, Matrix, text_features
from pipeline.clean.vocabulary import GROUPS

LONG_WORDS = 15
"""Words from which a line counts as long: most errors of line classifiers are on lines under ten words."""
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
WINDOWS = (2, 6)
KINDS = {"paragraph": 0, "heading": 1, "list_item": 2, "quote": 3, "table": 4, "caption": 5}
ZONES = {"body": 0, "nav": 1, "header": 2, "footer": 3, "sidebar": 4, "comments": 5, "form": 6, "other": 7}
NAMES = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dd", "dt", "blockquote", "pre", "section",
    "article",
]  # fmt: skip
NAME_CODES = {name: at for at, name in enumerate(NAMES)}
OTHER_NAME = 20

PAGE = [
    "position", "chars_before", "from_start", "from_end", "page_lines", "page_long", "page_chars", "page_length",
    "repeats", "long_before", "long_after", "gap_before", "gap_after", "short_run",
    "head_weight", "head_low", "head_gap", "head_chars",
]  # fmt: skip
MARKUP = [
    "name", "kind", "zone", "depth", "link_density", "links", "listed", "in_table", "in_form", "in_article",
    "page_link_density", "since_h1", "same_box_before", "same_box_after", *(f"class_{group}" for group in GROUPS), *BOX,
    *(f"link_density{shift:+d}" for shift in NEIGHBOURS), *(f"link_density~{window}" for window in WINDOWS), *PAGE_KIND,
]  # fmt: skip
SHIFTED = ["chars", "ends_stop", "stopwords", "weight_mean", "capitalised"]
SHARED = [
    *TEXT,
    *PAGE,
    *(f"{name}{shift:+d}" for shift in NEIGHBOURS for name in SHIFTED),
    *(f"{name}~{window}" for window in WINDOWS for name in SHIFTED),
]
"""What every page has."""
FEATURES = [*SHARED, *MARKUP]
"""What a page with tags has."""


@dataclass(frozen=True)
class Weights:
    """What was learnt of words and of names of boxes."""

    words: Lexicon
    names: NameWeights


@dataclass(frozen=True)
class Described:
    """The lines of a page as numbers: `x` (n_lines, len(FEATURES)), of a page without tags (n_lines, len(SHARED))."""

    x: Matrix
    near: Around | None


def describe(page: Lines, weights: Weights) -> Described:
    """The features of all lines of a page, which must have at least one."""
    lines = page.lines
    text = text_features(lines, weights.words)
    around_text = page_features(lines, text)
    shifted = text[:, [TEXT.index(name) for name in SHIFTED]]
    shared = [text, around_text, *neighbours(shifted)]
    if lines[0].tags is None:
        return Described(np.concatenate(shared, axis=1, dtype=np.float32), None)
    near = around(page.boxes, np.array([line.tags.box for line in lines if line.tags], dtype=np.intp))
    return Described(
        np.concatenate([*shared, markup_features(page, near, weights.names)], axis=1, dtype=np.float32), near
    )


def page_features(lines: list[Line], text: Matrix) -> Matrix:
    """Where each line stands, and among what."""
    n = len(lines)
    out = np.zeros((n, len(PAGE)), dtype=np.float32)
    index = np.arange(n)
    chars = np.expm1(text[:, 0])
    long = (np.expm1(text[:, 1]) >= LONG_WORDS) & (text[:, TEXT.index("stopwords")] > 0.15)
    total = max(float(chars.sum()), 1.0)
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.text] = counts.get(line.text, 0) + 1
    before: NDArray[np.int64] = np.cumsum(long) - long
    last_long = np.maximum.accumulate(np.where(long, index, -1))
    next_long = np.minimum.accumulate(np.where(long, index, n)[::-1])[::-1]
    out[:, 0] = index / max(n - 1, 1)
    out[:, 1] = (np.cumsum(chars) - chars) / total
    out[:, 2] = np.minimum(index, 50)
    out[:, 3] = np.minimum(n - 1 - index, 50)
    out[:, 4] = np.log1p(n)
    out[:, 5] = long.mean()
    out[:, 6] = np.log1p(total)
    out[:, 7] = np.log1p(total / n)
    out[:, 8] = [min(counts[line.text], 9) for line in lines]
    out[:, 9] = before / max(long.sum(), 1)
    out[:, 10] = 1 - (before + long) / max(long.sum(), 1)
    out[:, 11] = np.minimum(np.where(last_long < 0, 60, index - last_long), 60)
    out[:, 12] = np.minimum(np.where(next_long >= n, 60, next_long - index), 60)
    out[:, 13] = np.minimum(next_long - last_long, 60)
    out[:, 14:] = headings_above(lines, text)
    return out


def headings_above(lines: list[Line], text: Matrix) -> Matrix:
    """Of the nearest heading above each line: its words' mean and least weight, how far up it is, its length."""
    n = len(lines)
    index = np.arange(n)
    is_heading = np.fromiter((line.kind == "heading" for line in lines), dtype=np.bool_, count=n)
    last = np.maximum.accumulate(np.where(is_heading, index, -1))
    above = np.maximum(last, 0)
    none = last < 0
    mean, least = TEXT.index("weight_mean"), TEXT.index("weight_min")
    columns = [
        np.where(none, 0, text[above, mean]),
        np.where(none, 0, text[above, least]),
        np.where(none, 60, np.minimum(index - last, 60)),
        np.where(none, 0, text[above, 0]),
    ]
    return np.stack(columns, axis=1)


def markup_features(page: Lines, near: Around, weights: NameWeights) -> Matrix:
    """(n_lines, len(MARKUP)): what the markup of a page says."""
    lines = page.lines
    n = len(lines)
    tags = [line.tags for line in lines if line.tags]
    chars = np.fromiter((len(line.text) for line in lines), dtype=np.float64, count=n)
    linked = np.minimum(np.fromiter((tag.link_chars for tag in tags), dtype=np.float64, count=n), chars)
    density = linked / chars
    rows = [
        (
            NAME_CODES.get(tag.name, OTHER_NAME), KINDS[line.kind], ZONES[line.zone], tag.depth, 0, tag.links,
            tag.listed > 0, tag.in_table > 0, tag.in_form > 0, tag.in_article > 0,
        )
        for tag, line in zip(tags, lines, strict=True)
    ]  # fmt: skip
    own = np.array(rows, dtype=np.float32)
    own[:, 4] = density
    first_h1 = next((at for at, tag in enumerate(tags) if tag.name == "h1"), None)
    since = np.full(n, np.nan) if first_h1 is None else np.clip(np.arange(n) - first_h1, -40, 200)
    same = (near.up[1][1:] == near.up[1][:-1]).astype(np.float32)
    context = [
        np.full(n, linked.sum() / chars.sum()), since, np.concatenate([[0], same]), np.concatenate([same, [0]])
    ]  # fmt: skip
    bits = np.fromiter((tag.words for tag in tags), dtype=np.int64, count=n)
    classes = (bits[:, None] >> np.arange(len(GROUPS))) & 1
    prose = np.where((chars > 60) & (density < 0.5), chars - linked, 0)
    boxes = box_features(page.boxes, near, chars, linked, prose, weights)
    kind = np.tile(np.array(page.kind, dtype=np.float32), (n, 1))
    densities = neighbours(density[:, None].astype(np.float32))
    return np.concatenate([own, np.stack(context, axis=1), classes, boxes, *densities, kind], axis=1, dtype=np.float32)


def neighbours(columns: Matrix) -> list[Matrix]:
    """`columns` shifted by each of NEIGHBOURS (0 beyond the page), then their means over each of WINDOWS."""
    n = len(columns)
    reach = max(max(NEIGHBOURS), max(WINDOWS))
    padded = np.zeros((n + 2 * reach, columns.shape[1]), dtype=np.float32)
    padded[reach : reach + n] = columns
    out = [padded[reach + shift : reach + shift + n] for shift in NEIGHBOURS]
    sums = np.concatenate([np.zeros((1, columns.shape[1])), np.cumsum(padded, axis=0, dtype=np.float64)])
    for window in WINDOWS:
        low, high = reach - window, reach + window + 1
        out.append(((sums[high : high + n] - sums[low : low + n]) / (2 * window + 1)).astype(np.float32))
    return out
