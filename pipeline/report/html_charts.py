"""The charts of the HTML report: inline SVG, with a text alternative and a table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import AXES
from pipeline.report.tally import BINS, VERDICTS, Tally

_WIDTH, _BAR = 320, 20
_BIN, _HEIGHT, _TOP, _BOTTOM = 15, 64, 14, 16
_WIDE = 100
"""Numbers from here on are wider than a bar: only the highest is written, all are in the table."""


def verdicts(tally: Tally) -> str:
    """One bar, divided by verdict, and its legend."""
    parts, at = [], 0.0
    for verdict in VERDICTS:
        width = _WIDTH * tally.verdicts[verdict] / max(1, tally.pages)
        if width:
            parts.append(
                f'<rect class="{verdict}" x="{at:.1f}" y="0" width="{max(1.0, width - 1):.1f}" height="{_BAR}"/>'
            )
        at += width
    legend = "".join(
        f'<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="{verdict}" width="10" height="10" rx="2"/></svg>'
        f'<span>{verdict.capitalize()}</span><span class="num">{tally.verdicts[verdict]:,}</span></li>'
        for verdict in VERDICTS
    )
    label = f"Pages by verdict: {tally.verdict_words() or 'none'}"
    return (
        f'<svg class="stack" viewBox="0 0 {_WIDTH} {_BAR}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
        f'<ul class="legend">{legend}</ul>'
    )


def histogram(axis: str, counts: Sequence[int]) -> str:
    """How many pages have which score on one axis. The height is linear; a count of one still shows."""
    most = max(max(counts), 1)
    bars = []
    for index, pages in enumerate(counts):
        if not pages:
            continue
        height = max(1.5, _HEIGHT * pages / most)
        x, y = index * _BIN, _TOP + _HEIGHT - height
        bars.append(f'<rect class="hist" x="{x + 1}" y="{y:.1f}" width="{_BIN - 2}" height="{height:.1f}"/>')
        if most < _WIDE or pages == most:
            bars.append(f'<text x="{x + _BIN / 2}" y="{y - 3:.1f}" text-anchor="middle">{_brief(pages)}</text>')
    width, base = _BIN * BINS, _TOP + _HEIGHT
    high = sum(counts[BINS // 2 :])
    return (
        f'<div class="{axis}"><h3>{axis.capitalize()}</h3>'
        f'<svg viewBox="0 0 {width} {base + _BOTTOM}" role="img" '
        f'aria-label="{axis.capitalize()} scores: {high:,} of {sum(counts):,} pages at 0.5 or more">{"".join(bars)}'
        f'<line class="base" x1="0" y1="{base}" x2="{width}" y2="{base}"/>'
        f'<text x="0" y="{base + 13}">0</text><text x="{width / 2}" y="{base + 13}" text-anchor="middle">0.5</text>'
        f'<text x="{width}" y="{base + 13}" text-anchor="end">1</text></svg></div>'
    )


def numbers(tally: Tally) -> str:
    """Both charts as a table."""
    heads = "".join(f'<th scope="col" class="num">{axis.capitalize()}</th>' for axis in AXES)
    rows = "".join(
        f'<tr><th scope="row">{index / BINS:.1f} to {(index + 1) / BINS:.1f}</th>'
        + "".join(f'<td class="num">{tally.scores[axis][index]:,}</td>' for axis in AXES)
        + "</tr>"
        for index in range(BINS)
    )
    return f'<table><thead><tr><th scope="col">Score</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _brief(number: int) -> str:
    return f"{number / 1000:.1f}k" if number >= 1000 else str(number)
