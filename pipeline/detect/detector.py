"""What a detector is.

A detector is a frozen dataclass in one file named after its (first) rule. Its module docstring is the rule's page
in docs/rules.md; its fields are its tunables; `rules` declares what it can find; `find` yields what it sees.
A detector knows nothing of weights, verdicts or other detectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Protocol, runtime_checkable

from pipeline.detect.reading import Reading
from pipeline.records import Axis, Evidence, Record


class Rule(Record, frozen=True, kw_only=True):
    """One thing a detector can say. `message` is one line for the rule list; evidence carries its own words."""

    code: str
    name: str
    axis: Axis
    message: str

    def evidence(
        self,
        quote: str,
        message: str,
        strength: float,
        start: int | None = None,
        suggestions: tuple[str, ...] = (),
        **related: Any,
    ) -> Evidence:
        """Evidence for this rule. With `start`, the span is ``[start, start + len(quote))`` of the article's text."""
        return Evidence(
            rule=self.code,
            name=self.name,
            axis=self.axis,
            quote=quote,
            message=message,
            strength=round(min(1.0, max(0.0, strength)), 3),
            start=start,
            end=None if start is None else start + len(quote),
            suggestions=suggestions,
            related=related,
        )


class Signal(Record, frozen=True, kw_only=True):
    """A measured number without a verdict, for the learned triage and the developer: a count, a rate, a share."""

    name: str
    value: float


@runtime_checkable
class Detector(Protocol):
    """The protocol of all detectors, learned ones included."""

    rules: ClassVar[tuple[Rule, ...]]

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield evidence and signals for one article. May raise: the assessment then names the rule."""
        ...
