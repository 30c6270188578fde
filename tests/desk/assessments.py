"""Assessments for tests of the desk: as the engine makes them, without an engine."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from pipeline.desk.services.receive import Received, receive
from pipeline.records import Assessment, Block, Claim, Evidence, Link, Removed, Scores, Versions
from tests.desk.conftest import START

TEXT = "About sleep\n\nA history of compound abuse rules it out.\n\nIt cures everything in 3 days, experts say."


def assessment(source: str = "pages/sleep.txt", **changes: Any) -> Assessment:
    """A page on hold, with two findings, a claim, a link and something removed; `changes` replace fields."""
    phrase, claim = TEXT.index("compound abuse"), TEXT.index("It cures")
    fields: dict[str, Any] = {
        "id": sha256(source.encode("utf-8", "surrogatepass")).hexdigest(),
        "source": source,
        "versions": Versions(unspun="0.1.0", policy="1"),
        "title": "About sleep and rest",
        "language": "en",
        "text": TEXT,
        "blocks": (
            Block(start=0, end=11, kind="heading"),
            Block(start=13, end=claim - 2),
            Block(start=claim, end=len(TEXT)),
        ),
        "links": (Link(href="http://pills.example/buy", text="cheap pills", zone="footer"),),
        "removed": (Removed(text="Leave a Reply", reason="comment-form"),),
        "verdict": "hold",
        "risk": 0.9,
        "scores": Scores(spin=0.9, claims=0.3),
        "reasons": ("Words that no writer would choose: “compound abuse”.",),
        "evidence": (
            Evidence(
                rule="SP101", name="tortured-phrase", axis="spin", quote="compound abuse", strength=0.94,
                message="a fixed term, rendered word by word", suggestions=("substance abuse",),
                start=phrase, end=phrase + 14,
            ),
            Evidence(
                rule="CL101", name="unsupported-efficacy", axis="claims", quote=TEXT[claim:], strength=0.5,
                message="a claim without a source", start=claim, end=len(TEXT),
            ),
        ),
        "claims": (
            Claim(start=claim, end=len(TEXT), quote=TEXT[claim:], type="efficacy", support="vague", source="experts"),
        ),
    }  # fmt: skip
    return Assessment(**fields | changes)


def put(source: str = "pages/sleep.txt", **changes: Any) -> Received:
    """Put such a page on the desk; the hash of its content follows from all that it is."""
    page = assessment(source, **changes)
    return receive(
        page,
        sha256(repr(page).encode("utf-8", "surrogatepass")).hexdigest(),
        START,
        lines=[("", "About sleep"), ("comment-form", "Leave a Reply")],
    )
