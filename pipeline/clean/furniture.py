"""Why a line is not body: the few lines that never are (furniture.tsv, force), and the reason of what was removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.clean.lines import Line, Lines
from pipeline.clean.vocabulary import BIT

MAX_CHARS = 300
"""Longer lines are never judged by a rule: furniture that long is left to the classifier."""
OF_ZONE = {
    "nav": "navigation",
    "header": "navigation",
    "footer": "footer",
    "comments": "comments",
    "sidebar": "related",
}
OF_WORDS = (
    ("cookie", "cookie-notice"),
    ("share", "share"),
    ("toc", "table-of-contents"),
    ("related", "related"),
    ("nav", "navigation"),
    ("advert", "advert"),
    ("meta", "byline"),
)
TALKS = re.compile(r"forum|thread|topic|discussion|question|answer|product|review", re.IGNORECASE)
"""Names of boxes on pages that are made of what many people wrote."""
ARTICLE_CHARS = 600
"""Body characters outside the comments that make a page an article with comments, not a forum."""
LINK_CHARS = 60
PROSE_WORDS = 20
"""Words from which a line is no byline, but the beginning of the text."""
REPEATED_CHARS = {"quote": 60}
REPEATED_ELSE = 150
"""Characters from which a line that stands twice is a copy, of a quotation and of any other: short ones recur."""
NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s?){1,4}$")
FIRST_PERSON_BIO = re.compile(r"(?:my name is|i'm|i am|about the author)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """A pattern at line start, the reason it stands for, and whether it holds against the classifier."""

    pattern: re.Pattern[str]
    reason: str
    force: bool


def read() -> tuple[Rule, ...]:
    """The rules of furniture.tsv, in order: the first that matches gives the reason."""
    lines = Path(__file__).with_name("furniture.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[2:])
    return tuple(Rule(re.compile(pattern, re.IGNORECASE), reason, force == "yes") for pattern, reason, force in rows)


RULES = tuple(sorted(read(), key=lambda rule: not rule.force))
ANY = re.compile("|".join(f"(?P<r{at}>{rule.pattern.pattern})" for at, rule in enumerate(RULES)), re.IGNORECASE)


@lru_cache(maxsize=16384)
def rule_of(text: str) -> Rule | None:
    """The first rule that a line matches, those with force before the others."""
    match = ANY.match(text) if len(text) <= MAX_CHARS else None
    return RULES[int(match.lastgroup[1:])] if match and match.lastgroup else None


def forced(text: str) -> bool:
    """Whether a line is furniture whatever stands around it."""
    rule = rule_of(text)
    return rule is not None and rule.force


def reason_of(line: Line) -> str:
    """Why a removed line went: by rule, by zone, by class words, else because the classifier said so."""
    rule = rule_of(line.text)
    if rule:
        return rule.reason
    if line.zone in OF_ZONE:
        return OF_ZONE[line.zone]
    if line.tags:
        if line.tags.in_form and line.tags.words & BIT["comments"]:
            return "comment-form"
        for group, reason in OF_WORDS:
            if line.tags.words & BIT[group]:
                return reason
    return "boilerplate"


def author_bio(lines: list[Line]) -> set[int]:
    """Indices of the author box at the end of a page: a name on a line of its own, then who that is.

    The two lines must share the name, and stand in the last third of the page.
    """
    found: set[int] = set()
    for at in range(max(1, len(lines) * 2 // 3), len(lines)):
        name, bio = lines[at - 1].text, lines[at].text
        if len(name) > 50 or len(bio) > 600 or not NAME.match(name):
            continue
        if name in bio and (FIRST_PERSON_BIO.match(bio) or bio.startswith((f"{name} is ", f"{name} has "))):
            found |= {at - 1, at}
    return found


def comments_below(page: Lines, body: list[bool]) -> set[int]:
    """Indices of body lines in a comments zone, where there is an article above.

    On pages of forums and shops there is none, where what others wrote is longer than the rest: there it is kept.
    """
    lines = page.lines
    inside = {at for at, line in enumerate(lines) if body[at] and line.zone == "comments"}
    comments = sum(len(lines[at].text) for at in inside)
    article = sum(len(line.text) for line, keep in zip(lines, body, strict=True) if keep) - comments
    if article < ARTICLE_CHARS or (comments > article and any(map(TALKS.search, set(page.boxes.key)))):
        return set()
    return inside


def repeated(lines: list[Line], body: list[bool]) -> set[int]:
    """Indices of body lines of an HTML page that stood there before, word for word: for small screens, or quoted.

    On the choose domains of WCXB, leaving them out gives forums .025 of word-bag F1 and costs no other type anything;
    from 60 characters on whatever the kind it gives them .04, and takes .008 from documentation.
    """
    seen: set[str] = set()
    found = set()
    for at, line in enumerate(lines):
        if body[at] and line.tags is not None and len(line.text) >= REPEATED_CHARS.get(line.kind, REPEATED_ELSE):
            if line.text in seen:
                found.add(at)
            seen.add(line.text)
    return found


def bylines(lines: list[Line], body: list[bool]) -> set[int]:
    """Indices of body lines that are bylines by a rule, above the first prose of the page."""
    found = set()
    for at, line in enumerate(lines):
        words = line.text.count(" ") + 1
        if body[at] and words >= PROSE_WORDS:
            break
        rule = rule_of(line.text) if body[at] else None
        if rule and rule.reason == "byline":
            found.add(at)
    return found


def lonely_links(lines: list[Line], body: list[bool]) -> set[int]:
    """Indices of body lines that are nothing but a link of a few words, with no body right above or below them."""
    padded = [False, *body, False]
    return {
        at
        for at, line in enumerate(lines)
        if body[at]
        and not padded[at]
        and not padded[at + 2]
        and line.tags is not None
        and line.tags.link_chars >= len(line.text)
        and len(line.text) <= LINK_CHARS
    }
