"""Many links that sell, and few that support.

What it flags: three or more links of the article to one business (search phrases or links that pay), also where they
are disclosed; a farm of links around an article.

Why an editor should care: the more often a page points at one seller, the more it is there for the seller. The
message counts the links beside the words and the sources of the page.

What it must not flag: many citations, a library's round-up, a clinic's links to its own pages, one labelled partner.

Bad: Four links to one clinic in 370 words, and none to a health source.
Good: Twenty-five links to guidelines and studies.

Source: written by hand; the count is a measure, not an accusation of any one link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import link_targets
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import Target
from pipeline.detect.link_words import SURE
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class LinkDensity:
    """Counts selling links by domain, and links by zone."""

    least: int = 3
    """Selling links to one domain that make a finding."""
    many: int = 8
    """As many leave no doubt."""

    around: float = 0.3
    """Strength of farmed links: link-farm has said the rest."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK109", name="link-density", axis="links", message="many links that sell, and few that support"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a domain that is linked again and again, and one for the farms."""
        profile = reading.link_profile
        sources = sum(target.is_trusted and target.link.start is not None for target in profile.shown)
        words = len(reading.words)
        inside = sum(target.link.start is not None for target in profile.shown)
        yield Signal(name="links.outside", value=len(profile.outside))
        yield Signal(name="links.outside_per_1000", value=reading.per_thousand(inside))
        yield Signal(name="links.trusted", value=sources)
        for zone in ("nav", "header", "footer", "sidebar", "comments", "other"):
            count = sum(target.link.zone == zone for target in profile.outside)
            yield Signal(name=f"links.outside_in_{zone}", value=count)
        farmed = profile.farmed
        by_domain: dict[str, list[Target]] = {}
        for target in profile.shown:
            if target.number not in farmed:
                by_domain.setdefault(target.domain, []).append(target)
        most: tuple[str, list[Target]] = ("", [])
        for domain, shown in by_domain.items():
            selling = [t for t in shown if t.money >= SURE or link_targets.affiliate_mark(t.link.href)]
            if len(selling) >= self.least and len(shown) > len(most[1]):
                most = (domain, shown)
        domain, shown = most
        if shown:
            yield self.rules[0].evidence(
                f"{len(shown)} links to {domain}",
                f"{len(shown)} links lead to {domain} in {words} words; {sources} lead to a health source.",
                0.6 + 0.4 * min(1.0, len(shown) / self.many),
                None,
                (),
                domain=domain,
                count=len(shown),
            )
        if farmed:
            yield self.rules[0].evidence(
                f"{len(farmed)} links around the article",
                f"{len(farmed)} links to other sites stand around the article, {inside} in it.",
                self.around,
                None,
                (),
                count=len(farmed),
            )
