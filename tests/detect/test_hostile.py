"""Detection is linear: the largest page that the limits let through stays far below a page's time."""

from __future__ import annotations

import time

import pytest

from pipeline.detect import Detectors
from pipeline.settings import Limits
from tests.detect.articles import article

LIMITS = Limits()
MOST = LIMITS.text_chars
SECONDS = 6.0
ENGINE = Detectors()

PUMPS = {
    "one word without end": "a" * MOST,
    "one sentence without end": "the cure works and " * (MOST // 19),
    "studies without end": "study " * (MOST // 6),
    "points without end": ". " * (MOST // 2),
    "points and capitals": "A. " * (MOST // 3),
    "brackets without end": "(2" * (MOST // 2),
    "quotes without end": '." ' * (MOST // 3),
    "names without end": "Kondo and Kondo, " * (MOST // 17),
    "injections without end": "for check here people " * (MOST // 22),
    "one promise a line": "It cures cancer overnight.\n" * min(LIMITS.lines, MOST // 27),
    "one template a line": "# The Facts About X Revealed\n" * min(LIMITS.lines, MOST // 29),
    "one vague line after another": "Studies show that it works.\n" * min(LIMITS.lines, MOST // 29),
    "one digit after another": "1 " * (MOST // 2),
    "a period repeated": "ab " * (MOST // 3),
    "spaces inside": "x" + " " * (MOST - 2) + "y",
    "combining marks": "e" + "\u0301" * (MOST - 1),
    "capital dotted i": "İ" * MOST,
}


@pytest.mark.parametrize("name", PUMPS)
def test_no_page_within_the_limits_takes_long(name: str) -> None:
    """Pumps against every pattern and loop."""
    page = article(PUMPS[name], title=PUMPS[name][:200])
    start = time.process_time()
    detection = ENGINE.detect(page)
    assert time.process_time() - start < SECONDS
    assert not detection.failures
    for evidence in detection.evidence:
        if evidence.start is not None and evidence.name not in ("hard-to-read", "thin-content"):
            assert page.text[evidence.start : evidence.end] == evidence.quote
