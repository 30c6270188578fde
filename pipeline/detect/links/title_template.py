"""A title filled in by an article generator.

What it flags: titles and headings from the generators' lists, with the keyword put in: "The smart Trick of Ketamine
Therapy That Nobody is Discussing", "Sleep Apnea Fundamentals Explained"; titles made to be clicked ("Doctors
are begging…"); a title that holds every word of a search phrase that the page links with.

Why an editor should care: nobody wrote this headline for this article; the page was made to rank.

What it must not flag: ordinary headings that happen to have the same form ("About asthma", "What does remission
mean?"). Such weak forms count only when the page also has a plain one, or several of them.

Bad: An Unbiased View of Root Canals
Good: What a root canal involves

Source: generators' own title lists (lexicons/title-templates.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_words import SURE
from pipeline.detect.matchers import lexicon, normalise, word_set
from pipeline.detect.reading import WORD, Reading
from pipeline.records import Evidence

LEXICON = "title-templates"
SLOT = "(?:.{2,60})"
LONGEST = 120
STOP = word_set("stop")


@dataclass(frozen=True)
class TitleTemplate:
    """Matches title, headings and removed table-of-contents lines against the templates."""

    plain: float = 0.8
    """A template this strong is evidence alone."""
    beside_plain: float = 0.3
    """A weak heading counts beside a plain one from this strength on; a weak title always does."""
    weak_together: int = 4
    """So many weak ones on a page are evidence without a plain one, if they are"""
    weak_share: float = 0.6
    """this share of its headings."""
    keyword: int = 4
    """Words of a search phrase that a title must hold to be built around it."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="LK112", name="title-template", axis="links", message="a headline from an article generator's list"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a headline."""
        found = list(self.matches(reading))
        if all(start is not None or strength < self.plain for _, start, strength, _ in found):
            around = list(self.built_around(reading))
            found = [match for match in found if match[1] is not None or not around] + around
        plain = [match for match in found if match[2] >= self.plain]
        yield Signal(name="links.title_templates", value=len(plain))
        if not plain and not self.many(reading, len(found)):
            return
        for quote, start, strength, template in found:
            if plain and start is not None and strength < self.beside_plain:
                continue
            if template:
                message = f"“{quote}” is a generator's headline: “{template.replace('X', '…')}”."
            else:
                message = f"“{quote}” holds every word of a search phrase that the page links with."
            yield self.rules[0].evidence(quote, message, strength, start)

    def many(self, reading: Reading, weak: int) -> bool:
        """Whether so many headings have weak forms that the page was filled in."""
        heads = sum(block.kind == "heading" for block in reading.article.blocks)
        return weak >= self.weak_together and weak >= self.weak_share * heads

    def built_around(self, reading: Reading) -> Iterator[tuple[str, int | None, float, str]]:
        """Yield the title where it holds every word of a search phrase that the body links with."""
        title = reading.article.title or ""
        words = set(WORD.findall(normalise(title)))
        for target in reading.link_profile.shown:
            phrase = WORD.findall(normalise(target.link.text)) if target.money >= SURE else []
            inside = target.link.start is not None and words.issuperset(set(phrase) - STOP)
            if inside and len(phrase) >= self.keyword:
                yield title, None, self.plain, ""
                return

    def matches(self, reading: Reading) -> Iterator[tuple[str, int | None, float, str]]:
        """Yield (headline, offset or None, strength, template)."""
        article = reading.article
        lines: list[tuple[str, int | None]] = [(article.title, None)] if article.title else []
        lines += [(article.text[b.start : b.end], b.start) for b in article.blocks if b.kind == "heading"]
        lines += [(r.text, None) for r in article.removed if r.reason == "table-of-contents"]
        seen = set()
        for line, start in lines:
            if len(line) > LONGEST or line in seen:
                continue
            seen.add(line)
            match = grammar().fullmatch(normalise(line).strip(" .!?:"))
            if match and match.lastgroup:
                phrase, strength = templates()[int(match.lastgroup[1:])]
                yield line, start, strength, phrase


@cache
def templates() -> list[tuple[str, float]]:
    """(template, strength), plain ones first, so that the plainest form of a headline is found."""
    entries = [(re.sub(r"\bx\b", "X", entry.phrase), float(entry.columns["strength"])) for entry in lexicon(LEXICON)]
    return sorted(entries, key=lambda entry: -entry[1])


@cache
def grammar() -> re.Pattern[str]:
    """One pattern over all templates; group tN is template number N."""
    forms = []
    for number, (phrase, _) in enumerate(templates()):
        parts = [re.escape(part) for part in re.split(r"\bX\b", phrase)]
        forms.append(f"(?P<t{number}>{SLOT.join(parts)})")
    return re.compile("|".join(forms))
