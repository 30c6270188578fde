"""The worst mistakes of a run over the gold, in context, for whoever improves a detector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.learn.compare import Comparison
from pipeline.learn.gold import GoldPage, Span
from pipeline.learn.scoreboard import SPIN_RULES_THAT_POINT
from pipeline.records import Assessment

AROUND = 50


def mistakes(
    pages: Sequence[GoldPage], assessments: Sequence[Assessment], most: int
) -> Iterator[tuple[str, list[str]]]:
    """Yield (heading, lines) for each kind of mistake, at most `most` lines each, worst first."""
    texts = [Comparison(g, a) for g, a in zip(pages, assessments, strict=True) if g.kind == "text"]
    yield "genuine pages with the highest spin score", ranked(texts, spun=False)[:most]
    yield "spun pages with the lowest spin score", ranked(texts, spun=True)[:most]
    for title, rules, marks in (
        ("spin", SPIN_RULES_THAT_POINT, "substitutions"),
        ("orphan anchors", ("orphan-anchor",), "anchors"),
    ):
        yield f"{title}: false findings", false_findings(texts, rules, marks)[:most]
        yield f"{title}: missed", missed(texts, rules, marks)[:most]
    yield "claims: called unsupported, not marked so", false_claims(texts)[:most]
    yield "claims: marked unsupported, missed", missed_claims(texts)[:most]
    yield "body lines lost", lost_lines(texts)[:most]
    yield "furniture kept", kept_furniture(texts)[:most]
    wrong = [(g, a) for g, a in zip(pages, assessments, strict=True) if g.verdict != a.verdict]
    wrong.sort(key=lambda pair: -pair[1].risk if pair[0].verdict == "pass" else pair[1].risk)
    yield (
        "verdicts",
        [f"{g.name}: gold {g.verdict}, ours {a.verdict} at risk {a.risk:.2f} ({scores(a)})" for g, a in wrong][:most],
    )


def ranked(texts: Sequence[Comparison], *, spun: bool) -> list[str]:
    """Pages by spin score, the most wrong first."""
    chosen = [c for c in texts if (c.gold.spun != "none") == spun]
    chosen.sort(key=lambda c: c.assessment.scores.spin * (1 if spun else -1))
    return [f"{c.gold.name} ({c.gold.spun}): {c.assessment.scores.spin:.2f}" for c in chosen]


def false_findings(texts: Sequence[Comparison], rules: Sequence[str], marks: str) -> list[str]:
    """Findings that overlap no mark, strongest first."""
    found = []
    for c in texts:
        spans: tuple[Span, ...] = getattr(c.gold, marks)
        for p in c.placed(rules):
            if not any(p.start < s.end and s.start < p.end for s in spans):
                e = p.evidence
                line = f"{c.gold.name} {e.name} {e.strength}: {around(c.assessment.text, e.start, e.end, e.quote)}"
                found.append((e.strength, line))
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])]


def missed(texts: Sequence[Comparison], rules: Sequence[str], marks: str) -> list[str]:
    """Marks that no finding overlaps, taken from as many pages as possible."""
    a_page = []
    for c in texts:
        placed = c.placed(rules)
        spans: tuple[Span, ...] = getattr(c.gold, marks)
        lost = [s for s in spans if not any(p.start < s.end and s.start < p.end for p in placed)]
        a_page.append(
            [
                f"{c.gold.name}: {around(c.gold.content, s.start, s.end, '')}"
                + (f" ← {s.original}" if s.original else "")
                for s in lost
            ]
        )
    return [
        line
        for round_ in range(max(map(len, a_page), default=0))
        for lines in a_page
        for line in lines[round_ : round_ + 1]
    ]


def false_claims(texts: Sequence[Comparison]) -> list[str]:
    """Sentences called unsupported that carry no U mark; those marked supported first."""
    found = []
    for c in texts:
        for claim in c.assessment.claims:
            if claim.support in ("none", "vague"):
                start, end = c.place(claim.start, claim.end, claim.quote)
                if not any(start < s.end and s.start < end for s in c.gold.unsupported):
                    supported = any(start < s.end and s.start < end for s in c.gold.supported)
                    found.append(
                        (not supported, f"{c.gold.name} {'S' if supported else '-'} {claim.type}: {claim.quote}")
                    )
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def missed_claims(texts: Sequence[Comparison]) -> list[str]:
    """U marks that no unsupported claim overlaps."""
    lines = []
    for c in texts:
        ours = [c.place(k.start, k.end, k.quote) for k in c.assessment.claims if k.support in ("none", "vague")]
        lines += [
            f"{c.gold.name}: {c.gold.quote(s)}"
            for s in c.gold.unsupported
            if not any(a < s.end and s.start < b for a, b in ours)
        ]
    return lines


def lost_lines(texts: Sequence[Comparison]) -> list[str]:
    """Body lines that cleaning took away."""
    lines = []
    for c in texts:
        kept = {span.start for span in c.lines.values()}
        lost = [s for s in c.gold.body if s.start not in kept and not (c.titled and s == c.gold.body[0])]
        lines += [f"{c.gold.name}: {c.gold.quote(s)[:100]}" for s in lost]
    return lines


def kept_furniture(texts: Sequence[Comparison]) -> list[str]:
    """Furniture lines that cleaning left in."""
    return [f"{c.gold.name}: {c.gold.quote(s)[:100]}" for c in texts for s in c.lines.values() if s in c.gold.furniture]


def around(text: str, start: int | None, end: int | None, quote: str) -> str:
    """A span in its context, in ⟦⟧."""
    if start is None or end is None or start < 0:
        return f"⟦{quote}⟧"
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return f"…{before.rsplit(chr(10), 1)[-1]}⟦{text[start:end]}⟧{after.split(chr(10), 1)[0]}…"


def scores(assessment: Assessment) -> str:
    """The axis scores on one line."""
    s = assessment.scores
    return f"spin {s.spin:.2f}, links {s.links:.2f}, claims {s.claims:.2f}, quality {s.quality:.2f}"
