"""The sample pages end to end: the verdicts that samples/README.md promises, and the marks that make them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.flow import Engine
from pipeline.ingest import read
from pipeline.records import Assessment
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| `([^`]+)` \| (pass|review|hold) \|", re.MULTILINE)
EXPECTED = dict(ROW.findall((ROOT / "samples/README.md").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def found() -> dict[str, Assessment]:
    """All sample pages, assessed."""
    pages = read([ROOT / "samples/pages"], Settings())
    return {Path(assessment.source).name: assessment for assessment in Engine().assess_many(pages)}


def test_the_table_lists_every_page(found: dict[str, Assessment]) -> None:
    """samples/README.md says of every page what a reviewer should see."""
    assert set(EXPECTED) == set(found)


@pytest.mark.parametrize("name", [name for name, verdict in EXPECTED.items() if verdict == "pass"])
def test_genuine_pages_pass(found: dict[str, Assessment], name: str) -> None:
    """Leaflet, sourced news, forum doctor, evidence review, honest page under spam: no editor is troubled."""
    assert found[name].verdict == "pass", found[name].reasons


@pytest.mark.parametrize("name", [name for name, verdict in EXPECTED.items() if verdict != "pass"])
def test_bad_pages_are_flagged(found: dict[str, Assessment], name: str) -> None:
    """Every page that a reviewer should stop is flagged, with reasons."""
    assert found[name].verdict in ("review", "hold")
    assert found[name].reasons


@pytest.mark.parametrize(
    ("name", "rule", "quote"),
    [
        ("01-spun-restless-legs-wiki-article.txt", "tortured-phrase", "compound abuse"),
        ("01-spun-restless-legs-wiki-article.txt", "orphan-anchor", "check here"),
        ("01-spun-restless-legs-wiki-article.txt", "repeated-alt", "Sleep ClinicSleep Clinic"),
        ("05-keyword-stuffed-stem-cell-calder-point.txt", "keyword-stuffing", "Stem Cell Therapy in Calder Point"),
        ("07-guest-post-injected-anchors-adult-adhd.html", "orphan-anchor", "browse this site"),
        ("07-guest-post-injected-anchors-adult-adhd.html", "exact-match-anchor", "adult ADHD doctor near me"),
        ("07-guest-post-injected-anchors-adult-adhd.html", "off-topic-target", "real money slots"),
        ("08-hidden-links-footer-farm-croup.html", "hidden-link", '<div style="display:none">'),
        ("09-affiliate-review-posture-correctors.html", "repeated-alt", "best posture corrector"),
        ("04-seo-guest-post-iv-vitamin-drips.txt", "vague-attribution", "studies show"),
    ],
)
def test_marks(found: dict[str, Assessment], name: str, rule: str, quote: str) -> None:
    """The marks that the table names are found, with their words."""
    assert quote.lower() in {e.quote.lower() for e in found[name].evidence if e.name == rule}
