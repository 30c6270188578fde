"""A promise that medicine does not make: a cure, no side effects, success for all, results overnight.

What it flags: in the title and in every sentence that the article does not support, wording that promises a cure or
haste, denies risk, raises a dose, ranks a product above every treatment, or tells readers to leave a treatment.

Why an editor should care: these are the sentences that hurt a reader who believes them.

What it must not flag: a sentence that denies, doubts or warns of the promise ("does not cure", "anyone who
promises"), a question, a promise reported with its source, or a claim quoted in order to refute it.

Bad: You can pour your tablets down the sink on day one.
Good: Do not stop your tablets without talking to us. Anybody who promises a cure is selling something.

Source: the risks in detect/severity.py, after the warning signs of health fraud that the US FDA and FTC publish.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.claim_ledger import LEXICONS
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.detect.severity import Danger
from pipeline.records import Evidence


@dataclass(frozen=True)
class MiracleLanguage:
    """Takes the promises of all sentences that the article does not support."""

    title: float = 0.8
    """Share of a promise's severity that counts when it stands in the title, which often quotes what it refutes."""

    lexicons: ClassVar[tuple[str, ...]] = LEXICONS
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="CL111", name="miracle-language", axis="claims", message="promises what medicine does not"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding for each sentence (and the title) with a promise."""
        supported = {claim.start for claim in reading.claims if claim.support in ("cited", "named")}
        total = 0.0
        in_title = reading.title_danger["promise"]
        if in_title.severity:
            total += self.title * in_title.severity
            yield self.evidence(in_title, self.title, None)
        for sentence, seen in zip(reading.sentences, reading.dangers, strict=True):
            if seen.severity and sentence.start not in supported:
                total += seen.severity
                yield self.evidence(seen, 1.0, sentence.start)
        yield Signal(name="claims.promises_per_1000", value=reading.per_thousand(total))

    def evidence(self, seen: Danger, share: float, start: int | None) -> Evidence:
        """The finding for one sentence that begins at `start`, or for the title."""
        quote, place = seen.quotes[0]
        return self.rules[0].evidence(
            quote,
            f"“{quote}” {seen.names[0]}; take it out, or cite what shows it.",
            share * seen.severity,
            None if start is None else start + place,
            (),
            risks=list(seen.names),
        )
