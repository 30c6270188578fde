"""What a run amounts to: counts that stay small however many pages there are."""

from __future__ import annotations

from collections import Counter

from pipeline.records import AXES, Assessment

BINS = 10
VERDICTS = ("hold", "review", "pass", "error")


class Tally:
    """Counts over all pages of a run.

    `verdicts` counts pages by verdict ("error" for none); `rules` counts pages on which a rule fired, by
    (code, name); `failures` counts refused pages and failed rules by code; `scores` has a histogram an axis,
    `BINS` equal bins over [0, 1] of the pages that have a verdict.
    """

    def __init__(self) -> None:
        self.pages = 0
        self.evidence = 0
        self.verdicts: Counter[str] = Counter()
        self.rules: Counter[tuple[str, str]] = Counter()
        self.failures: Counter[str] = Counter()
        self.scores: dict[str, list[int]] = {axis: [0] * BINS for axis in AXES}

    def add(self, assessment: Assessment) -> None:
        """Count one page."""
        self.pages += 1
        self.evidence += len(assessment.evidence)
        self.verdicts[assessment.verdict or "error"] += 1
        self.rules.update({(e.rule, e.name) for e in assessment.evidence})
        if assessment.error:
            self.failures[assessment.error.code] += 1
        if assessment.verdict is None:
            return
        for axis in AXES:
            score = getattr(assessment.scores, axis)
            self.scores[axis][min(BINS - 1, max(0, int(score * BINS)))] += 1

    def top_rules(self, most: int) -> list[tuple[str, str, int]]:
        """Code, name and pages of the rules that fired on most pages; equals by code."""
        ranked = sorted(self.rules.items(), key=lambda item: (-item[1], item[0]))
        return [(code, name, pages) for (code, name), pages in ranked[:most]]

    def verdict_words(self) -> str:
        """For people: "3 hold, 2 review, 12 pass, 1 error"; what did not occur is left out."""
        return ", ".join(f"{self.verdicts[v]:,} {v}" for v in VERDICTS if self.verdicts[v])
