"""Links that earn the writer money, and not a word about it.

What it flags: addresses that pay whoever sends a buyer: affiliate parameters (aff_id=, a shop's tag=name-21), the
hosts of affiliate networks, and a blog's own /go/ pages beside them, on a page that nowhere says so.

Why an editor should care: a review whose writer earns from every sale must say so; regulators in most countries ask
for it, and readers judge the praise differently.

What it must not flag: a page that says it ("we may earn a commission", "paid partnership", "these are affiliate
links"), campaign parameters that pay nobody (utm_source), a site's own shop.

Bad: <a href="https://flexarine.example/order?aff_id=7731">official website</a> on a page without a disclosure
Good: Links marked with a star go to a shop that pays us a small share. <a href="https://shop.example/?tag=we-21">Shop*</a>

Source: FTC Endorsement Guides (16 CFR 255), ASA guidance on affiliate marketing; parameters and hosts of the networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import link_targets
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import Target, about
from pipeline.detect.reading import Reading
from pipeline.records import Article, Evidence, Link

DISCLOSES = re.compile(
    r"affiliate (?:links?|partners?|program(?:me)?|commission|disclosure|disclaimer|marketing|note)"
    r"|(?:earn|get|receive|make|paid|pay|take)s?\b.{0,40}\b(?:commissions?|percentage|(?:small|a) share|\w+ fee)\b"
    r"|commission\b.{0,40}\b(?:buy|purchase|links?|sales?)|compensat(?:ed|ion)\b.{0,40}\b(?:links?|purchases?)"
    r"|amazon associate|paid (?:links?|partnership|promotion|post)|\bpaid for this\b|in partnership with"
    r"|sponsored (?:by|post|content|links?)|advertisement feature|contains? ads?\b|#ad\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UndisclosedAffiliate:
    """Looks for links that pay, then for the words that say so."""

    declared: float = 0.4
    """Strength where every such link is marked as sponsored for machines, though not for readers."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK105",
            name="undisclosed-affiliate",
            axis="links",
            message="links that earn the writer money, without a word about it",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a shop or network that pays; the site's own pages that send on go with the first."""
        article, profile = reading.article, reading.link_profile
        paying: dict[str, list[Target]] = {}
        for target in profile.shown:
            if link_targets.affiliate_mark(target.link.href):
                paying.setdefault(target.domain, []).append(target)
        yield Signal(name="links.affiliate", value=sum(map(len, paying.values())))
        if not paying or disclosed(article):
            return
        own = list(sent_on(article, profile.site))
        for domain, targets in paying.items():
            first = next((target for target in targets if target.link.start is not None), targets[0])
            mark = link_targets.affiliate_mark(first.link.href)
            tagged = all("sponsored" in target.link.rel for target in targets)
            accused = about(targets)
            accused["links"] += [number for number, _ in own]
            hides = f", and {len(own)} links of the site itself only hide which shop they lead to" if own else ""
            yield self.rules[0].evidence(
                first.link.text if first.link.start is not None else first.link.href,
                f"{len(targets)} links to {domain} pay whoever sends the buyer ({mark}), "
                f"and the page does not say so{hides}.",
                self.declared if tagged else 0.9,
                first.link.start,
                (),
                **accused,
            )
            own = []


def disclosed(article: Article) -> bool:
    """Whether the page says that its links pay, or that it is paid for."""
    return any(
        DISCLOSES.search(text)
        for text in (article.text, article.title or "", *(r.text for r in article.removed if r.reason != "hidden"))
    )


def sent_on(article: Article, site: str) -> Iterator[tuple[int, Link]]:
    """Links to pages of the site itself that only send the visitor on."""
    for number, link in enumerate(article.links):
        if link_targets.is_go_path(link.href) and link_targets.domain_of(link.href) in ("", site):
            yield number, link
