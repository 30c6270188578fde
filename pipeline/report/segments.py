"""Overlapping evidence → consecutive segments of text, each with all the evidence it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.records import Assessment, Block, Evidence


class Segment(NamedTuple):
    """A run of text that one set of evidence covers. `ending` is the part of `evidence` whose span ends here."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    ending: tuple[Evidence, ...] = ()


def strongest_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """By strength; equals in the order of the text, what has no place in it last."""
    return sorted(evidence, key=lambda e: (-e.strength, e.start is None, e.start or 0, e.rule))


def segments(text: str, evidence: Iterable[Evidence], start: int = 0, end: int | None = None) -> Iterator[Segment]:
    """``text[start:end]`` cut wherever evidence starts or ends; joined, the segments are that text again.

    Spans outside the text or empty are passed over, so that a wrong offset cannot cost the page its report.
    """
    end = len(text) if end is None else min(end, len(text))
    opens: dict[int, list[Evidence]] = {}
    closes: dict[int, list[Evidence]] = {}
    for item in evidence:
        if item.start is None or item.end is None:
            continue
        first, last = max(item.start, start), min(item.end, end)
        if first < last:
            opens.setdefault(first, []).append(item)
            closes.setdefault(last, []).append(item)
    active: list[Evidence] = []
    at = start
    for cut in sorted({*opens, *closes, end}):
        if at < cut:
            ending = closes.get(cut, ())
            yield Segment(text[at:cut], tuple(active), tuple(e for e in active if any(e is other for other in ending)))
            at = cut
        for item in closes.get(cut, ()):
            active = [other for other in active if other is not item]
        active += opens.get(cut, ())


def blocks_of(assessment: Assessment) -> Sequence[Block]:
    """The blocks of the text; one for each paragraph where the assessment has none."""
    if assessment.blocks:
        return assessment.blocks
    found: list[Block] = []
    at = 0
    for part in assessment.text.split("\n\n"):
        if part:
            found.append(Block(start=at, end=at + len(part)))
        at += len(part) + 2
    return found


def on_title(assessment: Assessment) -> list[Evidence]:
    """The evidence about the title: without a span, and its quote stands in the title."""
    title = assessment.title or ""
    return [e for e in assessment.evidence if e.start is None and e.quote.strip() and e.quote.strip() in title]


def title_segments(assessment: Assessment) -> Iterator[Segment]:
    """The title, with the evidence about it in place."""
    title = assessment.title or ""
    placed: list[Evidence] = []
    original: dict[int, Evidence] = {}
    for item in on_title(assessment):
        quote = item.quote.strip()
        at = title.index(quote)
        copy = Evidence(
            rule=item.rule, name=item.name, axis=item.axis, quote=quote, message=item.message,
            strength=item.strength, start=at, end=at + len(quote),
        )  # fmt: skip
        original[id(copy)] = item
        placed.append(copy)
    for segment in segments(title, placed):
        yield Segment(
            segment.text,
            tuple(original[id(e)] for e in segment.evidence),
            tuple(original[id(e)] for e in segment.ending),
        )
