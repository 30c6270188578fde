"""A page of health claims for which nobody answers: no author, no date, no references.

What it flags: a page with several unsupported claims that states neither who wrote or reviewed it, nor when, nor what
it rests on. The finding says what is there, and where; signals say the same of every page: author, credentials, date,
references, disclosure of sponsorship, contact (1 present, 0 missing).

Why an editor should care: the author can be asked for them, and readers look for them first.

What it must not flag: a page that has any of the three; a page without unsupported claims; a short notice.

Bad: An advice page that ends with "Order now" and no name.
Good: "Reviewed by Ann Ode, RN, May 2024", or a list of references.

Source: the HONcode principles (authority, date, attribution), Health On the Net Foundation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import ahocorasick_rs

from pipeline.detect.claim_ledger import LEXICONS
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.matchers import normalise
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

NAMED = re.MULTILINE | re.VERBOSE
ANY_CASE = NAMED | re.IGNORECASE


@dataclass(frozen=True)
class Mark:
    """A pattern, and what every match of it holds: words in lower case, beginnings of words before a `*`.

    `before` and `after` say how many characters of the text around what is held are searched: no match is longer.
    """

    holds: str
    before: int
    after: int
    pattern: re.Pattern[str]


MARKS = {
    "author": Mark(
        "by name",
        25,
        60,
        re.compile(
            r"""\b(?:written|reviewed|edited|compiled)\sby\s[A-Z] | ^\W*[Bb]y\s[A-Z]\w+\s[A-Z]
            | \b[Mm]y\sname\sis\s[A-Z]""",
            NAMED,
        ),
    ),
    "credentials": Mark(
        "md m.d mbbs phd ph.d rn frc* mrc* rd pharmd bpharm dds dr professor consultant nurse dietitian"
        " physiotherapist",
        25,
        60,
        re.compile(
            r"""\b(?:M\.?D\.? | MBBS | Ph\.?D | RN | FRC\w+ | MRC\w+ | RD | PharmD | BPharm | DDS | consultant
            | specialist\snurse | registered\s(?:nurse|dietitian|physiotherapist) | [Pp]rofessor | Dr\.?\s[A-Z])\b""",
            NAMED,
        ),
    ),
    "date": Mark(
        "19* 20*",
        120,
        40,
        re.compile(
            r"""\b(?:updated|reviewed|published|posted|checked|version|last\s\w+)\b.{0,30}\b(?:19|20)\d\d\b
            | \b\d{1,2}\s\w+\s20\d\d\b
            | \b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?\s(?:\d{1,2},\s)?20\d\d\b""",
            ANY_CASE,
        ),
    ),
    "disclosure": Mark(
        "sponsored affiliate disclosure advertorial paid interest funded commission",
        30,
        30,
        re.compile(
            r"""\b(?:sponsored | affiliate | disclosure | advertorial | paid\s(?:post|partnership)
            | conflicts?\sof\sinterest | funded\sby | commission)\b""",
            ANY_CASE,
        ),
    ),
    "contact": Mark(
        "@ contact email telephone phone ring call",
        80,
        140,
        re.compile(
            r"""\b[\w.]{1,64}@[\w.]{1,64}\.\w+\b | \b(?:contact|email|telephone|phone|ring|call)\s(?:us|me|the)\b
            | \b\d{3,5}[\s-]\d{3}[\s-]\d{3,4}\b""",
            ANY_CASE,
        ),
    ),
}
"""What tells that somebody answers for a page."""
HELD = [(word, name) for name, mark in MARKS.items() for word in mark.holds.split()]
AUTOMATON = ahocorasick_rs.AhoCorasick([word.rstrip("*") for word, _ in HELD])
TELEPHONE = re.compile(r"\d[\s-]\d{3}[\s-]\d{3}")
"""What a telephone number holds."""
REMOVED_MOST, BODY_MOST = 400, 40_000
"""Characters of each removed piece, and of the body from its end, that are searched."""


@dataclass(frozen=True)
class Unaccountable:
    """Looks for the marks in head, body and what was removed from the page."""

    claims: int = 4
    """Unsupported claims from which on a page should say who answers for them."""
    words: int = 150
    strength: float = 0.3

    lexicons: ClassVar[tuple[str, ...]] = LEXICONS
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="CL115", name="unaccountable", axis="claims", message="no author, date or references"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a signal a mark, and a finding for a page that has none of author, date and references."""
        found = places(reading)
        for name in (*MARKS, "references"):
            yield Signal(name=f"accountability.{name}", value=float(name in found))
        unsupported = sum(claim.support in ("none", "vague") for claim in reading.claims)
        missing = not {"author", "date", "references"} & set(found)
        if missing and unsupported >= self.claims and len(reading.words) >= self.words:
            yield self.rules[0].evidence(
                reading.article.title or reading.article.text[:80],
                f"{unsupported} claims without a source, and no author, date or references are given.",
                self.strength,
                None,
                (),
                **found,
            )


def places(reading: Reading) -> dict[str, str]:
    """Each mark that is present, with where it was found and its words."""
    article = reading.article
    found: dict[str, str] = {}
    if article.metadata.author:
        found["author"] = f"{'head' if article.kind == 'html' else 'byline'}: {article.metadata.author}"
    if article.metadata.date:
        found["date"] = f"head: {article.metadata.date}"
    if reading.references.blocks or any(source.support == "cited" for source in reading.sources):
        found["references"] = "body"
    bylines = "\n".join(
        piece.text[:REMOVED_MOST] for piece in article.removed if piece.reason in ("byline", "author-bio")
    )
    if bylines:
        found.setdefault("author", f"byline: {bylines[:80]}")
    rest = "\n".join(piece.text[:REMOVED_MOST] for piece in article.removed[:200])
    for where, text, low in (
        ("byline", bylines, normalise(bylines)),
        ("body", article.text[-BODY_MOST:], reading.low[-BODY_MOST:]),
        ("page", rest, normalise(rest)),
    ):
        for name, match in marks(text, low, [name for name in MARKS if name not in found]):
            found[name] = f"{where}: {match.group().strip()[:80]}"
    return found


def marks(text: str, low: str, wanted: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the first of each mark of `wanted` in a text; `low` is the text normalised."""
    spots: dict[str, list[int]] = {name: [] for name in wanted}
    for number, start, end in AUTOMATON.find_matches_as_indexes(low, overlapping=True):
        word, name = HELD[number]
        if name not in spots:
            continue
        begins = not (start and low[start - 1].isalnum() and low[start].isalnum())
        ends = word.endswith("*") or not (low[end : end + 1].isalnum() and low[end - 1].isalnum())
        if begins and ends:
            spots[name].append(start)
    if "contact" in spots:
        spots["contact"] = sorted([*spots["contact"], *(match.start() for match in TELEPHONE.finditer(text))])
    for name, places in spots.items():
        mark = MARKS[name]
        tried = (mark.pattern.search(text, max(0, at - mark.before), at + mark.after) for at in places)
        match = next(filter(None, tried), None)
        if match:
            yield name, match
