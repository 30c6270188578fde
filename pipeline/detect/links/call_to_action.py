"""A call to buy or book that names a business.

What it flags: "Call Sunrise Wellness Clinic today for a free consultation", "To book an appointment, visit Peak Dental
Studio": an imperative, a business by its name, and an offer or hurry in one sentence.

Why an editor should care: an article that ends in an appointment is an advertisement, whatever stands above it; in
flattened text it is all that is left of the link it was written for.

What it must not flag: where to turn in need ("call 999", "contact your GP"), public services and charities, a
business that is named without being recommended.

Bad: Contact Sunrise Wellness Clinic today to schedule your free consultation.
Good: Call the surgery if the cough has not eased after two days.

Source: written by hand after guest posts; weak by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

CALLS = re.compile(
    r"\b(?:call|contact|visit|book|choose|trust|schedule|reach out to|get in touch with|appointment (?:with|at)"
    r"|consultation (?:with|at)) (?:the (?:team|experts|specialists|staff) (?:at|of) )?(?:the )?",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?:[A-Z][\w’'&-]+ ){1,4}(?:Clinics?|Cent(?:er|re)s?|Dental|Dentistry|Wellness|Spa|Studio|Medical|Recovery"
    r"|Chiropractic|Rehab|Ranch|Physio\w*|Orthodontics|Aesthetics|Therapy|Solutions|Labs|Pharmacy|Supplements|Group)\b"
)
HURRIES = re.compile(
    r"\b(?:today|now|free|special|discount|offer|consultation|appointment|schedule|book|quote|don[’']t wait)\b",
    re.IGNORECASE,
)
PUBLIC = re.compile(r"\b(?:NHS|Poison|Crisis|Advice|Community|Public|National|University|Children|Job|Help|Health)\b")


@dataclass(frozen=True)
class CallToAction:
    """Looks for the three in one sentence."""

    strength: float = 0.6
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK114", name="call-to-action", axis="links", message="a call to buy or book that names a business"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a sentence that calls; the words from the call to the name are quoted."""
        found = 0
        for match in CALLS.finditer(reading.article.text):
            name = NAME.match(reading.article.text, match.end())
            if name is None or PUBLIC.search(name[0]):
                continue
            sentence = reading.sentence_at(match.start())
            if sentence is None or not HURRIES.search(sentence.text.replace(match[0], " ", 1)):
                continue
            found += 1
            quote = reading.article.text[match.start() : name.end()]
            message = f"The sentence sends readers to a business: {name[0]}."
            yield self.rules[0].evidence(quote, message, self.strength, match.start())
        yield Signal(name="links.calls_to_action", value=found)
