"""Numbers → columns drawn in SVG: shapes with attributes and classes, no style, no script. The template prints them,
and beside each picture the table that it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, BOTTOM = 640, 150, 18, 20
MOST_LABELS = 12
GAP = 0.25
"""Of a column's place, left free."""
LETTER = 6.0
"""Width of a letter of the labels, about."""
LEAST = 1.5
"""Height of a count that is not zero: one of ten thousand still shows."""


@dataclass(frozen=True)
class Series:
    """One kind of number, a value a column. `kind` is the class that colours it, `name` what it is called."""

    kind: str
    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Bar:
    """A rectangle."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Label:
    """Words at a place; `anchor` is the text-anchor of SVG."""

    x: str
    y: str
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """A picture and its table. `alt` says in words what it shows."""

    name: str
    head: str
    alt: str
    series: Sequence[Series]
    bars: list[Bar]
    labels: list[Label]
    rows: list[tuple[str, list[int]]]
    box: str = f"0 0 {WIDTH} {TOP + HEIGHT + BOTTOM}"
    base: int = TOP + HEIGHT
    width: int = WIDTH


def columns(
    name: str, head: str, alt: str, places: Sequence[str], series: Sequence[Series], *, stacked: bool = False
) -> Chart:
    """A column for each of `places`; the series beside each other, or on top of each other.

    Each series has as many values as there are places. The height is linear in the value.
    """
    heights = [[one.values[i] for one in series] for i in range(len(places))]
    most = max((sum(values) if stacked else max(values, default=0) for values in heights), default=0) or 1
    place = WIDTH / max(1, len(places))
    inner = place * (1 - GAP)
    width = inner if stacked else inner / max(1, len(series))
    bars, labels = [], []
    for i, values in enumerate(heights):
        left, up = i * place + place * GAP / 2, 0.0
        for j, value in enumerate(values):
            if not value:
                continue
            height = max(LEAST, HEIGHT * value / most)
            x, y = (left, TOP + HEIGHT - up - height) if stacked else (left + j * width, TOP + HEIGHT - height)
            bars.append(Bar(series[j].kind, f"{x:.1f}", f"{y:.1f}", f"{max(width - 0.5, 0.5):.1f}", f"{height:.1f}"))
            up += height
        total = sum(values) if stacked else max(values, default=0)
        if total and len(places) <= MOST_LABELS:
            top = up if stacked else max(LEAST, HEIGHT * total / most)
            labels.append(Label(f"{left + inner / 2:.1f}", f"{TOP + HEIGHT - top - 4:.1f}", f"{total:,}"))
    step = -(-len(places) // MOST_LABELS) or 1
    named = range(0, len(places), step)
    labels += [_below(places[i], i * place + place / 2) for i in named]
    if len(places) > MOST_LABELS:
        labels.append(Label("0", f"{TOP - 6}", f"up to {most:,}", "start"))
    return Chart(name, head, alt, series, bars, labels, [(words, heights[i]) for i, words in enumerate(places)])


def _below(words: str, x: float) -> Label:
    """The name of a column under its middle, moved in where it would reach over an edge."""
    half = len(words) * LETTER / 2
    anchor = "start" if x < half else "end" if x > WIDTH - half else "middle"
    at = {"start": 0.0, "end": float(WIDTH), "middle": x}[anchor]
    return Label(f"{at:.1f}", f"{TOP + HEIGHT + 14}", words, anchor)
