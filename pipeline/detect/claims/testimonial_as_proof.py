"""A customer's story told as proof that something works.

What it flags: a quoted sentence in the first person, credited to a private person, that reports a recovery or a result.

Why an editor should care: one letter cannot show a cause, and nobody can check it. It is the commonest proof of quacks.

What it must not flag: a patient's experience told as such, quoted clinicians and researchers, a quotation that reports
no result.

Bad: "My sugar went from 11 to 5 in a month and my doctor was speechless," says Doreen P. of Tulsa.
Good: "I dreaded the injection," says Ann, who has had arthritis for ten years.

Source: FTC guides concerning endorsements and testimonials (16 CFR 255), by which one result must not stand for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

CREDITED = re.compile(
    r"^\W*[\"“](?P<said>.+?)[\"”]\W*(?:(?:says?|said|writes?|wrote|told|tells|reports)\b|[-–—~]\s?[A-Z]|[A-Z]\w+\s[A-Z]\.)"
)
FIRST_PERSON = re.compile(r"\b(?:I|my|me|I['’]m|I['’]ve)\b")
RESULT = re.compile(
    r"\b(?:gone|vanished|disappeared|cured|healed|shrunk|shrank|cleared|pain[\s-]free|came\sback|thrown|threw|cancelled|lost\s\d+|dropped|went\sfrom"
    r"|speechless|could\s?(?:not|n['’]t)\sbelieve|changed\smy\slife|like\snew|no\slonger|stopped\s(?:taking|needing)|off\s(?:my|the)\s\w+|sleep\slike"
    r"|feel\s(?:\w+\s)?(?:younger|amazing|great|normal)|works?\slike|saved\smy|miracle|younger|first\stime\sin\syears)\b",
    re.IGNORECASE,
)
EXPERT = re.compile(
    r"\b(?:Dr|Prof(?:essor)?|Sir|Dame)\b\.?|\b(?:professor|researcher|physiotherapist|nurse|consultant|scientist)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TestimonialAsProof:
    """Takes quoted first-person sentences that report a result and are credited to nobody who could know why."""

    __test__ = False
    strength: float = 0.5
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="CL113", name="testimonial-as-proof", axis="claims", message="a customer's story told as proof"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a testimonial."""
        for sentence in reading.sentences:
            if sentence.text[:1] not in "\"“'‘-–•" or not FIRST_PERSON.search(sentence.text):
                continue
            match = CREDITED.match(sentence.text)
            if match and RESULT.search(match["said"]) and not EXPERT.search(sentence.text[match.end("said") :]):
                yield self.rules[0].evidence(
                    sentence.text,
                    "One person's story is told as proof; cite a study, or tell it as a story.",
                    self.strength,
                    sentence.start,
                )
