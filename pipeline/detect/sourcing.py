"""On whose word each sentence stands: the sources that it names itself, and the source before it that it may carry on.

A source is cited (a reader can look it up: a numbered reference that is in the list, author and year, a named study,
journal or guideline, an identifier, a link to an agency or journal), named (a body or person and no place to look), or
vague (an authority without a name). A sentence that continues a sourced one ("the same review", "among those who…")
carries its source on; one that merely follows does not. Which it is, the claim model judges (`source_features`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pipeline.detect.claim_terms import A_NUMBER, A_YEAR, LONGEST
from pipeline.detect.matchers import word_set
from pipeline.detect.references import References
from pipeline.detect.word_flags import Flags, Gate, Gates, gate
from pipeline.records import Support

if TYPE_CHECKING:
    from pipeline.detect.matchers import Hit
    from pipeline.detect.reading import Reading

VAGUE, AGENCIES = "vague-attributions", "agencies"
LEXICONS = (VAGUE, AGENCIES)
SOURCE_DOMAINS = word_set("source-domains")
BELOW_SOURCE_DOMAINS = tuple(f".{domain}" for domain in SOURCE_DOMAINS)
YEAR = r"\b(?:19[5-9]\d|20[0-4]\d)[a-d]?\b"
STUDIES = (
    r"(?:trials?|stud(?:y|ies)|surveys?|cohort|regist(?:er|ry)|initiative|reviews?|commission|reports?|audit"
    r"|(?:meta-)?analys[ie]s|guidelines?|guidance|census|figures|data|statistics)"
)
JOURNALS = (
    r"(?:Lancet|BMJ|JAMA|NEJM|New\sEngland\sJournal|Nature|Annals\sof|Journal\sof|PLo?OS\b|Circulation|Thorax"
    r"|Neurology|Pediatrics|Cochrane)"
)
NUMBER_MARKS = gate(("[", "(", "reference", "references"), (A_NUMBER,))
DIGITS = re.compile(r"\d+")
NUMBERED = re.compile(
    r"\[(\d{1,3}[\d,\s–-]*)\]|\((?:ref(?:erence)?s?\.?\s)?(\d{1,2}(?:\s?[,–-]\s?\d{1,2})*)\)|\breferences?\s(\d{1,2})"
)
ADDRESS_WORDS = gate(["http", "https", "www", "gov", "org", "uk", "edu", "int"])
WRITTEN_ADDRESS = re.compile(
    r"https?://[^\s)\]]+|www\.[^\s)\]]+|\b[\w.-]+\.(?:gov|org|uk|edu|int)\b[^\s)\]]*", re.IGNORECASE
)
"""An address in the words of a sentence; who is at it decides whether it is a source, as with a link."""
BODY = re.compile(r"^(?:https?://)?[\w.-]+\.(?:org|gov|edu|int|ac|nhs)(?:\.\w\w)?(?![\w.-]*\w)", re.IGNORECASE)
"""An address of a body or an association: written out, it is meant to be looked up."""
STUDY_WORDS, STUDY_NOUNS = word_set("source-studies"), word_set("source-study-nouns")
FORMS: dict[str, tuple[Gate, re.Pattern[str]]] = {
    # name: the gate of a sentence in which the pattern is tried, and the pattern
    "author and year": (
        gate((A_YEAR, "al")),
        re.compile(
            rf"\bet\sal\b|\b[A-Z][\w'’-]+(?:\s(?:and|&)\s(?:[A-Z][\w'’-]+|colleagues|others))?,?\s\(?{YEAR}\)?"
            rf"|\([^()]*[A-Za-z][^()]*{YEAR}[^()]*\)"
        ),
    ),
    "study and year": (
        gate((A_YEAR,), (*STUDY_NOUNS, "journal", "published", "reported")),
        re.compile(
            rf"\b(?:{STUDIES}|journal|published|reported)\b.{{0,200}}?{YEAR}|{YEAR}.{{0,200}}?\b{STUDIES}\b",
            re.IGNORECASE | re.DOTALL,
        ),
    ),
    "journal": (gate(word_set("source-journals")), re.compile(rf"\b{JOURNALS}")),
    "identifier": (
        gate(["doi", "pmid", "nct", "isrctn"]),
        re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/[^\s)\]]+|\bdoi\b|\bPMID\b|\bNCT\d{8}|\bISRCTN\d+", re.IGNORECASE),
    ),
    "sized study": (
        gate((A_NUMBER,), (*STUDY_NOUNS, "followed", "gave")),
        re.compile(
            rf"\b{STUDIES}\s(?:of|in|with|among|on)\s(?:about\s|more\sthan\s|over\s)?\d[\d,]*\b|\b(?:pooled|of|from|across|in)\s\d+\s"
            rf"(?:\w+\s){{0,2}}(?:trials|studies)|\bfollowed\s\d[\d,]+|\bgave\s\d[\d,]*",
            re.IGNORECASE,
        ),
    ),
    "guideline number": (
        gate(["ng", "cg", "qs", "ta", "sign"]),
        re.compile(r"\b(?:NG|CG|QS|TA|SIGN\s?)\d{1,3}\b"),
    ),
    "named study": (
        gate(STUDY_WORDS),
        re.compile(
            r"\b(?:[A-Z][\w-]*[A-Z][\w-]*|[A-Z]\w+(?:\s(?:of\s|for\s|the\s|and\s)?[A-Z]\w+)+)\s"
            r"(?:trial|study|survey|cohort|register|registry|initiative|commission|guidelines?|report|fact\ssheet)\b"
        ),
    ),
}
NAMES: dict[str, tuple[Gate, re.Pattern[str]]] = {
    "person": (
        gate(["dr", "prof", "professor", "mr", "ms", "mrs"]),
        re.compile(r"\b(?:Dr|Prof(?:essor)?|Mr|Ms|Mrs)\.?\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*"),
    ),
    "institution": (
        gate(word_set("source-institutions")),
        re.compile(
            r"\b(?:[A-Z][\w'’]+\s)+(?:University|Institutes?|Hospital|Foundation|Association|Society|College|Agency|Academy|Council"
            r"|Executive|Committee|Federation|Trust|Ministry|Department)\b|\bUniversity\sof\s[A-Z]\w+"
            r"|\b(?:Institute|Ministry|Department|Academy|College|Office|Committee|Centers?|Centre)\s(?:of|for|on)\s(?:the\s)?[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+)*"
        ),
    ),
    "according to": (
        gate(["according", "going", "account"]),
        re.compile(
            r"\baccording\sto\s(?:a\s|an\s|the\s|its\s|their\s|our\s|your\s)?[\w'’-]+(?:\s[\w'’-]+){0,4}|\bgoing\sby\sthe\s[A-Z]\w+|\bby\sthe\s[\w-]+['’]s\saccount",
            re.IGNORECASE,
        ),
    ),
}
NUMBER, ADDRESS = "number", "address"
PATTERNS = {NUMBER: (NUMBER_MARKS, NUMBERED), **FORMS, ADDRESS: (ADDRESS_WORDS, WRITTEN_ADDRESS), **NAMES}
"""All forms that are patterns, in the order in which they are tried."""
NAMES_OF_PATTERNS, GATES = tuple(PATTERNS), Gates(needed for needed, _ in PATTERNS.values())
ENOUGH = {"reference in the list", "link to a source", *FORMS} - {"journal"}
"""Forms that a reader can look up."""


class Source(NamedTuple):
    """What a sentence names itself: how well, its words, and which features it sets."""

    support: Support
    quote: str | None
    seen: frozenset[str]


NO_SOURCE = Source("none", None, frozenset())


def sources(reading: Reading) -> list[Source]:
    """What each sentence of the article names itself."""
    references, text = reading.references, reading.article.text
    agencies, vague, links = reading.hits_within(AGENCIES), reading.hits_within(VAGUE), targets(reading)
    forms = possible(reading.sentence_flags)
    found = [NO_SOURCE] * len(reading.sentences)
    for number in forms.keys() | agencies.keys() | vague.keys() | links.keys():
        bodies = [text[hit.start : hit.end] for hit in agencies.get(number, ()) if spelled(reading, hit)]
        phrases = vague.get(number)
        phrase = text[phrases[0].start : phrases[0].end] if phrases else None
        sentence = reading.sentences[number].text
        found[number] = source_of(sentence, forms.get(number, ()), references, bodies, links.get(number, ()), phrase)
    return found


def possible(flags: Flags) -> dict[int, list[str]]:
    """Number of a sentence → the forms that its words make possible, in their order."""
    found: dict[int, list[str]] = {}
    for number, column in GATES.pairs(flags):
        found.setdefault(number, []).append(NAMES_OF_PATTERNS[column])
    return found


def targets(reading: Reading) -> dict[int, list[str]]:
    """Number of a sentence → the targets of the links in it; of a link over several sentences, the first has it."""
    ends = [sentence.end for sentence in reading.sentences]
    found: dict[int, list[str]] = {}
    placed = [(link.start, link.end or 0, link.href) for link in reading.article.links if link.start is not None]
    for start, end, href in sorted(placed, key=itemgetter(0)):
        number = bisect_right(ends, start)
        if number < len(ends) and end > reading.sentences[number].start:
            found.setdefault(number, []).append(href)
    return found


def source_of(
    text: str,
    forms: Sequence[str],
    references: References,
    bodies: Sequence[str],
    targets: Sequence[str],
    vague: str | None,
) -> Source:
    """The source that one sentence names, given what its words make possible and what else is in it."""
    text = text[:LONGEST]
    seen: dict[str, str] = {}
    for name in forms:
        if name == ADDRESS:
            for address in WRITTEN_ADDRESS.findall(text):
                whole = address if "//" in address else f"//{address}"
                seen.setdefault("link to a source" if BODY.search(address) else link_to(whole), address)
        elif match := PATTERNS[name][1].search(text):
            seen[reference(match, references) if name == NUMBER else name] = match.group().strip()
    for href in targets:
        seen.setdefault(link_to(href), href)
    if bodies:
        seen["agency"] = bodies[0]
    if not seen and not vague:
        return NO_SOURCE
    cited = next((quote for name, quote in seen.items() if name in ENOUGH), None)
    named = next((seen[name] for name in ("agency", "journal", *NAMES) if name in seen), None)
    if vague:
        seen["vague"] = vague
    support: Support = "cited" if cited else "named" if named else "vague" if vague else "none"
    quote = cited or named or vague
    return Source(support, quote[:120] if quote else None, frozenset(seen))


def reference(numbered: re.Match[str], references: References) -> str:
    """What a reference number is, by whether the list has it."""
    first = next(filter(None, numbered.groups()))
    return "reference in the list" if int(DIGITS.match(first)[0]) in references.numbers else "reference not in the list"  # type: ignore[index]


def link_to(href: str) -> str:
    """What a link or an address counts as."""
    return "link to a source" if is_source(href) else "link elsewhere"


def is_source(href: str) -> bool:
    """Whether a link's host is an agency, a university, a journal or a publisher of research."""
    try:
        host = (urlsplit(href).hostname or "").lower()
    except ValueError:
        return False
    return host in SOURCE_DOMAINS or host.endswith(BELOW_SOURCE_DOMAINS)


def spelled(reading: Reading, hit: Hit) -> bool:
    """Whether an agency is spelled as it must be (who is not the WHO)."""
    return hit.entry.columns["case"] in ("", reading.article.text[hit.start : hit.end])
