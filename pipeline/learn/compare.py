"""One assessment against one gold page: where they agree, in the gold page's own offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.learn.gold import GoldPage, Span
from pipeline.records import Assessment, Claim, Evidence

Counts = tuple[int, int, int, int]
"""Findings that are right, findings, expectations, expectations found."""


@dataclass(frozen=True)
class Placed:
    """A finding with its place in the gold page's content; (-1, -1) where it lies outside all gold lines."""

    start: int
    end: int
    evidence: Evidence


@dataclass(frozen=True)
class Comparison:
    """A gold text page beside its assessment. `lines` maps the start of each block to its gold line."""

    gold: GoldPage
    assessment: Assessment
    lines: dict[int, Span] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", dict(aligned(self.gold, self.assessment)))

    def place(self, start: int | None, end: int | None, quote: str) -> tuple[int, int]:
        """An assessment's span in the gold page's content."""
        if start is None or end is None:
            at = fold(self.gold.title).find(fold(quote)) if self.titled else -1
            if at < 0:
                return -1, -1
            begin = self.gold.content.index(self.gold.title)
            return begin + at, begin + at + len(fold(quote))
        for block in self.assessment.blocks:
            if block.start <= start < block.end and block.start in self.lines:
                line = self.lines[block.start]
                offsets = unfold(self.gold.quote(line))
                first = offsets[min(start - block.start, len(offsets) - 1)]
                last = offsets[min(end - block.start, len(offsets)) - 1] + 1
                return line.start + first, line.start + last
        return -1, -1

    @property
    def titled(self) -> bool:
        """Whether the assessment's title is the gold page's title line."""
        return fold(self.assessment.title or "") == fold(self.gold.title)

    def placed(self, rules: Iterable[str]) -> list[Placed]:
        """The evidence of some rules, placed."""
        names = set(rules)
        found = [evidence for evidence in self.assessment.evidence if evidence.name in names]
        return [Placed(*self.place(e.start, e.end, e.quote), e) for e in found]

    def body_lines(self) -> Counts:
        """Body lines: kept lines that are body, kept lines, body lines, body lines kept. The title counts as kept."""
        body = {span.start for span in self.gold.body}
        kept = [self.lines.get(block.start) for block in self.assessment.blocks]
        right = sum(line is not None and line.start in body for line in kept)
        title = int(self.titled and not any(line and line.start == self.gold.body[0].start for line in kept))
        return right + title, len(kept) + title, len(self.gold.body), right + title

    def spans(self, rules: Iterable[str], expected: Sequence[Span]) -> Counts:
        """Evidence of some rules against marked spans; any overlap agrees."""
        return overlap([(p.start, p.end) for p in self.placed(rules)], expected)

    def restored(self, rules: Iterable[str], first: int) -> tuple[int, int]:
        """Substitutions found, and those of them that one of the `first` suggestions puts right."""
        found = right = 0
        placed = self.placed(rules)
        for span in self.gold.substitutions:
            covering = [p for p in placed if p.start < span.end and span.start < p.end]
            if covering:
                found += 1
                right += any(
                    self.mends(p, suggestion) for p in covering for suggestion in p.evidence.suggestions[:first]
                )
        return found, right

    def mends(self, placed: Placed, suggestion: str) -> bool:
        """Whether putting `suggestion` in gives the text as first written, over finding and marks together."""
        touched = [s for s in self.gold.substitutions if s.start < placed.end and placed.start < s.end]
        start = min([placed.start, *(s.start for s in touched)])
        end = max([placed.end, *(s.end for s in touched)])
        content = self.gold.content
        ours = content[start : placed.start] + suggestion + content[placed.end : end]
        original, at = "", start
        for span in touched:
            original += content[at : span.start] + span.original
            at = span.end
        original += content[at:end]
        return fold(ours).casefold() == fold(original).casefold()

    def claims(self) -> tuple[Counts, int, int]:
        """Unsupported claims against U marks; then supported claims called unsupported, and supported claims."""
        ours = [
            self.place(claim.start, claim.end, claim.quote)
            for claim in self.assessment.claims
            if claim.support in ("none", "vague")
        ]
        counts = overlap(ours, self.gold.unsupported)
        wronged = sum(any(s < span.end and span.start < e for s, e in ours) for span in self.gold.supported)
        return counts, wronged, len(self.gold.supported)

    def placed_claims(self) -> list[tuple[int, int, Claim]]:
        """The claims of the assessment, placed."""
        return [(*self.place(claim.start, claim.end, claim.quote), claim) for claim in self.assessment.claims]

    def all_claims(self) -> Counts:
        """Claims, supported or not, against all marked claims."""
        return overlap([(s, e) for s, e, _ in self.placed_claims()], (*self.gold.unsupported, *self.gold.supported))

    def support(self) -> tuple[int, int]:
        """Claims that are claims in gold too: those whose support is told right (stated, or none), and all."""
        right = total = 0
        for s, e, claim in self.placed_claims():
            marked = [
                stated
                for stated, spans in ((False, self.gold.unsupported), (True, self.gold.supported))
                if any(s < span.end and span.start < e for span in spans)
            ]
            total += bool(marked)
            right += bool(marked) and (claim.support in ("cited", "named")) == marked[0]
        return right, total

    def types(self) -> tuple[int, int]:
        """Unsupported claims whose type gold states and that were found: those of the same type, and all."""
        right = total = 0
        for span in self.gold.unsupported:
            kind = self.gold.types.get(fold(self.gold.quote(span)))
            found = [claim for s, e, claim in self.placed_claims() if s < span.end and span.start < e]
            if kind and found:
                total += 1
                right += found[0].type == kind
        return right, total


def aligned(gold: GoldPage, assessment: Assessment) -> Iterable[tuple[int, Span]]:
    """Pairs of block start and gold line with the same text, in the order of both."""
    places: dict[str, list[int]] = {}
    for block in assessment.blocks:
        places.setdefault(fold(assessment.text[block.start : block.end]), []).append(block.start)
    cursor = 0
    for line in sorted([*gold.body, *gold.furniture], key=lambda span: span.start):
        starts = places.get(fold(gold.quote(line)), [])
        at = bisect_left(starts, cursor)
        if at < len(starts):
            cursor = starts[at] + 1
            yield starts[at], line


def overlap(found: Sequence[tuple[int, int]], expected: Sequence[Span]) -> Counts:
    """Counts for spans where any overlap agrees."""
    right = sum(any(s < span.end and span.start < e for span in expected) for s, e in found)
    hit = sum(any(s < span.end and span.start < e for s, e in found) for span in expected)
    return right, len(found), len(expected), hit


def fold(text: str) -> str:
    """Text with runs of white space as one space, trimmed."""
    return " ".join(text.split())


def unfold(text: str) -> list[int]:
    """For each character of ``fold(text)``, its offset in `text`."""
    offsets: list[int] = []
    pending = -1
    for at, character in enumerate(text):
        if character.isspace():
            pending = at if offsets and pending < 0 else pending
        else:
            if pending >= 0:
                offsets.append(pending)
                pending = -1
            offsets.append(at)
    return offsets
