"""The counts of a run."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Assessment
from pipeline.report.tally import Tally


def test_counts_add_up(assessments: Sequence[Assessment]) -> None:
    """Verdicts cover all pages, histograms the judged ones, a rule counts once a page."""
    tally = Tally()
    for assessment in assessments:
        tally.add(assessment)
    assert tally.verdict_words() == "2 hold, 2 review, 3 pass, 1 error"
    assert sum(tally.verdicts.values()) == tally.pages == 8
    assert {sum(counts) for counts in tally.scores.values()} == {7}
    assert tally.scores["spin"][9] == 1
    assert tally.top_rules(1) == [("CL101", "unsupported-efficacy", 3)]
    assert tally.failures == {"defect": 1, "limit": 1}
