"""A link that readers of the page cannot see.

What it flags: links to other sites that stand in the source and not on the screen: display or visibility off, no
size, the colour of the background, pushed off the screen, transparent, kept from screen readers, or inside noscript;
by the style of an element or by the page's style sheet.

Why an editor should care: the page was broken into, or somebody rents it out. The article may be sound: tell the site,
and fetch it again when the links are gone.

What it must not flag: folded menus, skip links, text for screen readers, links within the site, links to public bodies
or to the platforms that every page links to.

Bad: <div style="position:absolute;left:-9999px"><a href="https://jackpot.example/">casino bonus</a></div>
Good: <a class="screen-reader-text" href="#content">Skip to content</a>

Source: search engines' policies on hidden text and links; forms of hacked pages. The opening tag that hides the links
is quoted, so that a webmaster finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import LinkProfile, Target, about, listed
from pipeline.detect.link_words import LIKELY, SURE
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

TRICK = re.compile(r"-\d{3,}|opacity\s*:\s*0|font-size|text-indent|color\s*:|scale\(", re.IGNORECASE)
"""Ways of hiding in an element's own style that menus do not need."""
FOLDS = re.compile(
    r"menu|nav|drop-?down|collaps|accordion|fold|tab|modal|pop-?up|panel|drawer|dialog|footer|transition|carousel|slide",
    re.IGNORECASE,
)
"""Names of what opens when it is wanted."""


@dataclass(frozen=True)
class HiddenLink:
    """Groups hidden links to other sites by the element that hides them."""

    unknown: float = 0.6
    """Strength where nothing about the targets tells, and only the way of hiding does."""
    unknown_links: int = 2
    """Links that must be hidden together for that."""

    any_language: ClassVar[bool] = True
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK103", name="hidden-link", axis="links", message="a link that readers of the page cannot see"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding an element that hides links."""
        profile = reading.link_profile
        groups: dict[str, list[Target]] = {}
        for target in profile.outside:
            if target.link.hidden and not target.is_trusted and not target.is_platform:
                groups.setdefault(target.link.holder, []).append(target)
        yield Signal(name="links.hidden", value=sum(map(len, groups.values())))
        for holder, targets in groups.items():
            strength = self.strength(profile, holder, targets)
            if strength:
                words = listed(target.link.text or target.domain for target in targets)
                yield self.rules[0].evidence(
                    holder,
                    f"This element hides {len(targets)} links to other sites from readers: “{words}”.",
                    strength,
                    None,
                    (),
                    **about(targets),
                )

    def strength(self, profile: LinkProfile, holder: str, targets: list[Target]) -> float:
        """How plainly links are hidden on purpose."""
        if any(self.tells(profile, target) for target in targets):
            return 0.95
        if FOLDS.search(holder):
            return 0.0
        known = {target.domain for target in profile.outside if not target.link.hidden}
        new = [target for target in targets if target.domain not in known and target.link.text]
        return self.unknown if len(new) >= self.unknown_links and TRICK.search(holder) else 0.0

    def tells(self, profile: LinkProfile, target: Target) -> bool:
        """Whether a hidden link is plainly bought or foreign."""
        vice = any(kind == "vice" and topic not in profile.spoken_of for topic, kind in target.topics)
        return vice or target.money >= SURE or (target.domain in profile.sold and target.money >= LIKELY)
