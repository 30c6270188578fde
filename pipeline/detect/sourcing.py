"""On whose word each sentence stands: the sources that it names itself, and the source before it that it may carry on.

A source is cited (a reader can look it up: a numbered reference that is in the list, author and year, a named study,
journal or guideline, an identifier, a link to an agency or journal), named (a body or person and no place to look), or
vague (an authority without a name). A sentence that continues a sourced one ("the same review", "among those who…")
carries its source on; one that merely follows does not. Which it is, the claim model judges by the features here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.detect.claim_terms import A_NUMBER, A_YEAR, LONGEST
from pipeline.detect.matchers import word_set
from pipeline.detect.references import References
from pipeline.records import Support

if TYPE_CHECKING:
    from pipeline.detect.matchers import Hit
    from pipeline.detect.reading import Reading, Sentence

VAGUE, AGENCIES = "vague-attributions", "agencies"
LEXICONS = (VAGUE, AGENCIES)
SOURCE_DOMAINS = tuple(word_set("source-domains"))
YEAR = r"\b(?:19[5-9]\d|20[0-4]\d)[a-d]?\b"
STUDIES = (
    r"(?:trials?|stud(?:y|ies)|surveys?|cohort|regist(?:er|ry)|initiative|reviews?|commission|reports?|audit"
    r"|(?:meta-)?analys[ie]s|guidelines?|guidance|census|figures|data|statistics)"
)
JOURNALS = (
    r"(?:Lancet|BMJ|JAMA|NEJM|New\sEngland\sJournal|Nature|Annals\sof|Journal\sof|PLo?OS\b|Circulation|Thorax"
    r"|Neurology|Pediatrics|Cochrane)"
)
NUMBER_MARKS = frozenset(("[", "(", "reference", "references"))
NUMBERED = re.compile(
    r"\[(\d{1,3}[\d,\s–-]*)\]|\((?:ref(?:erence)?s?\.?\s)?(\d{1,2}(?:\s?[,–-]\s?\d{1,2})*)\)|\breferences?\s(\d{1,2})"
)
JOURNAL_WORDS = word_set("source-journals")
STUDY_WORDS = word_set("source-studies")
INSTITUTION_WORDS = word_set("source-institutions")
FORMS: dict[str, tuple[frozenset[str], re.Pattern[str]]] = {
    # name: words one of which must be there for the pattern to be tried, and the pattern
    "author and year": (
        frozenset((A_YEAR, "al")),
        re.compile(
            rf"\bet\sal\b|\b[A-Z][\w'’-]+(?:\s(?:and|&)\s(?:[A-Z][\w'’-]+|colleagues|others))?,?\s\(?{YEAR}\)?"
            rf"|\([^()]*[A-Za-z][^()]*{YEAR}[^()]*\)"
        ),
    ),
    "study and year": (
        frozenset((A_YEAR,)),
        re.compile(
            rf"\b(?:{STUDIES}|journal|published|reported)\b.{{0,200}}?{YEAR}|{YEAR}.{{0,200}}?\b{STUDIES}\b",
            re.IGNORECASE | re.DOTALL,
        ),
    ),
    "journal": (JOURNAL_WORDS, re.compile(rf"\b{JOURNALS}")),
    "identifier": (
        frozenset(["doi", "pmid", "http", "https", "www", "nct", "isrctn", "gov", "org", "uk", "edu"]),
        re.compile(
            r"\bdoi\b|doi\.org|\bPMID\b|https?://\S+|www\.\S+|\bNCT\d{8}|\bISRCTN\d+|\b[\w.-]+\.(?:gov|org|uk|edu)\b\S*",
            re.IGNORECASE,
        ),
    ),
    "sized study": (
        frozenset((A_NUMBER,)),
        re.compile(
            rf"\b{STUDIES}\s(?:of|in|with|among|on)\s(?:about\s|more\sthan\s|over\s)?\d[\d,]*\b|\b(?:pooled|of|from|across|in)\s\d+\s"
            rf"(?:\w+\s){{0,2}}(?:trials|studies)|\bfollowed\s\d[\d,]+|\bgave\s\d[\d,]*",
            re.IGNORECASE,
        ),
    ),
    "guideline number": (
        frozenset(["ng", "cg", "qs", "ta", "sign"]),
        re.compile(r"\b(?:NG|CG|QS|TA|SIGN\s?)\d{1,3}\b"),
    ),
    "named study": (
        STUDY_WORDS,
        re.compile(
            r"\b(?:[A-Z][\w-]*[A-Z][\w-]*|[A-Z]\w+(?:\s(?:of\s|for\s|the\s|and\s)?[A-Z]\w+)+)\s"
            r"(?:trial|study|survey|cohort|register|registry|initiative|commission|guidelines?|report|fact\ssheet)\b"
        ),
    ),
}
NAMES: dict[str, tuple[frozenset[str], re.Pattern[str]]] = {
    "person": (
        frozenset(["dr", "prof", "professor", "mr", "ms", "mrs"]),
        re.compile(r"\b(?:Dr|Prof(?:essor)?|Mr|Ms|Mrs)\.?\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*"),
    ),
    "institution": (
        INSTITUTION_WORDS,
        re.compile(
            r"\b(?:[A-Z][\w'’]+\s)+(?:University|Institutes?|Hospital|Foundation|Association|Society|College|Agency|Academy|Council"
            r"|Executive|Committee|Federation|Trust|Ministry|Department)\b|\bUniversity\sof\s[A-Z]\w+"
            r"|\b(?:Institute|Ministry|Department|Academy|College|Office|Committee|Centers?|Centre)\s(?:of|for|on)\s(?:the\s)?[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+)*"
        ),
    ),
    "according to": (
        frozenset(["according", "going", "account"]),
        re.compile(
            r"\baccording\sto\s(?:a\s|an\s|the\s|its\s|their\s|our\s|your\s)?[\w'’-]+(?:\s[\w'’-]+){0,4}|\bgoing\sby\sthe\s[A-Z]\w+|\bby\sthe\s[\w-]+['’]s\saccount",
            re.IGNORECASE,
        ),
    ),
}
SAYS = re.compile(
    r"\b(?:[A-Z][\w'’-]+|[A-Z]{2,}\d*|agency|page|paper|figures|guideline|guidelines|review|report|study|trial|authors|reviewers|researchers|sheet)\s"
    r"(?:\(\w+\)\s)?(?:says?|said|warn(?:s|ed)?|estimate[sd]?|report(?:s|ed)?|advise[sd]?|recommend(?:s|ed)?|note[sd]?|state[sd]?"
    r"|conclude[sd]?|asks|list(?:s|ed)|found|finds|shows?|showed|judged|counted|reckoned|puts?|offers|calls|pointed|stress)\b"
)
SAME = re.compile(
    r"\bsame\s(?:\w+\s)?(?:study|studies|paper|report|page|trial|guideline|review|source|doi|authors?|researchers?|team|group|analysis|survey|sheet|data)\b"
    r"|\b(?:that|this|these|those|both|first|second|latest)\s(?:of\s)?(?:the\s)?(?:study|paper|report|trials?|guideline|reviews?|analysis|survey|figures?|studies|authors|researchers)\b"
    r"|\bin\sits\s(?:list|report|guid)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^\W*(?:the\s(?:authors?|reviews?|reviewers|trials?|stud(?:y|ies)|researchers?|survey|report|guidelines?|difference|figures?|panel|team|gap|agency|effect|increase|exception|benefit)\b"
    r"|(?:in|of|from)\s(?:the|that|this|these|those|both)\s(?:\w+\s)?(?:trials?|stud(?:y|ies)|reviews?|groups?|analysis|survey|report)\b"
    r"|those\swho\b|among\b|they\b|it\s(?:also|was|found|says|advises|recommends)\b|its\b|their\b|of\s(?:these|those|them)\b|(?:by|after|at)\s\w+\s(?:months?|weeks?|years?)\b"
    r"|a\ssecond\b|another\b|the\sother\b|when\s(?:they|the\sresearchers)\b|compared\swith\b|against\b|overall\b|half\sof\sthem\b|most\sof\sthe\b|(?:men|women|people|patients|participants|children|volunteers)\s(?:in|given|who|with)\b"
    r"|under\sthe\b|serious\b|side\seffects\b)",
    re.IGNORECASE,
)
PAST = word_set("source-past")
SAYING = word_set("source-saying")
SOURCING_FEATURES = (
    "reference in the list", "reference not in the list", *FORMS, "link to a source",
    "link elsewhere", "agency", *NAMES,
    "says", "vague", "same", "goes on", "past tense", "digits", "year", "first in block", "sentences since source",
    "source in the sentence before", "source in the sentence after", "cited in block",
    "blocks since source", "lead-in sourced", "sourced share of page",
    "page has references", "forms",
)  # fmt: skip
FAR = 6.0
"""Sentences or blocks since the last source, at most."""
NOT_ENOUGH = ("reference not in the list", "link elsewhere", "journal")
"""Forms that name no source which a reader could look up."""


@dataclass(frozen=True)
class Source:
    """What a sentence names itself: how well, its words, and which features it sets."""

    support: Support
    quote: str | None
    seen: frozenset[str]


def sources(reading: Reading) -> list[Source]:
    """What each sentence of the article names itself."""
    references = reading.references
    agencies, vague = deque(reading.hits.get(AGENCIES, ())), deque(reading.hits.get(VAGUE, ()))
    links = deque(
        sorted((link for link in reading.article.links if link.start is not None), key=lambda link: link.start or 0)
    )
    found = []
    for sentence, words in zip(reading.sentences, reading.vocabularies, strict=True):
        bodies = [
            reading.article.text[hit.start : hit.end] for hit in take(agencies, sentence) if spelled(reading, hit)
        ]
        targets = []
        while links and (links[0].start or 0) < sentence.end:
            link = links.popleft()
            if (link.end or 0) > sentence.start:
                targets.append(link.href)
        phrases = take(vague, sentence)
        phrase = reading.article.text[phrases[0].start : phrases[0].end] if phrases else None
        found.append(source_of(sentence.text, words, references, bodies, targets, phrase))
    return found


def source_of(
    text: str,
    words: frozenset[str],
    references: References,
    bodies: Sequence[str],
    targets: Sequence[str],
    vague: str | None,
) -> Source:
    """The source that one sentence names, given its words and the agencies, link targets and vague phrase in it."""
    text = text[:LONGEST]
    seen: dict[str, str] = {}
    numbered = None if NUMBER_MARKS.isdisjoint(words) else NUMBERED.search(text)
    if numbered:
        first = int(re.search(r"\d+", numbered.group())[0])  # type: ignore[index]
        seen["reference in the list" if first in references.numbers else "reference not in the list"] = numbered.group()
    for name, (triggers, pattern) in FORMS.items():
        match = None if triggers.isdisjoint(words) else pattern.search(text)
        if match:
            seen[name] = match.group().strip()
    for href in targets:
        seen.setdefault("link to a source" if is_source(href) else "link elsewhere", href)
    cited = next((quote for name, quote in seen.items() if name not in NOT_ENOUGH), None)
    if bodies:
        seen["agency"] = bodies[0]
    for name, (triggers, pattern) in NAMES.items():
        match = None if triggers.isdisjoint(words) else pattern.search(text)
        if match:
            seen[name] = match.group().strip()
    named = next((seen[name] for name in ("agency", "journal", *NAMES) if name in seen), None)
    if vague:
        seen["vague"] = vague
    support: Support = "cited" if cited else "named" if named else "vague" if vague else "none"
    quote = cited or named or vague
    return Source(support, quote[:120] if quote else None, frozenset(seen))


def is_source(href: str) -> bool:
    """Whether a link's host is an agency, a university, a journal or a publisher of research."""
    try:
        host = (urlsplit(href).hostname or "").lower()
    except ValueError:
        return False
    return any(host == domain or host.endswith("." + domain) for domain in SOURCE_DOMAINS)


def spelled(reading: Reading, hit: Hit) -> bool:
    """Whether an agency is spelled as it must be (who is not the WHO)."""
    return hit.entry.columns["case"] in ("", reading.article.text[hit.start : hit.end])


def take(hits: deque[Hit], sentence: Sentence) -> list[Hit]:
    """The hits inside `sentence`, removed from the front of `hits` (both are in order)."""
    while hits and hits[0].start < sentence.start:
        hits.popleft()
    inside = []
    while hits and hits[0].end <= sentence.end:
        inside.append(hits.popleft())
    return inside


def features(reading: Reading) -> list[list[float]]:
    """SOURCING_FEATURES of each sentence, in [0, 1] or small counts."""
    sentences, own = reading.sentences, reading.sources
    strong = [source.support in ("cited", "named") for source in own]
    share = sum(strong) / max(1, len(own))
    in_block: dict[int, int] = {}
    for sentence, is_strong in zip(sentences, strong, strict=True):
        in_block[sentence.block] = in_block.get(sentence.block, 0) + is_strong
    rows = []
    since, blocks_since, lead = FAR, FAR, 0.0
    for number, (sentence, source) in enumerate(zip(sentences, own, strict=True)):
        first = number == 0 or sentences[number - 1].block != sentence.block
        if first and number:
            blocks_since = 0.0 if strong[number - 1] or since < FAR else min(FAR, blocks_since + 1)
            lead = (
                float(since < FAR)
                if sentences[number - 1].text.endswith(":")
                else lead * float(reading.article.blocks[sentence.block].kind == "list_item")
            )
            since = FAR
        text, words = sentence.text[:LONGEST], reading.vocabularies[number]
        last = number + 1 == len(sentences) or sentences[number + 1].block != sentence.block
        rows.append([
            *(float(name in source.seen) for name in SOURCING_FEATURES[: SOURCING_FEATURES.index("says")]),
            float(not SAYING.isdisjoint(words) and bool(SAYS.search(text))),
            float("vague" in source.seen),
            float(not STUDY_WORDS.isdisjoint(words) and bool(SAME.search(text))),
            float(bool(GOES_ON.match(text))),
            float(not PAST.isdisjoint(words)),
            float(A_NUMBER in words or A_YEAR in words),
            float(A_YEAR in words),
            float(first),
            since,
            float(not first and strong[number - 1]),
            float(not last and strong[number + 1]),
            float(in_block[sentence.block]),
            blocks_since,
            lead,
            share,
            float(bool(reading.references.blocks)),
            float(len(source.seen)),
        ])  # fmt: skip
        since = 1.0 if strong[number] else min(FAR, since + 1)
    return rows
