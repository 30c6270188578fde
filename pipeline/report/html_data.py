"""An assessment → the data of its page view: what assets/page.js reads.

Text arrives cut into segments here, because offsets count code points and JavaScript counts UTF-16 units.
A segment is ``[text, ranks of the evidence it carries, ranks of those that end with it]``; the rank of a piece
of evidence is its place in `evidence`, strongest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.records import Assessment, Evidence, Link
from pipeline.report.safe_text import one_line, printable
from pipeline.report.segments import Segment, blocks_of, on_title, segments, strongest_first, title_segments

MAX_EVIDENCE = 500
"""Pieces of evidence a page, the strongest: a page with more is spun through and through."""
MAX_TEXT = 200_000
MAX_LINKS = 500
MAX_REMOVED = 500
_LONGEST = 2_000


def page_data(assessment: Assessment) -> dict[str, Any]:
    """The data of one page, as plain JSON values."""
    ranked = strongest_first(assessment.evidence)[:MAX_EVIDENCE]
    rank = {id(item): number for number, item in enumerate(ranked)}
    titled = {id(item) for item in on_title(assessment)}
    error = assessment.error
    return {
        "source": one_line(assessment.source),
        "language": assessment.language,
        "titleText": one_line(assessment.title or ""),
        "title": _segments(title_segments(assessment), rank),
        "verdict": assessment.verdict,
        "risk": assessment.risk,
        "scores": msgspec.to_builtins(assessment.scores),
        "reasons": [one_line(reason) for reason in assessment.reasons],
        "error": f"{one_line(error.message)} [{error.code}]" if error else None,
        "blocks": _blocks(assessment, ranked, rank),
        "evidence": [_evidence(item, id(item) in titled) for item in ranked],
        "evidenceTotal": len(assessment.evidence),
        "unmarked": len(assessment.evidence) - len(ranked),
        "claims": [
            {"quote": _short(c.quote), "type": c.type, "support": c.support, "source": _short(c.source or "")}
            for c in assessment.claims
        ],
        "links": [_link(link) for link in assessment.links[:MAX_LINKS]],
        "removed": _removed(assessment),
        "notes": [one_line(note) for note in assessment.notes],
    }


def _blocks(assessment: Assessment, ranked: list[Evidence], rank: dict[int, int]) -> list[Any]:
    blocks: list[Any] = []
    for block in blocks_of(assessment):
        if block.start >= MAX_TEXT:
            blocks.append(["caption", [[f"… {len(assessment.text) - block.start:,} more characters", [], []]]])
            break
        inside = [e for e in ranked if (e.start or 0) < block.end and (e.end or 0) > block.start]
        blocks.append([block.kind, _segments(segments(assessment.text, inside, block.start, block.end), rank)])
    return blocks


def _segments(cut: Iterable[Segment], rank: dict[int, int]) -> list[Any]:
    return [
        [
            printable(segment.text),
            sorted(rank[id(e)] for e in segment.evidence if id(e) in rank),
            sorted(rank[id(e)] for e in segment.ending if id(e) in rank),
        ]
        for segment in cut
    ]


def _evidence(item: Evidence, on_the_title: bool) -> dict[str, Any]:
    where = "text" if item.start is not None else "title" if on_the_title else "page"
    return {
        "rule": item.rule,
        "name": item.name,
        "axis": item.axis,
        "quote": _short(item.quote),
        "message": _short(item.message),
        "suggestions": [_short(word) for word in item.suggestions],
        "strength": item.strength,
        "where": where,
    }


def _link(link: Link) -> list[str]:
    what = [link.zone, *(["hidden"] if link.hidden else []), *link.rel]
    return [_short(link.text), _short(link.href), one_line(", ".join(what))]


def _removed(assessment: Assessment) -> list[Any]:
    by_reason: dict[str, list[str]] = {}
    for removed in assessment.removed[:MAX_REMOVED]:
        by_reason.setdefault(one_line(removed.reason), []).append(_short(removed.text))
    return sorted(by_reason.items())


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
