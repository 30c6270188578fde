"""Overlapping spans as segments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Assessment, Evidence
from pipeline.report.segments import blocks_of, segments, title_segments
from tests.report.conftest import OVERLAPPING, SPUN, page


def span(start: int | None, end: int | None) -> Evidence:
    """Evidence with a span and nothing else of interest."""
    return Evidence(rule="X", name="x", axis="spin", quote="", message="", strength=0.5, start=start, end=end)


spans = st.builds(span, st.none() | st.integers(-3, 40), st.none() | st.integers(-3, 40))


@given(st.text(max_size=30), st.lists(spans, max_size=6), st.integers(0, 30), st.integers(0, 30))
def test_segments_join_to_the_text_and_carry_what_covers_them(
    text: str, evidence: list[Evidence], start: int, end: int
) -> None:
    """For any spans, right or wrong: no character is lost, and each segment has exactly the spans over it."""
    cut = list(segments(text, evidence, start, end))
    assert "".join(segment.text for segment in cut) == text[start:end]
    at = start
    for segment in cut:
        covering = [
            e for e in evidence
            if e.start is not None and e.end is not None and e.start <= at and e.end >= at + len(segment.text)
        ]  # fmt: skip
        assert sorted(map(id, segment.evidence)) == sorted(map(id, covering))
        at += len(segment.text)


@given(st.text(min_size=1, max_size=30), st.lists(spans, max_size=6))
def test_each_placed_span_ends_once(text: str, evidence: list[Evidence]) -> None:
    """A label is set once for each piece of evidence that has a place in the text."""
    ending = [id(e) for segment in segments(text, evidence) for e in segment.ending]
    placed = [
        id(e) for e in evidence
        if e.start is not None and e.end is not None and max(e.start, 0) < min(e.end, len(text))
    ]  # fmt: skip
    assert sorted(ending) == sorted(placed)


def test_overlaps_carry_all_their_rules() -> None:
    """Where three spans overlap, one segment has three rules."""
    cut = list(segments(OVERLAPPING.text, OVERLAPPING.evidence))
    (inner,) = [s for s in cut if s.text == "swelling"]
    assert [e.rule for e in inner.evidence] == ["CL101", "SP102", "CL102"]
    assert [e.rule for e in inner.ending] == ["SP102"]


def test_evidence_about_the_title_is_placed_in_the_title() -> None:
    """It has no span; its quote is found in the title."""
    marked = [(s.text, [e.rule for e in s.evidence]) for s in title_segments(SPUN)]
    assert marked == [("Ketamine for Novices: ", []), ("7 Things You Should Know", ["LK102"])]


def test_text_without_blocks_is_shown_by_paragraph() -> None:
    """An assessment of an older schema or of another program may have no blocks."""
    bare = Assessment(id="", source="", versions=SPUN.versions, text="One.\n\nTwo.")
    assert [(b.start, b.end) for b in blocks_of(bare)] == [(0, 4), (6, 10)]
    assert not blocks_of(page("s"))
