"""Links and scripts that take visitors elsewhere than they are told.

What it flags: an address passed on through a tracker to a third site while the words of the link promise a source
("new research from the NIH"); the words of a link that are one address and its target another; an address that a
script swaps on the click; a script that shows crawlers the article and sends people away; a link shortener.

Why an editor should care: the page lies about where it leads. What a search engine or an editor's tool sees is not
what a reader gets.

What it must not flag: a newsletter's or a department's own tracker that leads back to the same site, share buttons,
links rewritten by mail programs, an archive's copy.

Bad: <a href="https://clk.example/r?d=aHR0cHM6Ly9zaG9wLmV4YW1wbGU">new research from the NIH</a>
Good: <a href="https://click.mailer.example/?target=https%3A%2F%2Four-own-site.example%2Fnewsletter">Sign up</a>

Source: search engines' policies on cloaking and sneaky redirects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import link_targets
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import LinkProfile, Target, about
from pipeline.detect.matchers import word_set
from pipeline.detect.reading import Reading
from pipeline.records import Article, Evidence

WRITTEN_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?:/\S*)?")
PROMISES = re.compile(
    r"\b(?:NIH|CDC|FDA|WHO|NHS|NICE|EMA|National Institutes?|World Health|Harvard|Stanford|Oxford|Johns Hopkins|Mayo"
    r"|PubMed|Lancet|stud(?:y|ies)|research|clinical trials?|official (?:site|report))\b"
)
ADDRESS_IN = re.compile(r"(?:https?:)?//[^\s\"'<>)]+")


@dataclass(frozen=True)
class RedirectCloak:
    """Looks at addresses inside addresses, at what the words promise, and at the page's scripts."""

    enough: float = 0.5
    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK106",
            name="redirect-cloak",
            axis="links",
            message="visitors are taken elsewhere than they are told",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a tracker, a swapped address, a script, and for what goes with them."""
        article, profile = reading.article, reading.link_profile
        findings = [*self.trackers(profile), *self.swaps(article, profile), *self.scripts(article)]
        if findings and article.markup.conceals_referrer:
            message = "The page also hides from its targets where the visitor comes from."
            findings.append(self.rules[0].evidence(article.markup.conceals_referrer, message, 0.3))
        yield from findings
        yield from self.shorteners(profile)
        yield Signal(name="links.redirects", value=len(findings))

    def trackers(self, profile: LinkProfile) -> Iterator[Evidence]:
        """Yield a finding a domain that passes visitors on to somewhere they were not told."""
        for domain, targets in profile.by_domain.items():
            targets = [t for t in targets if t.link.zone != "comments" or t.link.hidden] or targets
            judged = [(self.strength(target, profile.site), target) for target in targets if not target.is_platform]
            best, told = max(judged, key=lambda pair: pair[0], default=(0.0, None))
            if told is None or best < self.enough:
                continue
            inside = told.link.start is not None
            yield self.rules[0].evidence(
                told.link.text if inside else told.link.href,
                f"“{told.link.text or 'A picture'}” does not lead where it says but through {domain} to another site.",
                best,
                told.link.start,
                (),
                **about(profile.by_domain[domain]),
            )

    def strength(self, target: Target, site: str) -> float:
        """How plainly one link takes its reader elsewhere than it says."""
        link = target.link
        hidden = link_targets.domain_of(link_targets.passed_on(link.href))
        elsewhere = bool(hidden) and hidden not in (site, target.domain)
        if target.is_trusted or link_targets.affiliate_mark(link.href):
            return 0.0
        written = WRITTEN_ADDRESS.fullmatch(link.text.strip().lower())
        if written and written[1] != site and link_targets.is_trusted(f"//{written[1]}"):
            return 0.9
        if not elsewhere:
            return 0.0
        coded = "://" not in link.href[8:] and "%3a%2f" not in link.href.lower()
        promises = bool(PROMISES.search(link.text)) and not link_targets.is_trusted(link_targets.passed_on(link.href))
        return 0.95 if promises else 0.6 if coded else 0.3

    def swaps(self, article: Article, profile: LinkProfile) -> Iterator[Evidence]:
        """Yield one finding for the links whose address changes on the click."""
        swapped = []
        for number, link in enumerate(article.links):
            found = ADDRESS_IN.search(link.swap) if link.swap else None
            other = link_targets.domain_of(found[0]) if found else ""
            shown = link_targets.domain_of(link.href)
            if other and shown and other not in (shown, profile.site):
                swapped.append((number, link))
        if swapped:
            message = (
                f"{len(swapped)} links carry a second address, of another site, for a script to put in on the click."
            )
            yield self.rules[0].evidence(
                swapped[0][1].swap,
                message,
                0.8,
                None,
                (),
                links=[number for number, _ in swapped],
                hrefs=list(dict.fromkeys(link.href for _, link in swapped)),
            )

    def scripts(self, article: Article) -> Iterator[Evidence]:
        """Yield a finding a script or element that sends visitors elsewhere."""
        for snippet in article.markup.redirects:
            yield self.rules[0].evidence(
                snippet, "The page finds out who is visiting, or waits a moment, and goes to another address.", 0.8
            )

    def shorteners(self, profile: LinkProfile) -> Iterator[Evidence]:
        """Yield one finding for links of the body whose target a shortener hides."""
        short = [t for t in profile.shown if t.domain in word_set("link-shorteners") and t.link.start is not None]
        if short:
            first = short[0]
            message = f"{len(short)} links go through a shortener, so that nobody sees where they lead: {first.domain}."
            yield self.rules[0].evidence(first.link.text, message, 0.2, first.link.start)
