"""A letter to the author: each health claim without a source, with the kind of source asked for, most serious first.

The letter is courteous, says that truth is not in question, and asks for what would settle each sentence. Claims that
could hurt a reader come first, one by one with the reason; the others are gathered by the kind of source asked for.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Assessment, Claim, ClaimType
from pipeline.report.safe_text import one_line
from pipeline.report.salutation import salutation

ASKS: dict[ClaimType, tuple[str, str]] = {
    "safety": ("What is safe, and what is not", "a drug or food agency, the product label, or a study of side effects"),
    "efficacy": ("What works", "a trial or, better, a review of trials"),
    "statistic": ("Numbers", "the study, survey or register that the number comes from, with its year"),
    "comparison": ("What is better than what", "a study that compared the two"),
    "absolute": ("Always, never, everybody", "evidence that leaves no exception; otherwise please soften the sentence"),
    "causal": ("What causes what", "a study or a guideline that says so"),
    "advice": ("What readers should do", "the guideline behind the advice"),
    "mechanism": ("How it works in the body", "a textbook, a review or a laboratory study, and in whom it was shown"),
    "prevalence": ("How common it is", "a survey or register, with its year and country"),
}
"""Heading and kind of source by type, the types in the order in which their claims are asked about."""
DANGEROUS = 0.3
"""Strength of a finding from which on its claim is named first, with the reason."""
LONGEST = 320
WIDTH = 78
ITEM = re.compile(r"\d+\. |- ")
ESCAPED = r"\\\1"
SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
UNACCOUNTABLE, WRONG_TERM = "unaccountable", "wrong-term"


@dataclass(frozen=True)
class Asked:
    """One claim to ask about: its words, what makes it serious, and how serious it is."""

    claim: Claim
    risks: tuple[str, ...]
    strength: float


def letter(assessment: Assessment, markdown: bool = False) -> str:
    """The letter about one page, in plain text (wrapped) or Markdown, ending with a line end."""
    written = lines(assessment, Style(markdown))
    return "\n".join(written if markdown else map(wrapped, written)) + "\n"


def wrapped(line: str) -> str:
    """A paragraph or list item wrapped for mail, items indented."""
    indent = " " * len(match.group()) if (match := ITEM.match(line)) else ""
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True)
class Style:
    """How headings, quotes and lists are written."""

    markdown: bool

    def heading(self, words: str) -> str:
        """A heading of a group."""
        return f"**{words}**" if self.markdown else words

    def quote(self, words: str) -> str:
        """Words of the article, on one line, cut where they are very long."""
        words = one_line(words)
        words = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
        return f"“{self.words(words)}”"

    def words(self, words: str) -> str:
        """Words of a stranger that mean only themselves."""
        return SPECIAL.sub(ESCAPED, words) if self.markdown else words

    def item(self, number: int, words: str) -> str:
        """A numbered item; numbers run through the whole letter."""
        return f"{number}. {words}"


def lines(assessment: Assessment, style: Style) -> Iterator[str]:
    """The lines of the letter."""
    asked = questions(assessment)
    others = list(other_requests(assessment, style))
    title = style.quote(assessment.title) if assessment.title else "your article"
    yield style.heading(f"About {title}") if style.markdown else f"Subject: sources for {title}"
    yield ""
    yield style.words(salutation(assessment.author)) + ","
    yield ""
    if not asked and not others:
        yield f"Thank you for {title}. We found no health claim in it that lacks a source, and have nothing to ask."
        yield from closing()
        return
    yield f"Thank you for {title}. {opening(len(asked))}"
    number = 0
    for heading, ask, group in groups(asked):
        yield ""
        yield style.heading(heading)
        if ask:
            yield f"Please cite {ask}."
        yield ""
        for one in group:
            number += 1
            yield style.item(number, style.quote(one.claim.quote) + remark(one, bool(ask), style))
    if others:
        yield ""
        yield style.heading("Also")
        yield ""
        yield from (f"- {other}" for other in others)
    yield from closing()


def opening(count: int) -> str:
    """What the letter is about."""
    if not count:
        return "Before we go on, we have the following requests."
    sentences = "one sentence makes a health claim" if count == 1 else f"{count} sentences make health claims"
    return (
        f"We read it with care, and before we go on we would like to know what it rests on: {sentences} for which the "
        "article names no source that a reader could look up. We do not say that any of it is wrong. Could you give "
        "the source you relied on, or else soften or leave out the sentence? What matters most to a reader's safety "
        "comes first."
    )


def closing() -> Iterator[str]:
    """How the letter ends."""
    yield ""
    yield (
        "A source can be short: who, what, when, and a link if there is one. If something is your own experience, "
        "please say so in the text; that is welcome too. Do write to us if a request is unclear."
    )
    yield ""
    yield "With kind regards,"
    yield "The editors"


def questions(assessment: Assessment) -> list[Asked]:
    """The unsupported claims, each sentence once, most serious first."""
    found = {evidence.start: evidence for evidence in assessment.evidence if evidence.name.startswith("unsupported-")}
    asked: dict[str, Asked] = {}
    for claim in assessment.claims:
        if claim.support in ("none", "vague"):
            evidence = found.get(claim.start)
            risks = tuple(evidence.related.get("risks", ())) if evidence else ()
            key = one_line(claim.quote).casefold()
            asked.setdefault(key, Asked(claim, risks, evidence.strength if evidence else 0.0))
    return sorted(asked.values(), key=lambda one: (-one.strength, one.claim.start))


def groups(asked: Sequence[Asked]) -> Iterator[tuple[str, str, list[Asked]]]:
    """Heading, kind of source (empty where each item says its own) and claims of each group, most serious first."""
    serious = [one for one in asked if one.risks and one.strength >= DANGEROUS]
    if serious:
        yield "Please look at these first", "", serious
    for kind, (heading, ask) in ASKS.items():
        group = [one for one in asked if one.claim.type == kind and one not in serious]
        if group:
            yield heading, ask, group


def remark(one: Asked, grouped: bool, style: Style) -> str:
    """What is said of one claim after its words."""
    said = ""
    if one.claim.support == "vague" and one.claim.source:
        said = f" Whose work is meant by {style.quote(one.claim.source)}?"
    if grouped:
        return said
    return f" This {' and '.join(one.risks[:2])}.{said} Please cite {ASKS[one.claim.type][1]}, or take it out."


def other_requests(assessment: Assessment, style: Style) -> Iterator[str]:
    """Requests that are not about one claim."""
    seen: set[str] = set()
    for evidence in assessment.evidence:
        if evidence.name == WRONG_TERM and evidence.quote.casefold() not in seen:
            seen.add(evidence.quote.casefold())
            yield f"You write {style.quote(evidence.quote)}; do you mean {style.quote(evidence.suggestions[0])}?"
    if any(evidence.name == UNACCOUNTABLE for evidence in assessment.evidence):
        yield "Please add who wrote or reviewed it and with what qualification, its date, and a list of references."
