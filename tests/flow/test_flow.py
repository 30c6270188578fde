"""A page in, an explained verdict out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import assess_html, assess_text
from pipeline.flow import Engine
from pipeline.ingest import read
from pipeline.learn import gold
from pipeline.records import Assessment, Failure, Page, RawPage
from pipeline.settings import Limits, Settings

ROOT = Path(__file__).parent.parent.parent
ENGINE = Engine()


def offsets_hold(assessment: Assessment) -> None:
    """Blocks, links, evidence and claims point at what they say."""
    text = assessment.text
    for block in assessment.blocks:
        assert 0 <= block.start <= block.end <= len(text)
    assert text == "\n\n".join(text[b.start : b.end] for b in assessment.blocks)
    for evidence in assessment.evidence:
        assert (evidence.start is None) == (evidence.end is None)
        if evidence.start is not None:
            assert text[evidence.start : evidence.end] == evidence.quote
    for claim in assessment.claims:
        assert text[claim.start : claim.end] == claim.quote
    for link in assessment.links:
        if link.start is not None and link.end is not None:
            assert " ".join(text[link.start : link.end].split()) == " ".join(link.text.split())


def test_offsets_hold_on_every_sample_and_gold_page() -> None:
    """``text[start:end] == quote``, always."""
    pages: list[Page | RawPage] = [page.page() for page in gold.read(ROOT / "samples/gold")]
    pages += read([ROOT / "samples/pages"], Settings())
    for assessment in ENGINE.assess_many(pages):
        assert assessment.error is None, assessment.error
        offsets_hold(assessment)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    """Whatever the bytes, an assessment comes back: with a verdict, or with an error that has words."""
    for kind in ("html", "text", None):
        assessment = ENGINE.assess(RawPage(source="x", data=data, kind=kind))  # type: ignore[arg-type]
        assert (assessment.verdict is None) == (assessment.error is not None)
        assert assessment.error is None or assessment.error.code != "defect", assessment.error
        offsets_hold(assessment)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<a href='x'>", "<div>", "cures", "compound abuse", " ", "\n", "<!--", "é"])
    )
)
def test_no_markup_raises(parts: list[str]) -> None:
    """Broken markup is normal input."""
    assessment = assess_html("".join(parts))
    assert assessment.error is None or assessment.error.code in ("empty", "limit")
    offsets_hold(assessment)


def test_a_spun_page_is_flagged_with_its_original() -> None:
    """The public face in Python: words, suggestion, and a reason that can be sent."""
    filler = "Doctors can explain the choices that people have and what each of them means for daily life. " * 3
    assessment = assess_text(
        "Ketamine Fundamentals Explained\n\n"
        f"It may not be secure for check here people with a history of compound abuse. {filler}\n\n"
        f"The side results and the immune framework matter for mood conditions. {filler}"
    )
    assert assessment.verdict == "hold"
    assert "substance abuse" in {s for e in assessment.evidence for s in e.suggestions}
    assert any("restore the original wording" in reason for reason in assessment.reasons)
    assert assessment.title == "Ketamine Fundamentals Explained"


def test_a_refused_page_keeps_its_name_and_reason() -> None:
    """A failure from the source passes through as an error record without a verdict."""
    failure = Failure(stage="ingest", code="limit", message="too big", limit="page_bytes")
    assessment = ENGINE.assess(RawPage(source="a.gz#3", failure=failure))
    assert (assessment.source, assessment.verdict, assessment.error) == ("a.gz#3", None, failure)


def test_a_limit_is_named() -> None:
    """A page over a limit gives an error record that names the limit, and nothing else breaks."""
    engine = Engine(Settings(limits=Limits(text_chars=50)))
    assessment = engine.assess(RawPage(source="x", data=b"word " * 100, kind="text"))
    assert assessment.verdict is None
    assert assessment.error is not None
    assert assessment.error.limit == "text_chars"


def test_a_defect_of_ours_costs_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that nobody foresaw becomes an error record that names stage and exception."""
    engine = Engine()

    def broken(page: Page) -> None:
        raise KeyError("oh")

    monkeypatch.setattr(engine.cleaner, "clean", broken)
    assessment = engine.assess(RawPage(source="x", data=b"Some text.", kind="text"))
    assert assessment.error is not None
    assert (assessment.error.stage, assessment.error.code, assessment.error.message) == (
        "clean",
        "defect",
        "KeyError: 'oh'",
    )


def test_evidence_of_a_flagged_page_is_located_when_asked() -> None:
    """With `locate`, each finding of a flagged page carries the line of its source; without, none does."""
    path = ROOT / "samples/pages/01-spun-restless-legs-wiki-article.txt"
    page = RawPage(source="x", data=path.read_bytes(), kind="text")
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [e for e in Engine(Settings(locate=True)).assess(page).evidence if e.start is not None]
    assert found
    for evidence in found:
        assert evidence.quote in " ".join(lines[evidence.related["line"] - 1].split())
    assert not any("line" in e.related for e in ENGINE.assess(page).evidence)
