"""A health claim for which the article gives no source.

What it flags: sentences that say that something works, is safe, causes something, or how many, without a reference, a
named body or a named study in the sentence or in the one that it continues. One rule a type of claim.

Why an editor should care: a reader may act on it. The article may be right; it does not say on whose word.

What it must not flag: definitions, logistics, instructions, personal experience, questions, and claims whose source is
stated. Unsourced truisms, however many, never flag a page by themselves: dangers do (miracle-language).

Bad: The gummies are 100% natural, so there are no side effects.
Good: In a trial of 164 volunteers (Prather et al., 2015) short sleepers caught more colds.

Source: the claim ledger (detect/claim_ledger.py); how bad a claim is, from detect/severity.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import claim_ledger, claim_model
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.detect.severity import Danger
from pipeline.records import Claim, Evidence

ASK = {
    "efficacy": ("CL101", "that something works", "a trial or review that shows it"),
    "safety": ("CL102", "what is safe or dangerous", "an agency, label or study that says so"),
    "statistic": ("CL103", "a number", "where the number comes from"),
    "comparison": ("CL104", "that one thing beats another", "a study that compared them"),
    "causal": ("CL105", "what causes what", "a study or guideline that says so"),
    "absolute": ("CL106", "always, never or everybody", "evidence without exceptions, or a softer sentence"),
    "prevalence": ("CL107", "how common something is", "a survey or register"),
    "mechanism": ("CL108", "how something works in the body", "a source for the mechanism"),
    "advice": ("CL109", "what to do", "the guideline behind the advice"),
}
BASE = {
    "efficacy": 0.45,
    "safety": 0.45,
    "statistic": 0.4,
    "comparison": 0.4,
    "causal": 0.3,
    "absolute": 0.5,
    "prevalence": 0.2,
    "mechanism": 0.25,
    "advice": 0.2,
}
RULES = {
    kind: Rule(code=code, name=f"unsupported-{kind}", axis="claims", message=f"says {what} and names no source")
    for kind, (code, what, _) in ASK.items()
}


@dataclass(frozen=True)
class Unsupported:
    """Reads the ledger and ranks each unsupported claim by its type and by its danger to a reader."""

    plain: float = 0.2
    """What is left of a type's weight when the sentence promises nothing: most unsourced sentences are truisms."""

    models: ClassVar[dict[str, str]] = claim_model.version()
    lexicons: ClassVar[tuple[str, ...]] = claim_ledger.LEXICONS
    rules: ClassVar[tuple[Rule, ...]] = tuple(RULES.values())

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding an unsupported or vaguely supported claim."""
        dangers = {sentence.start: seen for sentence, seen in zip(reading.sentences, reading.dangers, strict=True)}
        unsupported = [claim for claim in reading.claims if claim.support in ("none", "vague")]
        for claim in unsupported:
            yield self.evidence(claim, dangers[claim.start])
        total = len(reading.claims)
        yield Signal(name="claims.count", value=total)
        yield Signal(name="claims.unsupported_share", value=len(unsupported) / total if total else 0.0)

    def evidence(self, claim: Claim, danger: Danger) -> Evidence:
        """The finding for one claim; `strength` ranks it by type and by its danger to a reader."""
        _, what, ask = ASK[claim.type]
        rule = RULES[claim.type]
        said = f"only “{claim.source}”" if claim.support == "vague" else "no source"
        worse = f" It {danger.names[0]}." if danger.names else ""
        return rule.evidence(
            claim.quote,
            f"Says {what} with {said}; name {ask}.{worse}",
            self.plain * BASE[claim.type] + danger.severity,
            claim.start,
            (),
            type=claim.type,
            support=claim.support,
            risks=list(danger.names),
        )
