"""The claim ledger: every health claim of an article, its type, and the support that the article gives it.

Rules, not learning, in this version. A sentence is a claim when its cue words (lexicons/claim-cues.tsv) weigh enough
and nothing says otherwise: a question, an instruction, the writer's own experience, a heading. Support is what the
sentence, or one it plainly continues, states: a reference that can be looked up (cited), a body or person by name
(named), an authority without a name (vague), or nothing. Whether a claim is true is not judged.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from pipeline.records import Claim, ClaimType, Support

if TYPE_CHECKING:
    from pipeline.detect.matchers import Hit
    from pipeline.detect.reading import Reading, Sentence

CUES, VAGUE, AGENCIES, HEALTH = "claim-cues", "vague-attributions", "agencies", "health-words"
LEXICONS = (CUES, VAGUE, AGENCIES, HEALTH)
HEALTH_PER_THOUSAND = 12.0
"""Health words that a page about health has; the poorest of the 122 gold pages has 17, a software licence 8."""
ENOUGH = 0.8
FEWEST_WORDS = 4

NOT_A_CLAIM = re.compile(
    r"""\?["'”’)]*$                                        # a question
    | ^\W*(?:please|ask|call|see|visit|contact|book|read|click|tell|talk|speak|bring|try\sto|remember|keep|take|use|
        drink|eat|rest|check|write|choose|schedule|wash|do|don't|if\syou|if\syour|let|go|get|learn|make\ssure)\b
    | \b(?:my|i|i'm|i've|we|our|us|me)\b                    # the writer's own experience, or the house's own business
    | [£$€]\s?\d | \b(?:appointment|opening\shours|per\ssession|leaflet|this\sarticle|this\sguide|privacy)\b""",
    re.IGNORECASE | re.VERBOSE,
)
STATISTIC = re.compile(
    r"\d\s?(?:%|per\s?cent|percent)|\b(?:one|two|three|four|five|six|seven|eight|nine|\d+)\s(?:in|out\sof)\s(?:every\s)?"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|a\shundred|\d[\d,]*)\b|\b\d[\d,.]*\s(?:million|billion)\b"
    r"|\b\d[\d,.]*\s(?:people|patients|women|men|children|adults|users|customers)\b",
    re.IGNORECASE,
)
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
CITED = re.compile(
    rf"""\[\d[\d,\s–-]*\] | \(\s?(?:ref(?:erence)?s?\.?\s)?\d{{1,2}}\s?\) | \breferences?\s\d
    | \bdoi\b | doi\.org | \bPMID\b | https?://\S+ | \bet\sal\b
    | \b[A-Z][\w'’-]+(?:\s(?:and|&)\s(?:[A-Z][\w'’-]+|colleagues|others))?,?\s\(?{YEAR}\)?
    | \([^()]*\b{YEAR}\b[^()]*\)   # (Journal, 2009); above: Kondo and colleagues, 2009
    | \b(?:stud(?:y|ies)|trials?|reviews?|surveys?|journal|guidelines?|report(?:ed)?|published|meta-analys[ie]s|data)\b
       .{{0,200}}?\b{YEAR}\b
    | \b{YEAR}\b.{{0,200}}?\b(?:stud(?:y|ies)|trials?|reviews?|surveys?|guidelines?|meta-analys[ie]s)\b
    | \b(?:Cochrane|systematic)\sreview\b | \btrial\sof\s\d | \breview\sof\s\d | \bstudy\sof\s\d""",
    re.VERBOSE,
)
CAN_CITE = re.compile(r"\d|http|doi|et\sal|review")
"""What every form of citation contains; most sentences do not, and the long pattern is spared them."""
NAMED = re.compile(
    r"\baccording\sto\s(?:the\s)?[A-Z]|\bDr\.?\s[A-Z][a-z]|\bProf(?:essor)?\.?\s[A-Z]|\bUniversity\b|\b[A-Z]{2,}\d*\s(?:study|trial)\b"
    r"|\b[A-Z][\w'’]+\s(?:University|Institute|Hospital|Foundation|Association|Society|College)\b"
)
GOES_ON = re.compile(
    r"^\W*(?:the\s(?:same|authors?|review|reviewers|trial|study|researchers?|survey|report|guideline|difference|figure)\b|in\sthe\s(?:same|trial|study)\b"
    r"|those\swho\b|among\s(?:those|them)\b|they\s(?:found|also|concluded|reported)\b|it\salso\b|of\sthese\b|by\s\w+\smonths\b"
    r"|a\ssecond\b|another\b|the\sother\b|when\s(?:they|the\sresearchers)\b)",
    re.IGNORECASE,
)


def claims(reading: Reading) -> Iterator[Claim]:
    """Yield the claims of an article in order; a page that is not about health makes no health claims."""
    if reading.per_thousand(len(reading.hits.get(HEALTH, ()))) < HEALTH_PER_THOUSAND:
        return
    kinds = [block.kind for block in reading.article.blocks]
    hits = {name: deque(reading.hits.get(name, ())) for name in (CUES, VAGUE, AGENCIES)}
    before: tuple[int, Support, str | None] = (-1, "none", None)
    for sentence in reading.sentences:
        inside = {name: take(found, sentence) for name, found in hits.items()}
        support, source = support_of(reading, sentence, inside)
        if support in ("none", "vague") and before[0] == sentence.block and GOES_ON.match(sentence.text):
            support, source = before[1], before[2]
        before = (sentence.block, support, source)
        if kinds[sentence.block] in ("heading", "caption"):
            continue
        kind = type_of(sentence, inside[CUES], inside[VAGUE])
        if kind:
            yield Claim(
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
                type=kind,
                support=support,
                source=source,
            )


def take(hits: deque[Hit], sentence: Sentence) -> list[Hit]:
    """The hits inside `sentence`, removed from the front of `hits` (both are in order)."""
    while hits and hits[0].start < sentence.start:
        hits.popleft()
    inside = []
    while hits and hits[0].end <= sentence.end:
        inside.append(hits.popleft())
    return inside


def type_of(sentence: Sentence, cues: list[Hit], vague: list[Hit]) -> ClaimType | None:
    """The type of claim that a sentence makes, or None."""
    if sentence.text.count(" ") + 1 < FEWEST_WORDS:
        return None
    weights: dict[ClaimType, float] = {}
    for hit in cues:
        kind = cast(ClaimType, hit.entry.columns["type"])
        weights[kind] = max(weights.get(kind, 0.0), float(hit.entry.columns["weight"]))
    if STATISTIC.search(sentence.text):
        weights["statistic"] = 1.0
    if not weights or sum(weights.values()) + 0.5 * bool(vague) < ENOUGH or NOT_A_CLAIM.search(sentence.text):
        return None
    return max(weights, key=weights.__getitem__)


def support_of(reading: Reading, sentence: Sentence, inside: dict[str, list[Hit]]) -> tuple[Support, str | None]:
    """The support stated in a sentence, and its words."""
    cited = CITED.search(sentence.text) if CAN_CITE.search(sentence.text) else None
    if cited:
        return "cited", cited.group().strip()[:120]
    for hit in inside[AGENCIES]:
        quote = reading.article.text[hit.start : hit.end]
        if hit.entry.columns["case"] in ("", quote):
            return "named", quote
    named = NAMED.search(sentence.text)
    if named:
        return "named", named.group().strip()
    if inside[VAGUE]:
        return "vague", reading.article.text[inside[VAGUE][0].start : inside[VAGUE][0].end]
    return "none", None
