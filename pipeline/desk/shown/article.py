"""An assessment → the article view: marked text, evidence strongest first, ledger, links, what was removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from pipeline.desk.services.label import fingerprints
from pipeline.desk.shown.marks import MarkedBlock, Piece, marked_blocks, marked_quotes, marked_title
from pipeline.records import AXES, Assessment, Claim, Evidence
from pipeline.report.look import SUPPORT_WORDS
from pipeline.report.safe_text import one_line, printable, shorten
from pipeline.report.segments import on_title, strongest_first

MAX_EVIDENCE = 300
"""Pieces of evidence shown, the strongest: past this a page is spun through and through."""
MAX_LISTED = 500
LONGEST = 2_000


@dataclass(frozen=True)
class Card:
    """One finding beside the text. `where` is "text", "title" or "page"; `label` is what an editor said of it."""

    rank: int
    fingerprint: str
    rule: str
    name: str
    axis: str
    quote: str
    message: str
    suggestions: list[str]
    strength: str
    short: str
    where: str
    label: str


@dataclass(frozen=True)
class Axis:
    """The score of one axis, and how many findings it has."""

    name: str
    score: float
    found: int


@dataclass(frozen=True)
class Line:
    """A line of the page as it came in; `removed` says why it is not in the body."""

    pieces: list[Piece]
    removed: str
    kind: str


@dataclass(frozen=True)
class ShownArticle:
    """What the template prints. `fine` are findings that an editor called fine here: listed, not marked."""

    title: list[Piece]
    blocks: list[MarkedBlock]
    lines: list[Line]
    cards: list[Card]
    fine: list[Card]
    weaker: int
    axes: list[Axis]
    reasons: list[str]
    claims: list[dict[str, str]]
    links: list[dict[str, str]]
    removed: list[tuple[str, list[str]]]
    notes: list[str]
    error: str


def shown(
    assessment: Assessment, labels: Mapping[str, str], lines: Sequence[tuple[str, str]] | None = None
) -> ShownArticle:
    """The article view of an assessment; with `lines`, the page as it came in instead of its cleaned text."""
    name_of = {id(e): f for e, f in zip(assessment.evidence, fingerprints(assessment.evidence), strict=True)}
    ranked = strongest_first(assessment.evidence)
    fine = [e for e in ranked if labels.get(name_of[id(e)]) == "fine"]
    marked = [e for e in ranked if labels.get(name_of[id(e)]) != "fine"][:MAX_EVIDENCE]
    ranks = {id(e): rank for rank, e in enumerate(marked)}
    titled = {id(e) for e in on_title(assessment)}

    def card(item: Evidence, rank: int) -> Card:
        return Card(
            rank=rank,
            fingerprint=name_of[id(item)],
            rule=item.rule,
            name=item.name.replace("-", " "),
            axis=item.axis,
            quote=shorten(item.quote, LONGEST),
            message=shorten(item.message, LONGEST),
            suggestions=[shorten(word, 200) for word in item.suggestions[:8]],
            strength=f"{item.strength:.2f}",
            short=shorten(item.quote, 60),
            where="text" if item.start is not None else "title" if id(item) in titled else "page",
            label=labels.get(name_of[id(item)], ""),
        )

    error = assessment.error
    blocks = list(marked_blocks(assessment, marked, ranks))
    return ShownArticle(
        title=marked_title(assessment, ranks),
        blocks=blocks,
        lines=list(_lines(lines, blocks, marked, ranks)) if lines else [],
        cards=[card(item, rank) for rank, item in enumerate(marked)],
        fine=[card(item, -1) for item in fine],
        weaker=max(0, len(ranked) - len(fine) - MAX_EVIDENCE),
        axes=[Axis(a, getattr(assessment.scores, a), sum(e.axis == a for e in marked)) for a in AXES],
        reasons=[one_line(reason) for reason in assessment.reasons],
        claims=[_claim(claim) for claim in assessment.claims[:MAX_LISTED]],
        links=[
            {
                "text": shorten(link.text, 300),
                "href": shorten(link.href, LONGEST),
                "what": one_line(", ".join((link.zone, *(["hidden"] if link.hidden else []), *link.rel))),
            }
            for link in assessment.links[:MAX_LISTED]
        ],
        removed=_removed(assessment),
        notes=[one_line(note) for note in assessment.notes],
        error=f"{one_line(error.message)} ({error.code})" if error else "",
    )


def without_overruled(assessment: Assessment, labels: Mapping[str, str]) -> Assessment:
    """`assessment` without what an editor called wrong or fine here, and without the claims that is about."""
    over = {name for name, said in labels.items() if said in ("wrong", "fine")}
    names = fingerprints(assessment.evidence)
    gone = [e for e, name in zip(assessment.evidence, names, strict=True) if name in over]
    starts = {e.start for e in gone if e.axis == "claims" and e.start is not None}
    return msgspec.structs.replace(
        assessment,
        evidence=tuple(e for e, name in zip(assessment.evidence, names, strict=True) if name not in over),
        claims=tuple(claim for claim in assessment.claims if claim.start not in starts),
    )


def _lines(
    lines: Sequence[tuple[str, str]], blocks: list[MarkedBlock], evidence: Sequence[Evidence], ranks: Mapping[int, int]
) -> list[Line]:
    """The page line by line: body lines are the blocks in order, removed ones carry the evidence without a place."""
    body = iter(blocks)
    unplaced = [e for e in evidence if e.start is None]
    found = []
    for reason, text in lines:
        if reason:
            found.append(Line(marked_quotes(text, unplaced, ranks), one_line(reason).replace("-", " "), "removed"))
        else:
            block = next(body, MarkedBlock("paragraph", [Piece(printable(text))]))
            found.append(Line(block.pieces, "", block.kind))
    return found


def _claim(claim: Claim) -> dict[str, str]:
    return {
        "quote": shorten(claim.quote, LONGEST),
        "type": claim.type,
        "support": claim.support,
        "words": SUPPORT_WORDS[claim.support],
        "source": shorten(claim.source or "", 300),
    }


def _removed(assessment: Assessment) -> list[tuple[str, list[str]]]:
    """Reason and texts."""
    by_reason: dict[str, list[str]] = {}
    for removed in assessment.removed[:MAX_LISTED]:
        by_reason.setdefault(one_line(removed.reason).replace("-", " "), []).append(shorten(removed.text, LONGEST))
    return sorted(by_reason.items())
