"""A link whose words are a search phrase that somebody pays for.

What it flags: anchors such as "affordable dental implants in Merrowdale", "roof repair near me" or "best posture
corrector" that lead to a business: a service with a place, goods with a price word, a trade that buys links.

Why an editor should care: nobody writes like that for readers. The words are the query the business wants to rank
for, and the link was most likely paid for; if it was, it must be labelled.

What it must not flag: the name of a source or a body ("NHS page on dental treatments"), a link to a public body, a
link within the site, a commenter's name (comment-spam says that), one word of trade in a list of friends' sites.

Bad: In our family we went to the <a href="https://clinic.example/">vein clinic Astonville</a> for it.
Good: The <a href="https://www.nice.org.uk/guidance/cg168">NICE guideline on varicose veins</a> says so.

Source: search engines' policies on link schemes ("links with optimized anchor text"); the forms are written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import Target, about, listed
from pipeline.detect.link_words import SURE
from pipeline.detect.matchers import normalise
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class ExactMatchAnchor:
    """Reports each bought phrase of the body once, and those around it together."""

    together: int = 3
    """Bought phrases outside the body that make a finding."""
    around: float = 0.3
    """Strength of those together: link-farm has said the rest."""
    declared: float = 0.5
    """What is left of the strength where the link is marked as paid for."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK102", name="exact-match-anchor", axis="links", message="a search phrase for the words of a link"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a phrase of the body, and one for all others."""
        profile = reading.link_profile
        bought = [target for target in profile.shown if target.money >= SURE]
        yield Signal(name="links.exact_match_anchors", value=len(bought))
        phrases: dict[str, Target] = {}
        for target in bought:
            if target.link.start is not None and target.number not in profile.farmed:
                phrases.setdefault(normalise(target.link.text), target)
        for target in phrases.values():
            same = [other for other in profile.shown if other.domain == target.domain]
            paid = "sponsored" in target.link.rel
            note = "is marked as paid for" if paid else "is not marked as paid for"
            yield self.rules[0].evidence(
                target.link.text,
                f"“{target.link.text}” is a search phrase; the link to {target.domain} {note}.",
                target.money * (self.declared if paid else 1.0),
                target.link.start,
                (),
                **about(same),
            )
        others = [t for t in bought if t.link.start is None or t.number in profile.farmed]
        if len(others) >= self.together:
            others.sort(key=lambda target: -target.money)
            yield self.rules[0].evidence(
                listed(target.link.text for target in others),
                f"{len(others)} links around the article have search phrases for their words.",
                self.around,
                None,
                (),
                **about(others),
            )
