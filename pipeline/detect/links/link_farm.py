"""A block of unrelated, bought links around the article.

What it flags: a run of links in a footer, side column or partner box to many different sites, most of them with search
phrases for their words ("online casino | plumber Dunmere | essay help").

Why an editor should care: the site sells links. The article may be there only to carry them; even a good one comes
from a source to be wary of.

What it must not flag: a blogroll of friends, a library's list of resources, the footer of a network of sister sites,
labelled advertising.

Bad: Our Partners: online casino | instant loans bad credit | plumber Dunmere | cheap vape juice | buy followers …
Good: Blogs I read: Gluten-free Gran | The Slow Oven | Third Shelf Down

Source: search engines' policies on link schemes; see exact-match-anchor for what makes a phrase a bought one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import about, listed
from pipeline.detect.reading import Reading
from pipeline.records import Article, Evidence

LABEL = 40
"""Characters of a heading over a block of links."""


@dataclass(frozen=True)
class LinkFarm:
    """Reports the farms of the link profile."""

    surest: int = 20
    """Links from which on a farm is beyond doubt."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK104", name="link-farm", axis="links", message="a block of unrelated, bought links"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a farm."""
        farms = reading.link_profile.farms
        yield Signal(name="links.farmed", value=sum(map(len, farms)))
        for farm in farms:
            holder = next((target.link.holder for target in farm if target.link.holder), "")
            label = label_of(reading.article, farm[0].link.text)
            under = f", under “{label}”" if label else ""
            words = listed(target.link.text for target in farm)
            domains = len({target.domain for target in farm})
            yield self.rules[0].evidence(
                holder or words,
                f"{len(farm)} links to {domains} unrelated sites stand in one block{under}: “{words}”.",
                0.5 + 0.5 * min(1.0, len(farm) / self.surest),
                None,
                (),
                **about(farm),
                label=label,
            )


def label_of(article: Article, words: str) -> str:
    """The short line before the removed line that holds the words of a farm's first link."""
    before = ""
    for removed in article.removed:
        if words and words in removed.text:
            return before if len(before) <= LABEL else ""
        before = removed.text
    return ""
