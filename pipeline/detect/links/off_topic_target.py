"""A link to a site that has nothing to do with the article.

What it flags: links of a health article to casinos, payday loans, essay mills, replica goods, roofers, by what the
words of the link and the name of the site speak of, when the article itself never speaks of it.

Why an editor should care: such a link is paid for, or was put in by somebody who broke into the site.

What it must not flag: an article about gambling that links to help for gamblers, links to public bodies, platforms,
labelled advertising beside the article, a commenter's site (comment-spam says that).

Bad: … said that most knees <a href="https://lantern-jackpot.example/">read the article</a> settle with exercise.
Good: (in an article on gambling) The <a href="https://helpline.example/">gambling helpline</a> answers at night.

Source: lexicons/link-topics.tsv, the trades that buy links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import Target, about, listed
from pipeline.detect.link_words import BOUGHT, SURE
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class OffTopicTarget:
    """Reports each foreign domain of the body, and those around it or hidden together."""

    vice: float = 0.9
    trade: float = 0.7
    around: float = 0.4
    """Strength of those around the article that readers see: link-farm has said the rest."""
    together: int = 2
    """Foreign links outside the body that make a finding."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK107",
            name="off-topic-target",
            axis="links",
            message="a link to a site that has nothing to do with the article",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a foreign domain that the body links to, and one for all others."""
        profile = reading.link_profile
        foreign = profile.foreign_topics
        yield Signal(name="links.foreign_domains", value=len(foreign))
        others: list[Target] = []
        for domain, topic in foreign.items():
            targets = [target for target in profile.by_domain[domain] if target.link.zone != "comments"]
            if domain in profile.commenters or all("sponsored" in target.link.rel for target in targets):
                continue
            is_vice = any((topic, "vice") in target.topics for target in targets)
            if not is_vice and all(target.money < BOUGHT for target in targets):
                continue
            inside = [t for t in targets if t.link.start is not None and t.number not in profile.farmed]
            if not inside:
                others += [target for target in targets if target.money >= SURE or target.link.hidden]
                continue
            first = max(inside, key=lambda target: target.money)
            yield self.rules[0].evidence(
                first.link.text,
                f"The link leads to {domain} ({topic}), which has nothing to do with the article.",
                self.vice if is_vice else self.trade if first.money >= SURE else self.trade / 2,
                first.link.start,
                (),
                **about(targets),
            )
        if len(others) >= self.together:
            yield self.rules[0].evidence(
                listed(target.link.href for target in others),
                f"{len(others)} links around the article lead to sites that have nothing to do with it "
                f"({listed(foreign[target.domain] for target in others)}).",
                self.vice if any(target.link.hidden for target in others) else self.around,
                None,
                (),
                **about(others),
            )
