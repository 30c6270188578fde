"""The link profile: what several detectors need to know of a page's links, worked out once.

For each link: where it leads, what trade its words and its host speak of, and how far its words are a search phrase
that somebody pays for rather than words of a sentence. For the page: its own domain, and what its text speaks of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.detect import link_targets
from pipeline.detect.disguise import undisguised
from pipeline.detect.link_words import (
    LIKELY,
    SURE,
    TOPICS,
    host_topics,
    host_words,
    matcher,
    money_of,
    topics_of,
)
from pipeline.detect.matchers import Hit, normalise
from pipeline.records import Article, Link

SISTER = 5
"""Letters that two names of sites must share to be of one house."""
FARM_DOMAINS = 6
"""Different domains that make a run of links a farm, if the shares below are bought and stand outside the body."""
FARM_BOUGHT = 0.5
FARM_OUTSIDE = 0.7
MOST_ADDRESSES = 50
LISTED = 8
"""Links that a finding about many of them names."""


@dataclass(frozen=True)
class Target:
    """One link that leads to another site. `number` is its place in `Article.links`.

    `topics` are (topic, kind) pairs of lexicons/link-topics.tsv in the words of the link and in its host; `money` in
    [0, 1] says how far the words are a search phrase that somebody pays for.
    """

    number: int
    link: Link
    domain: str
    is_trusted: bool
    is_platform: bool
    topics: frozenset[tuple[str, str]]
    money: float


@dataclass(frozen=True)
class LinkProfile:
    """The links of one article that lead to other sites."""

    article: Article
    low: str
    """The body normalised."""

    @cached_property
    def site(self) -> str:
        """The registered domain of the page itself; empty where nothing says it."""
        article = self.article
        for address in (article.url, article.metadata.canonical):
            if address and (domain := link_targets.domain_of(address)):
                return domain
        around = Counter(
            domain
            for link in article.links
            if link.zone in ("nav", "header") and not link.hidden and (domain := link_targets.domain_of(link.href))
        )
        return around.most_common(1)[0][0] if around.total() >= 3 else ""

    @cached_property
    def outside(self) -> tuple[Target, ...]:
        """The links to other sites, in the order of the page."""
        links = [
            (number, link, domain)
            for number, link in enumerate(self.article.links)
            if (domain := link_targets.domain_of(link.href)) and not is_sister(domain, self.site)
        ]
        words = [undisguised(link.text) for _, link, _ in links]
        topics = topics_of([f"{text} | {host_words(d)}" for text, (_, _, d) in zip(words, links, strict=True)])
        return tuple(
            Target(
                number=number,
                link=link,
                domain=domain,
                is_trusted=link_targets.is_trusted(link.href),
                is_platform=link_targets.is_platform(link.href),
                topics=frozenset(entry for entry, _ in found) | host_topics(domain),
                money=0.0
                if link_targets.is_trusted(link.href) or link_targets.is_platform(link.href)
                else money_of(text, link.href, self.kinds_in(found, len(text))),
            )
            for (number, link, domain), text, found in zip(links, words, topics, strict=True)
        )

    def kinds_in(self, found: list[tuple[tuple[str, str], int]], end: int) -> frozenset[str]:
        """The kinds of topics before offset `end`, less the vices and trades that the article itself speaks of."""
        return frozenset(
            kind
            for (topic, kind), offset in found
            if offset < end and not (kind in ("vice", "trade") and topic in self.spoken_of)
        )

    @cached_property
    def trades(self) -> tuple[Hit, ...]:
        """Where the body speaks of the topics of lexicons/link-topics.tsv."""
        return matcher().find(self.low)[TOPICS]

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The topics that the article itself speaks of, outside its links to other sites."""
        linked = sorted(
            (link.start, link.end)
            for link in self.article.links
            if link.start is not None and link.end is not None and link_targets.domain_of(link.href) != self.site
        )
        starts = [start for start, _ in linked]
        found = set()
        for hit in self.trades:
            at = bisect_right(starts, hit.start) - 1
            if at < 0 or linked[at][1] <= hit.start:
                found.add(hit.entry.columns["topic"])
        title = matcher().find(normalise(self.article.title or ""))[TOPICS]
        return frozenset(found | {hit.entry.columns["topic"] for hit in title})

    @cached_property
    def foreign_topics(self) -> dict[str, str]:
        """For each domain that has nothing to do with the article: the topic that tells, vices before trades."""
        told: dict[str, list[tuple[str, str]]] = {}
        for target in self.outside:
            if not target.is_trusted and not target.is_platform:
                told.setdefault(target.domain, []).extend(target.topics)
        foreign: dict[str, str] = {}
        for domain, topics in told.items():
            for wanted in ("vice", "trade"):
                names = sorted({topic for topic, kind in topics if kind == wanted} - self.spoken_of)
                if names:
                    foreign.setdefault(domain, names[0])
        return foreign

    @cached_property
    def by_domain(self) -> dict[str, list[Target]]:
        """The links to other sites by registered domain, in the order of the page."""
        found: dict[str, list[Target]] = {}
        for target in self.outside:
            found.setdefault(target.domain, []).append(target)
        return found

    @cached_property
    def sold(self) -> frozenset[str]:
        """Domains to which at least one visible link outside the comments has a search phrase for its words."""
        return frozenset(
            target.domain
            for target in self.outside
            if target.money >= SURE and not target.link.hidden and target.link.zone != "comments"
        )

    @cached_property
    def commenters(self) -> frozenset[str]:
        """Domains in the comments that are plainly bought or foreign: comment spam, wherever else they are."""
        return frozenset(
            target.domain
            for target in self.outside
            if target.link.zone == "comments" and (target.money >= SURE or target.domain in self.foreign_topics)
        )

    @cached_property
    def shown(self) -> tuple[Target, ...]:
        """The links to other sites that readers see outside the comments, without those of commenters."""
        return tuple(
            target
            for target in self.outside
            if not target.link.hidden and target.link.zone != "comments" and target.domain not in self.commenters
        )

    @cached_property
    def farmed(self) -> frozenset[int]:
        """The numbers of the links that stand in farms."""
        return frozenset(target.number for farm in self.farms for target in farm)

    @cached_property
    def farms(self) -> list[list[Target]]:
        """Runs of links outside the body to many unrelated sites, most of them with search phrases for words."""
        runs: list[list[Target]] = []
        for target in self.shown:
            if target.is_trusted or target.is_platform or (target.link.start is not None and not target.money):
                continue
            last = runs[-1][-1] if runs else None
            if last and target.number == last.number + 1:
                runs[-1].append(target)
            else:
                runs.append([target])
        return [run for run in runs if is_farm(run, self.foreign_topics)]


def about(targets: Iterable[Target]) -> dict[str, Any]:
    """What a finding says about the links it accuses: their places in the list of links, and their addresses."""
    targets = list(targets)
    return {
        "links": [target.number for target in targets],
        "hrefs": list(dict.fromkeys(target.link.href for target in targets))[:MOST_ADDRESSES],
    }


def listed(texts: Iterable[str]) -> str:
    """The first few different texts in one line."""
    different = [text for text in dict.fromkeys(texts) if text]
    return "; ".join(different[:LISTED]) + ("; …" if len(different) > LISTED else "")


def is_farm(run: list[Target], foreign: Mapping[str, str]) -> bool:
    """Whether a run of links is a farm."""
    if len({target.domain for target in run}) < FARM_DOMAINS:
        return False
    outside = sum(target.link.start is None for target in run)
    bought = sum(target.money >= LIKELY or target.domain in foreign for target in run)
    return outside >= FARM_OUTSIDE * len(run) and bought >= FARM_BOUGHT * len(run)


def is_sister(domain: str, site: str) -> bool:
    """Whether two domains belong to one house, by their names: ``foo.com``, ``foo.co.uk``, ``foo-health.com``."""
    one, other = (name.split(".")[0].replace("-", "") for name in (domain, site))
    return domain == site or (min(len(one), len(other)) >= SISTER and (one in other or other in one))
