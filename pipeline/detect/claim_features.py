"""What the claim model sees of each sentence: its terms, and readable features of it and of its page.

A term is a word or a pair of neighbouring words, numbers, years, money and a few marks standing for themselves; the
readable features say how the sentence is built, which cues it holds, and on whose word it stands (`sourcing`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import sourcing
from pipeline.detect.matchers import normalise
from pipeline.records import ClaimType

if TYPE_CHECKING:
    from pipeline.detect.matchers import Hit
    from pipeline.detect.reading import Reading

Floats = NDArray[np.float32]
CUES, PROMISES, HEALTH = "claim-cues", "promises", "health-words"
LEXICONS = (CUES, PROMISES, HEALTH)
TYPES: tuple[ClaimType, ...] = get_args(ClaimType)

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|[%?!\"“”£$€(\[:;]")
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")
FORMS = {
    "question": re.compile(r"\?[\"'”’)]*$"),
    "instruction": re.compile(
        r"^\W*(?:please|ask|call|see|visit|contact|book|read|click|tell|talk|speak|bring|try\sto|remember|keep|take|use"
        r"|drink|eat|rest|check|write|choose|schedule|wash|do|don['’]t|if\syou|if\syour|let|go|get|learn|make\ssure|avoid|ring"
        r"|start|put|stop|give|measure|wear|order|apply|have)\b",
        re.IGNORECASE,
    ),
    "first person": re.compile(r"\b(?:my|i|i['’]m|i['’]ve|me)\b", re.IGNORECASE),
    "house": re.compile(r"\b(?:we|our|us|we['’]re)\b", re.IGNORECASE),
    "reader": re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE),
    "money": re.compile(r"[£$€]\s?\d|\b\d+\s(?:dollars|pounds|euros)\b|\b(?:price|coupon|discount|shipping|refund|order)\b", re.IGNORECASE),
    "house business": re.compile(
        r"\b(?:appointments?|opening\shours|per\ssession|leaflet|this\s(?:article|guide|page|post)|privacy|book|clinic|website|subscribe)\b",
        re.IGNORECASE,
    ),
    "quotation": re.compile(r"[\"“”]"),
    "testimonial": re.compile(
        r"[\"“][^\"”]*\b(?:i|my|me|we)\b.*[\"”]?[,.]?\W*(?:says|said|writes|wrote|told|tells|reports)\b"
        r"|^\W*[\"“].*[\"”]\W*(?:[-–—]\s?)?[A-Z]\w+(?:\s[A-Z]\.?)?(?:,|\sof\s|\sfrom\s|\sin\s|\W*$)",
        re.IGNORECASE,
    ),
    "hedge": re.compile(r"\b(?:may|might|could|can|sometimes|some|often|usually|seems?|appears?|likely|tends?|about|around|perhaps)\b", re.IGNORECASE),
    "absolute": re.compile(
        r"\b(?:always|never|every(?:one|body|thing)?|all|no\sone|nobody|none|nothing|any|completely|totally|only|guarantee[ds]?|without\s(?:any|risk|side))\b",
        re.IGNORECASE,
    ),
    "negation": re.compile(r"\b(?:not|no|n['’]t|cannot|without|nor|neither)\b|n['’]t\b", re.IGNORECASE),
    "definition": re.compile(
        r"\b(?:is|are)\s(?:a|an|the)\s(?:\w+\s){0,3}(?:type|form|kind|condition|disease|disorder|group|name|term|part|gland|organ|protein|hormone)\b"
        r"|\b(?:is|are|also)\s(?:called|known\sas|named|referred)\b|\bmeans\b",
        re.IGNORECASE,
    ),
    "percentage": re.compile(
        r"\d\s?(?:%|per\s?cent)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|\d[\d,.]*)\s(?:in|out\sof|of)\s(?:every\s|the\s)?(?:\w+)"
        r"|\b\d[\d,.]*\s(?:million|billion|people|patients|women|men|children|adults|users|customers)\b",
        re.IGNORECASE,
    ),
    "condition": re.compile(r"\bif\b|\bwhen\b|\bunless\b", re.IGNORECASE),
    "reason": re.compile(r"\b(?:because|since|so|which\sis\swhy|therefore|as\sa\sresult|due\sto|thanks\sto)\b", re.IGNORECASE),
}  # fmt: skip
PAGE_FORMS = ("first person", "money", "house", "testimonial", "absolute")
"""Forms whose share of the page's sentences is a feature: they tell a shop, a diary and a leaflet apart."""
KINDS = ("heading", "list_item", "table", "caption", "quote")
FEATURES = (
    *(f"is {kind}" for kind in KINDS), "words, log", "under 5 words", "over 25 words", "place on page", "opens block", "closes block",
    "ends like a sentence", "commas", "capitals", "in references", *FORMS, *(f"cue {kind}" for kind in TYPES), "promise",
    "health words", *sourcing.SOURCING_FEATURES, "promises of page", *(f"{form} of page" for form in PAGE_FORMS), "sentences, log",
)  # fmt: skip


def terms(text: str) -> tuple[list[str], list[str]]:
    """The terms of a sentence, words and pairs, each once; and its words."""
    words = [standing(token) for token in TOKEN.findall(normalise(text))]
    pairs = [f"{a} {b}" for a, b in zip(["<s>", *words], words, strict=False)]
    return list(dict.fromkeys([*words, *pairs])), words


def standing(token: str) -> str:
    """What a token counts as: a number as a number, a year as a year."""
    if token[0].isdigit():
        return "<year>" if YEAR.fullmatch(token) else "<number>"
    return token


def features(reading: Reading) -> Floats:
    """(sentences, len(FEATURES)): the readable features of each sentence."""
    sentences = reading.sentences
    if not sentences:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    kinds = [block.kind for block in reading.article.blocks]
    cues, promises, health = (Places(reading.hits.get(name, ())) for name in (CUES, PROMISES, HEALTH))
    sourced = sourcing.features(reading)
    forms = [[float(bool(pattern.search(s.text))) for pattern in FORMS.values()] for s in sentences]
    promised = [promises.weight(s.start, s.end) for s in sentences]
    shares = np.mean(forms, axis=0)
    page = [sum(promised) / len(sentences), *(shares[list(FORMS).index(form)] for form in PAGE_FORMS), math.log(len(sentences))]
    rows = []
    for number, sentence in enumerate(sentences):
        words = sentence.text.count(" ") + 1
        opens = number == 0 or sentences[number - 1].block != sentence.block
        closes = number + 1 == len(sentences) or sentences[number + 1].block != sentence.block
        rows.append([
            *(float(kinds[sentence.block] == kind) for kind in KINDS),
            math.log(words), float(words < 5), float(words > 25), number / len(sentences), float(opens), float(closes),
            float(sentence.text[-1:] in ".!?”\""), sentence.text.count(","),
            sum(map(str.isupper, sentence.text)) / words, float(sentence.block in reading.references.blocks),
            *forms[number], *cues.by_type(sentence.start, sentence.end), promised[number],
            health.count(sentence.start, sentence.end), *sourced[number], *page,
        ])  # fmt: skip
    return np.array(rows, dtype=np.float32)


class Places:
    """Hits of one lexicon by place, so that those of a sentence are found by bisection."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = hits
        self.starts = [hit.start for hit in hits]

    def inside(self, start: int, end: int) -> Sequence[Hit]:
        """The hits that begin in ``[start, end)``."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def count(self, start: int, end: int) -> float:
        """How many hits."""
        return float(bisect_right(self.starts, end - 1) - bisect_left(self.starts, start))

    def weight(self, start: int, end: int) -> float:
        """The weights of the hits, summed."""
        return sum(float(hit.entry.columns["weight"]) for hit in self.inside(start, end))

    def by_type(self, start: int, end: int) -> list[float]:
        """The greatest weight of the cues of each type."""
        weights = dict.fromkeys(TYPES, 0.0)
        for hit in self.inside(start, end):
            kind = hit.entry.columns["type"]
            weights[kind] = max(weights[kind], float(hit.entry.columns["weight"]))  # type: ignore[index]
        return list(weights.values())
