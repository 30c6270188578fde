"""How dangerous a sentence is for a reader who believes it, were it unfounded.

The risks and their weights are in risks.toml; a sentence's severity joins those that it shows as independent alarms.
What a sentence denies, warns of, asks or only tells to report is no promise ("does not cure", "anyone who promises").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.detect import word_flags
from pipeline.detect.claim_terms import LONGEST, tokens
from pipeline.detect.matchers import normalise
from pipeline.detect.word_flags import Gate, Gates, gate

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

FILE = Path(__file__).parent / "risks.toml"
Tone = Literal["promise", "fear"]


@dataclass(frozen=True)
class Form:
    """One wording of a kind of danger, and the words that a sentence must have for it to be tried.

    `risk` says what the sentence does, `weight` how bad that is, `gate` which words are needed (`word_flags`).
    """

    risk: str
    weight: float
    tone: Tone
    gate: Gate
    pattern: re.Pattern[str]


def read_forms() -> Iterator[Form]:
    """The forms of the risks of risks.toml, in its order."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for risk in table["risk"]:
        for form in risk["form"]:
            pattern = form["pattern"]
            for name, fragment in table["fragments"].items():
                pattern = pattern.replace(f"<<{name}>>", fragment)
            needed = gate(*(words.split() for words in (risk["triggers"], *form["needs"])))
            pattern = re.compile(pattern, re.IGNORECASE | re.VERBOSE)
            yield Form(risk["name"], risk["weight"], risk["tone"], needed, pattern)


FORMS = tuple(read_forms())
TONES: tuple[Tone, ...] = ("promise", "fear")
OF_TONE: dict[Tone, tuple[list[Form], Gates]] = {
    tone: ([form for form in FORMS if form.tone == tone], Gates(form.gate for form in FORMS if form.tone == tone))
    for tone in TONES
}
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


def danger(text: str, forms: Iterable[Form]) -> Danger:
    """The danger of one sentence or title, among `forms`, which are of one tone and in the order of risks.toml."""
    text = text[:LONGEST]
    matches: dict[str, tuple[Form, re.Match[str]]] = {}
    for form in forms:
        match = form.pattern.search(text)
        if match and (form.risk not in matches or match.start() < matches[form.risk][1].start()):
            matches[form.risk] = form, match
    found = []
    for form, match in matches.values():
        before = CLAUSE.split(text[max(0, match.start() - WORDS_BEFORE) : match.start()])[-1]
        if not (form.tone == "promise" and DENIED.search(before)):
            found.append((form.weight, form.risk, (match.group().rstrip(), match.start())))
    if not found or ASKED_OR_QUOTED.search(text):
        return NO_DANGER
    found.sort(reverse=True)
    harmless = 1.0
    for weight, _, _ in found:
        harmless *= 1 - weight
    if VULNERABLE.search(text):
        harmless *= 1 - VULNERABLE_SHARE
    return Danger(1 - harmless, tuple(name for _, name, _ in found), tuple(quote for _, _, quote in found))


def dangers(reading: Reading, tone: Tone) -> list[Danger]:
    """The danger of each sentence of an article, of one tone."""
    forms, gates = OF_TONE[tone]
    candidates: dict[int, list[Form]] = {}
    for number, column in gates.pairs(reading.sentence_flags):
        candidates.setdefault(number, []).append(forms[column])
    found = [NO_DANGER] * len(reading.sentences)
    for number, possible in candidates.items():
        found[number] = danger(reading.sentences[number].text, possible)
    return found


def title_danger(title: str | None) -> dict[Tone, Danger]:
    """The danger of a title, of each tone."""
    if not title:
        return dict.fromkeys(TONES, NO_DANGER)
    flags = word_flags.of_words([tokens(normalise(title))])
    return {tone: danger(title, compress(forms, gates.passed(flags)[0])) for tone, (forms, gates) in OF_TONE.items()}
