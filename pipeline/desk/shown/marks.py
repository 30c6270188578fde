"""Text with its evidence → pieces for the template: runs of text, some of them marked.

The narrowest evidence gives a mark its look, evidence of another axis adds a line below, and after the last word of
each piece of evidence stands its code. Only where evidence begins is there a stop for Tab.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import Assessment, Evidence
from pipeline.report.safe_text import printable
from pipeline.report.segments import Segment, blocks_of, segments, title_segments

MAX_TEXT = 400_000
FAINT = 0.3
"""Strength below which a mark has its line but no tint: an unsourced truism must not outshine a broken term."""
Ranks = Mapping[int, int]
"""From ``id(evidence)`` to its place among the evidence shown, strongest first."""


@dataclass(frozen=True)
class Piece:
    """A run of text. Without `ranks` it is not marked; `labels` are (code, axis) of the evidence that ends with it."""

    text: str
    ranks: str = ""
    axis: str = ""
    also: str = ""
    names: str = ""
    faint: bool = False
    begins: bool = False
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MarkedBlock:
    """One block of the text."""

    kind: str
    pieces: list[Piece]


def marked_blocks(assessment: Assessment, evidence: Sequence[Evidence], ranks: Ranks) -> Iterator[MarkedBlock]:
    """The blocks of the text, with `evidence` in place."""
    for block in blocks_of(assessment):
        if block.start >= MAX_TEXT:
            left = len(assessment.text) - block.start
            yield MarkedBlock("caption", [Piece(f"… {left:,} more characters are not shown")])
            return
        inside = [e for e in evidence if (e.start or 0) < block.end and (e.end or 0) > block.start]
        yield MarkedBlock(block.kind, pieces(segments(assessment.text, inside, block.start, block.end), ranks))


def marked_title(assessment: Assessment, ranks: Ranks) -> list[Piece]:
    """The title, with the evidence about it in place."""
    return pieces(title_segments(assessment), ranks)


def marked_quotes(text: str, evidence: Sequence[Evidence], ranks: Ranks) -> list[Piece]:
    """A removed line, with the evidence about it in place: where its quote first stands."""
    placed: list[Evidence] = []
    original: dict[int, Evidence] = {}
    for item in evidence:
        at = text.find(item.quote) if item.quote.strip() else -1
        if at >= 0:
            copy = Evidence(
                rule=item.rule, name=item.name, axis=item.axis, quote=item.quote, message=item.message,
                strength=item.strength, start=at, end=at + len(item.quote),
            )  # fmt: skip
            original[id(copy)] = item
            placed.append(copy)
    return pieces(
        (
            Segment(s.text, tuple(original[id(e)] for e in s.evidence), tuple(original[id(e)] for e in s.ending))
            for s in segments(text, placed)
        ),
        ranks,
    )


def pieces(cut: Iterable[Segment], ranks: Ranks) -> list[Piece]:
    """Segments as pieces."""
    found: list[Piece] = []
    before: set[int] = set()
    for segment in cut:
        here = {ranks[id(e)]: e for e in segment.evidence if id(e) in ranks}
        if here:
            found.append(_mark(segment, here, before, ranks))
        else:
            found.append(Piece(printable(segment.text)))
        before = set(here)
    return found


def _mark(segment: Segment, here: Mapping[int, Evidence], before: set[int], ranks: Ranks) -> Piece:
    """A marked run of text."""
    narrow = min(here.values(), key=lambda e: len(e.quote))
    others = [e for e in here.values() if e.axis != narrow.axis]
    also = max(others, key=lambda e: e.strength, default=None)
    return Piece(
        text=printable(segment.text),
        ranks=" ".join(map(str, sorted(here))),
        axis=narrow.axis,
        also=also.axis + (" also-faint" if also.strength < FAINT else "") if also else "",
        names=", ".join(here[rank].name.replace("-", " ") for rank in sorted(here)),
        faint=all(e.strength < FAINT for e in here.values()),
        begins=bool(set(here) - before),
        labels=tuple((e.rule, e.axis) for e in segment.ending if id(e) in ranks),
    )
