"""Spam in the comments under an article.

What it flags: comments that carry bought or foreign links, forum code, praise that fits any page with a link to the
praiser, healers' testimonials with an address, traders' offers; trackbacks from pages that copied the title.

Why an editor should care: it hardly concerns the article, and is told apart so that it does not count against it: an
honest article under spammed comments passes. Strip the comments; tell the site.

What it must not flag: a reader's own story or blog, thanks, a link to a public body.

Bad: cheap iron infusion Dunmere says: Thanks for sharing such an informative post about iron. Keep it up.
Good: Becks says: Mine was six! The odd-date trick saved my guts.

Source: lexicons/comment-spam.tsv; links as in exact-match-anchor and off-topic-target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_profile import LinkProfile, Target, about
from pipeline.detect.link_words import SURE
from pipeline.detect.matchers import normalise
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

LEXICON = "comment-spam"
TRACKBACK = re.compile(r"(?:pingback|trackback)\s*:", re.IGNORECASE)
COUNTS = re.compile(r"\d+ (?:comments?|thoughts? on|repl(?:y|ies)|responses?)\b|comments?(?: \(\d+\))?$", re.IGNORECASE)
SAYS = re.compile(r"\bsays:?$|\bwrote:?$", re.IGNORECASE)
ENDS = re.compile(r"[.!?…)\]\"”]$")


@dataclass
class Comment:
    """One comment: its lines, joined, and the links to other sites that it holds."""

    lines: list[str]
    targets: list[Target] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The comment in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class CommentSpam:
    """Cuts the removed comments apart and judges each by its links and its phrases."""

    enough: float = 0.75
    author: int = 60
    """Characters of a line that may be a commenter's name."""
    most: int = 200
    """Comments that are judged."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK110", name="comment-spam", axis="links", message="spam in the comments under an article"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a spam comment."""
        comments = self.comments(reading)
        found = 0
        for comment in comments[: self.most]:
            strength = self.strength(reading, comment)
            if strength < self.enough:
                continue
            found += 1
            same = {target.domain for target in comment.targets if not target.is_trusted and not target.is_platform}
            accused = [target for domain in same for target in reading.link_profile.by_domain[domain]]
            yield self.rules[0].evidence(
                comment.text,
                "This comment is spam; it does not count against the article.",
                strength,
                None,
                (),
                **about(sorted(accused, key=lambda target: target.number)),
            )
        yield Signal(name="links.comments", value=len(comments))
        yield Signal(name="links.spam_comments", value=found)

    def comments(self, reading: Reading) -> list[Comment]:
        """The comments that cleaning removed; a short line without an end is taken for the next commenter's name."""
        found: list[Comment] = []
        lines = [removed.text for removed in reading.article.removed if removed.reason == "comments"]
        for line in lines:
            if COUNTS.match(line):
                continue
            names = len(line) <= self.author and not ENDS.search(line)
            if not found or TRACKBACK.match(line) or (names and (len(found[-1].lines) > 1 or SAYS.search(line))):
                found.append(Comment([line]))
            else:
                found[-1].lines.append(line)
        attach(found, reading.link_profile)
        return found

    def strength(self, reading: Reading, comment: Comment) -> float:
        """How plainly a comment is spam, from its links and its phrases: in [0, 1]."""
        profile = reading.link_profile
        own = [target for target in comment.targets if not target.is_trusted and not target.is_platform]
        if any(t.money >= SURE or t.domain in profile.foreign_topics or t.domain in profile.commenters for t in own):
            return 0.95
        low = normalise(comment.text)
        if TRACKBACK.match(comment.text) and own and normalise(reading.article.title or "-")[:20] in low:
            return 0.8
        hits = reading.matcher.find(low).get(LEXICON, ())
        phrases = sorted((float(hit.entry.columns["strength"]) for hit in hits), reverse=True)
        return min(0.95, sum(phrases[:3]) + (0.3 if own and phrases else 0.0))


def attach(comments: list[Comment], profile: LinkProfile) -> None:
    """Give each comment the links to other sites whose words stand in it; links and comments come in one order."""
    at = 0
    for target in profile.outside:
        if target.link.zone != "comments" or not target.link.text:
            continue
        for number in range(at, len(comments)):
            if target.link.text in comments[number].text:
                comments[number].targets.append(target)
                at = number
                break
