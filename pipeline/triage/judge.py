"""Evidence → axis scores → risk → verdict and reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.records import AXES, Axis, Detection, Evidence, Judgement, Scores, Verdict
from pipeline.triage import composites
from pipeline.triage.policy import Named, load

FEWEST_WORDS = 300
"""Rates per 1,000 words are never taken over fewer words than this: one finding in a notice is not a density."""
EXAMPLES = 3
LONGEST_EXAMPLE = 120
SAID = 0.12
"""Points from which on a rule is given as a reason."""


class Policy:
    """Judges a detection by policy.toml. Raises SettingsError when the policy is not usable."""

    def __init__(self, overrides: Mapping[str, Any], rules: Iterable[Named]) -> None:
        rules = tuple(rules)
        self.file, self.version = load(overrides, rules)
        self.axis_of = {rule.name: rule.axis for rule in rules}
        names = set(self.axis_of)
        self.conditions = {
            name: composites.parse(composite.when, names, name) for name, composite in self.file.composites.items()
        }

    def judge(self, detection: Detection) -> Judgement:
        """The judgement on what was seen in one article."""
        seen: dict[str, list[Evidence]] = {}
        for evidence in detection.evidence:
            seen.setdefault(evidence.name, []).append(evidence)
        thousands = max(FEWEST_WORDS, detection.signals.get("words", 0.0)) / 1000
        points = {name: self.points(name, found, thousands) for name, found in seen.items()}
        scores = {
            axis: round(1 - math.exp(-self.axis_points(axis, points) - self.signal_points(axis, detection)), 4)
            for axis in AXES
        }
        risk = 1.0
        for axis in AXES:
            risk *= 1 - getattr(self.file.axes, axis) * scores[axis]
        risk = round(1 - risk, 4)
        verdict = self.verdict(risk)
        return Judgement(
            verdict=verdict,
            risk=risk,
            scores=Scores(**scores),
            reasons=self.reasons(seen, points) if verdict != "pass" else (),
        )

    def verdict(self, risk: float) -> Verdict:
        """Where `risk` meets the thresholds."""
        if risk >= self.file.thresholds.hold:
            return "hold"
        return "review" if risk >= self.file.thresholds.review else "pass"

    def points(self, name: str, found: list[Evidence], thousands: float) -> float:
        """What one rule's evidence adds to its axis, before its group's cap."""
        rule = self.file.rules[name]
        total = rule.weight * max(0.0, sum(evidence.strength for evidence in found) - rule.free)
        return total / thousands if rule.per == "1000 words" else total

    def axis_points(self, axis: Axis, points: Mapping[str, float]) -> float:
        """The points of an axis: groups up to their caps, and composites."""
        total = sum(value for name, value in self.capped(points).items() if self.axis_of[name] == axis)
        for name, composite in self.file.composites.items():
            if composite.axis == axis and self.conditions[name](points):
                total += composite.points
        return total

    def capped(self, points: Mapping[str, float]) -> dict[str, float]:
        """What each rule adds in the end: where a group is over its cap, its rules share the cap by their points."""
        totals: dict[str, float] = {}
        for name, value in points.items():
            group = self.file.rules[name].group
            totals[group] = totals.get(group, 0.0) + value
        return {
            name: value * min(1.0, self.file.groups[group] / totals[group]) if totals[group] else 0.0
            for name, value in points.items()
            for group in (self.file.rules[name].group,)
        }

    def signal_points(self, axis: Axis, detection: Detection) -> float:
        """The points that signals add to an axis."""
        return sum(
            signal.weight * min(1.0, max(0.0, detection.signals.get(name, 0.0)))
            for name, signal in self.file.signals.items()
            if signal.axis == axis
        )

    def reasons(self, seen: Mapping[str, list[Evidence]], points: Mapping[str, float]) -> tuple[str, ...]:
        """The reasons, weightiest first: at least one for a flagged page."""
        capped = self.capped(points)
        ranked = sorted(points, key=lambda name: (-capped[name], -points[name]))
        said = [name for name in ranked if points[name] >= SAID] or ranked[:1]
        return tuple(self.file.rules[name].reason.format(examples=examples(seen[name])) for name in said)


def examples(found: Iterable[Evidence]) -> str:
    """The strongest few different quotes, in quotation marks."""
    quotes: dict[str, None] = {}
    for evidence in sorted(found, key=lambda evidence: -evidence.strength):
        quote = " ".join(evidence.quote.split())
        quotes.setdefault(quote if len(quote) <= LONGEST_EXAMPLE else quote[: LONGEST_EXAMPLE - 1].rstrip() + "…")
        if len(quotes) == EXAMPLES:
            break
    return ", ".join(f"“{quote}”" for quote in quotes)
