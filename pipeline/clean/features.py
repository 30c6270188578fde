"""Lines → the matrix the classifier reads: text, place on the page, neighbours, and markup where there is any.

Markup features are NaN for flattened text: one model serves both inputs.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.clean.lines import Line
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
]  # fmt: skip
MARKUP = [
    "name", "kind", "zone", "depth", "link_density", "links", "listed", "in_table", "in_form", "in_article",
    "share_0", "share_1", "share_2", "share_3", "linked_1", "linked_2", "crowd_1", "page_link_density",
    *(f"class_{group}" for group in GROUPS),
]  # fmt: skip
SHIFTED = ["chars", "ends_stop", "stopwords", "weight_mean", "capitalised", "link_density"]
SAME_BOX = ["same_box_before", "same_box_after"]
FEATURES = [
    *TEXT,
    *PAGE,
    *MARKUP,
    *SAME_BOX,
    *(f"{name}{shift:+d}" for shift in NEIGHBOURS for name in SHIFTED),
    *(f"{name}~{window}" for window in WINDOWS for name in SHIFTED),
]


def matrix(lines: list[Line], lexicon: Lexicon) -> Matrix:
    """(n_lines, len(FEATURES)) float32, for at least one line."""
    text = text_features(lines, lexicon)
    page = page_features(lines, text)
    markup, boxes = markup_features(lines)
    columns = {
        **{name: text[:, at] for at, name in enumerate(TEXT)},
        "link_density": markup[:, MARKUP.index("link_density")],
    }
    shifted = np.stack([columns[name] for name in SHIFTED], axis=1)
    return np.concatenate([text, page, markup, boxes, *neighbours(shifted)], axis=1, dtype=np.float32)


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
    return out


def markup_features(lines: list[Line]) -> tuple[Matrix, Matrix]:
    """What the markup says (NaN for a flattened page), and whether the neighbours stand in the same box."""
    n = len(lines)
    if not lines or lines[0].tags is None:
        return np.full((n, len(MARKUP)), np.nan, np.float32), np.full((n, 2), np.nan, np.float32)
    tags = [line.tags for line in lines if line.tags]
    rows = [
        (
            NAME_CODES.get(tag.name, OTHER_NAME), KINDS[line.kind], ZONES[line.zone], tag.depth,
            tag.link_chars / len(line.text), tag.links, tag.listed > 0, tag.in_table > 0, tag.in_form > 0,
            tag.in_article > 0,
        )
        for tag, line in zip(tags, lines, strict=True)
    ]  # fmt: skip
    own = np.array(rows, dtype=np.float32)
    boxes = np.fromiter(chain.from_iterable(tag.containers for tag in tags), dtype=np.int64, count=4 * n).reshape(n, 4)
    chars = np.fromiter((len(line.text) for line in lines), dtype=np.float64, count=n)
    linked = own[:, 4] * chars
    prose = np.where((chars > 60) & (own[:, 4] < 0.5), chars - linked, 0)
    total = max(prose.sum(), 1.0)
    size = int(boxes.max()) + 1
    shares = [np.bincount(boxes[:, level], prose, size)[boxes[:, level]] / total for level in range(4)]
    weight = [np.bincount(boxes[:, level], chars, size)[boxes[:, level]] for level in (1, 2)]
    links = [np.bincount(boxes[:, level], linked, size)[boxes[:, level]] for level in (1, 2)]
    crowd = np.log1p(np.bincount(boxes[:, 1], minlength=size)[boxes[:, 1]])
    context = [*shares, links[0] / weight[0], links[1] / weight[1], crowd, np.full(n, linked.sum() / chars.sum())]
    bits = np.fromiter((tag.words for tag in tags), dtype=np.int64, count=n)
    classes = (bits[:, None] >> np.arange(len(GROUPS))) & 1
    same = (boxes[1:, 1] == boxes[:-1, 1]).astype(np.float32)
    around = np.stack([np.concatenate([[0], same]), np.concatenate([same, [0]])], axis=1).astype(np.float32)
    return np.concatenate([own, np.stack(context, axis=1), classes], axis=1, dtype=np.float32), around


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
