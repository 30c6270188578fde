"""How dangerous a sentence is for a reader who believes it, were it unfounded.

The risks and their weights are in risks.toml; a sentence's severity joins those that it shows as independent alarms.
What a sentence denies, warns of, asks or only tells to report is no promise ("does not cure", "anyone who promises").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.detect.claim_terms import LONGEST, tokens
from pipeline.detect.matchers import normalise

FILE = Path(__file__).parent / "risks.toml"
Tone = Literal["promise", "fear"]


@dataclass(frozen=True)
class Risk:
    """One kind of danger: what the sentence does, how bad, and in which tone."""

    name: str
    weight: float
    triggers: frozenset[str]
    pattern: re.Pattern[str]
    tone: Tone = "promise"


def read_risks() -> tuple[Risk, ...]:
    """The risks of risks.toml, in its order."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    risks = []
    for row in table["risk"]:
        pattern = "|".join(row["patterns"])
        for name, fragment in table["fragments"].items():
            pattern = pattern.replace(f"<<{name}>>", fragment)
        risks.append(
            Risk(
                name=row["name"],
                weight=row["weight"],
                triggers=frozenset(row["triggers"].split()),
                pattern=re.compile(pattern, re.IGNORECASE | re.VERBOSE),
                tone=row["tone"],
            )
        )
    return tuple(risks)


RISKS = read_risks()
VULNERABLE = re.compile(
    r"\b(?:children|child|kids?|bab(?:y|ies)|infants?|toddlers?|newborns?|pregnan\w+|breast-?feeding|nursing\smothers)\b",
    re.IGNORECASE,
)
VULNERABLE_SHARE = 0.35
"""How far what is left to full severity is closed when a promise is made for children or in pregnancy."""
DENIED = re.compile(
    r"\b(?:not|no|nobody|none|never|neither|cannot|isn['’]t|aren['’]t|doesn['’]t|don['’]t|didn['’]t|won['’]t|can['’]t|without|hardly|rarely|seldom|unlikely|unless|myth|false|untrue|beware|avoid|claims?(?:\sto)?|claimed|promis(?:e|es|ing)|offers?\sto|anyone\swho|anybody\swho|whether|if|should|before|until|ask|tell)\b(?:\W+\w+){0,5}\W*$",
    re.IGNORECASE,
)
"""Words shortly before a promise that take it back, doubt it, or make it somebody else's."""
ASKED_OR_QUOTED = re.compile(r"\?[\"'”’)\s]*$|^\W*(?:claim|myth|fiction|rumou?r|misconception)s?\b", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:—–]|\b(?:and|but|so)\b", re.IGNORECASE)
WORDS_BEFORE = 60
"""Characters before a promise, in its clause, in which what takes it back is looked for."""


@dataclass(frozen=True)
class Danger:
    """The severity of a sentence in [0, 1], and the names of the risks that it shows, worst first."""

    severity: float = 0.0
    names: tuple[str, ...] = ()
    quotes: tuple[tuple[str, int], ...] = ()
    """The words of each risk and where in the text they begin."""


NO_DANGER = Danger()


def danger(text: str, words: frozenset[str], tone: Tone) -> Danger:
    """The danger of one sentence or title, of one tone; `words` are its tokens (`claim_terms.tokens`)."""
    text = text[:LONGEST]
    found = []
    for one in RISKS:
        match = one.pattern.search(text) if one.tone == tone and not one.triggers.isdisjoint(words) else None
        before = CLAUSE.split(text[max(0, match.start() - WORDS_BEFORE) : match.start()])[-1] if match else ""
        if match and not (tone == "promise" and DENIED.search(before)):
            found.append((one.weight, one.name, (match.group().rstrip(), match.start())))
    if not found or ASKED_OR_QUOTED.search(text):
        return NO_DANGER
    found.sort(reverse=True)
    harmless = 1.0
    for weight, _, _ in found:
        harmless *= 1 - weight
    if VULNERABLE.search(text):
        harmless *= 1 - VULNERABLE_SHARE
    return Danger(1 - harmless, tuple(name for _, name, _ in found), tuple(quote for _, _, quote in found))


def title_danger(title: str | None, tone: Tone) -> Danger:
    """The danger of a title."""
    return danger(title, frozenset(tokens(normalise(title))), tone) if title else NO_DANGER
