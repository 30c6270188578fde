"""The link profile: what several detectors need to know of a page's links, worked out once.

For each link: where it leads, what trade its words and its host speak of, and how far its words are a search phrase
that somebody pays for rather than words of a sentence. For the page: its own domain, and what its text speaks of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pipeline.detect import link_targets
from pipeline.detect.matchers import Matcher, lexicon, normalise, word_set
from pipeline.records import Article, Link

TOPICS = "link-topics"
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?$", re.IGNORECASE)
JOINED_PLACE = re.compile(r"(?:^|\s)(?:in|near|around)\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)*(?:,\s*[A-Z]\w+)?)$")
BARE_PLACE = re.compile(r"(?:^|\s)(?:[a-z][\w-]*|[A-Z]{2,})\s+((?:[A-Z][a-z]+\s)?[A-Z][a-z]+)$")
NEAR_ME = re.compile(r"\bnear (?:me|you)\b")
LONGEST_KEYWORD = 8
"""Words of a search phrase; longer anchors are sentences."""
SURE = 0.8
"""Money score from which an anchor is a search phrase by itself."""
LIKELY = 0.4
"""Money score from which an anchor counts among others like it."""
BOUGHT = 0.5
"""Money score from which a foreign trade is taken for a bought link."""
SISTER = 5
"""Letters that two names of sites must share to be of one house."""
FARM_DOMAINS = 6
"""Different domains that make a run of links a farm, with FARM_BOUGHT of the links bought, FARM_OUTSIDE not in the body."""
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
        topics = topics_of([f"{link.text} | {host_words(domain)}" for _, link, domain in links])
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
                else money_of(link.text, link.href, self.kinds_in(found, len(link.text))),
            )
            for (number, link, domain), found in zip(links, topics, strict=True)
        )

    def kinds_in(self, found: list[tuple[tuple[str, str], int]], end: int) -> frozenset[str]:
        """The kinds of topics before offset `end`, less the vices and trades that the article itself speaks of."""
        return frozenset(
            kind
            for (topic, kind), offset in found
            if offset < end and not (kind in ("vice", "trade") and topic in self.spoken_of)
        )

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
        for hit in matcher().find(self.low)[TOPICS]:
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


def money_of(text: str, href: str, kinds: frozenset[str]) -> float:
    """How far words are a search phrase that somebody pays for, in [0, 1].

    `kinds` are those of the topics that the words speak of, less what the article itself speaks of for vices and
    trades; `href` is where they lead, if anywhere.
    """
    text = text.strip(" .,;:|»›→*-")
    low = normalise(text)
    words = WORD.findall(low)
    if not words or len(words) > LONGEST_KEYWORD or ADDRESS.match(text):
        return 0.0
    if NEAR_ME.search(low):
        return 0.95
    if is_sentence(words):
        return 0.0
    if "vice" in kinds:
        return 0.9
    offers = not word_set("link-offers").isdisjoint(words)
    if not kinds:
        return LIKELY if offers and len(words) <= 4 else 0.0
    if names_place(text):
        return 0.9
    named = text[0].isupper() and all(word[0].isupper() or not word[0].isalpha() for word in text.split())
    if offers and len(words) > 1 and (not named or len(words) > 2):
        return 0.85
    if len(words) > 2 and "-".join(words) in href.lower().split("/", 3)[-1]:
        return SURE
    return 0.5 if "care" not in kinds and len(words) <= 5 and (not named or words[-1].endswith("s")) else LIKELY


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


def names_place(text: str) -> bool:
    """Whether words end in the name of a place: capitals after small letters, or after "in" or "near"."""
    match = JOINED_PLACE.search(text) or BARE_PLACE.search(text)
    return match is not None and not topics_of([match[1]])[0]


def is_search_phrase(text: str) -> bool:
    """Whether words that lead nowhere (an image's description, a title) are a search phrase that somebody pays for."""
    (found,) = topics_of([text])
    return money_of(text, "", frozenset(kind for (_, kind), _ in found)) >= SURE


def is_sentence(words: list[str]) -> bool:
    """Whether words hang together by words that search phrases do without."""
    return not word_set("sentence-words").isdisjoint(words)


@cache
def matcher() -> Matcher:
    """Finds the topics of links."""
    return Matcher((TOPICS,))


@cache
def inside_hosts() -> re.Pattern[str]:
    """The words of the topics lexicon that may stand inside a host name."""
    words = sorted((e.phrase for e in lexicon(TOPICS) if e.columns["inside"] == "yes"), key=lambda word: -len(word))
    named = "|".join(words)
    return re.compile(rf"^({named})(?=$|\w{{3}})|(?<=\w{{3}})({named})$")


@cache
def kinds_of() -> dict[str, tuple[str, str]]:
    """(topic, kind) by phrase."""
    return {entry.phrase: (entry.columns["topic"], entry.columns["kind"]) for entry in lexicon(TOPICS)}


def host_topics(domain: str) -> frozenset[tuple[str, str]]:
    """What the name of a domain speaks of."""
    return frozenset(
        kinds_of()[m[1] or m[2]] for part in domain.split(".")[0].split("-") for m in inside_hosts().finditer(part)
    )


def is_sister(domain: str, site: str) -> bool:
    """Whether two domains belong to one house, by their names: ``foo.com``, ``foo.co.uk``, ``foo-health.com``."""
    one, other = (name.split(".")[0].replace("-", "") for name in (domain, site))
    return domain == site or (min(len(one), len(other)) >= SISTER and (one in other or other in one))


def host_words(domain: str) -> str:
    """The name of a domain as words, where hyphens part it."""
    return domain.split(".")[0].replace("-", " ")


def topics_of(texts: list[str]) -> list[list[tuple[tuple[str, str], int]]]:
    """For each text its ((topic, kind), offset) pairs, found in one pass over all of them."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    found: list[list[tuple[tuple[str, str], int]]] = [[] for _ in texts]
    for hit in matcher().find(normalise(joined))[TOPICS]:
        at = bisect_right(starts, hit.start) - 1
        found[at].append((kinds_of()[hit.entry.phrase], hit.start - starts[at]))
    return found
