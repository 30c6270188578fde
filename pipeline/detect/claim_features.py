"""What the claim model sees of each sentence beside its words: readable features of it and of its page.

Readable features say how the sentence is built, which cues it holds, and on whose word it stands (`sourcing`).
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
from pipeline.detect.claim_terms import A_NUMBER, A_YEAR, LONGEST
from pipeline.detect.matchers import word_set
from pipeline.records import ClaimType

if TYPE_CHECKING:
    from pipeline.detect.matchers import Hit
    from pipeline.detect.reading import Reading

Floats = NDArray[np.float32]
CUES, HEALTH = "claim-cues", "health-words"
LEXICONS = (CUES, HEALTH)
TYPES: tuple[ClaimType, ...] = get_args(ClaimType)

WORD_FORMS = {name: word_set(f"claim-{name.replace(' ', '-')}") for name in (
    "first person", "house", "reader", "hedge", "absolute", "negation", "condition", "reason",
    "house business", "quotation", "money",
)}  # fmt: skip
"""Forms that a sentence has when it holds one of the words."""
QUOTES = WORD_FORMS["quotation"]
ANY_NUMBER = word_set("claim-numbers") | {A_NUMBER, A_YEAR}
PATTERN_FORMS = {
    # name: words one of which must be there for the pattern to be tried, and the pattern
    "question": (frozenset("?"), re.compile(r"\?[\"'”’)]*$")),
    "testimonial": (
        QUOTES,
        re.compile(
            r"[\"“][^\"”]*\b(?:i|my|me|we)\b.*[\"”]?[,.]?\W*(?:says|said|writes|wrote|told|tells|reports)\b"
            r"|^\W*[\"“].*[\"”]\W*(?:[-–—]\s?)?[A-Z]\w+(?:\s[A-Z]\.?)?(?:,|\sof\s|\sfrom\s|\sin\s|\W*$)",
            re.IGNORECASE,
        ),
    ),
    "definition": (
        frozenset(["is", "are", "also", "means"]),
        re.compile(
            r"\b(?:is|are)\s(?:a|an|the)\s(?:\w+\s){0,3}(?:type|form|kind|condition|disease|disorder|group|name|term|part|gland|organ"
            r"|protein|hormone)\b|\b(?:is|are|also)\s(?:called|known\sas|named|referred)\b|\bmeans\b",
            re.IGNORECASE,
        ),
    ),
    "percentage": (
        ANY_NUMBER,
        re.compile(
            r"\d\s?(?:%|per\s?cent)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|\d[\d,.]*)\s(?:in|out\sof|of)\s(?:every\s|the\s)?\w+"
            r"|\b\d[\d,.]*\s(?:million|billion|people|patients|women|men|children|adults|users|customers)\b",
            re.IGNORECASE,
        ),
    ),
}  # fmt: skip
INSTRUCTION = re.compile(
    r"^\W*(?:please|ask|call|see|visit|contact|book|read|click|tell|talk|speak|bring|try\sto|remember|keep|take|use"
    r"|drink|eat|rest|check|write|choose|schedule|wash|do|don['’]t|if\syou|if\syour|let|go|get|learn|make\ssure|avoid|ring"
    r"|start|put|stop|give|measure|wear|order|apply|have)\b",
    re.IGNORECASE,
)
FORMS = (*WORD_FORMS, *PATTERN_FORMS, "instruction")
PAGE_FORMS = ("first person", "money", "house", "testimonial", "absolute")
"""Forms whose share of the page's sentences is a feature: they tell a shop, a diary and a leaflet apart."""
KINDS = ("heading", "list_item", "table", "caption", "quote")
FEATURES = (
    *(f"is {kind}" for kind in KINDS), "words, log", "under 5 words", "over 25 words", "place on page",
    "opens block", "closes block",
    "ends like a sentence", "commas", "capitals", "in references", *FORMS,
    *(f"cue {kind}" for kind in TYPES), "promise",
    "health words", *sourcing.SOURCING_FEATURES, "promises of page", *(f"{form} of page" for form in PAGE_FORMS),
    "sentences, log",
)  # fmt: skip


def features(reading: Reading) -> Floats:
    """(sentences, len(FEATURES)): the readable features of each sentence."""
    sentences = reading.sentences
    if not sentences:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    kinds = [block.kind for block in reading.article.blocks]
    cues, health = (Places(reading.hits.get(name, ())) for name in LEXICONS)
    sourced = sourcing.features(reading)
    forms = [forms_of(s.text, words) for s, words in zip(sentences, reading.vocabularies, strict=True)]
    promised = [seen.severity for seen in reading.dangers]
    shares = np.mean(forms, axis=0)
    page = [
        sum(promised) / len(sentences),
        *(shares[FORMS.index(form)] for form in PAGE_FORMS),
        math.log(len(sentences)),
    ]
    rows = []
    for number, sentence in enumerate(sentences):
        words = min(sentence.text.count(" "), LONGEST) + 1
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


def forms_of(text: str, words: frozenset[str]) -> list[float]:
    """Which FORMS a sentence has: 1 or 0."""
    text = text[:LONGEST]
    return [
        *(float(not some.isdisjoint(words)) for some in WORD_FORMS.values()),
        *(float(not some.isdisjoint(words) and bool(form.search(text))) for some, form in PATTERN_FORMS.values()),
        float(bool(INSTRUCTION.match(text))),
    ]


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

    def by_type(self, start: int, end: int) -> list[float]:
        """The greatest weight of the cues of each type."""
        weights = dict.fromkeys(TYPES, 0.0)
        for hit in self.inside(start, end):
            kind = hit.entry.columns["type"]
            weights[kind] = max(weights[kind], float(hit.entry.columns["weight"]))  # type: ignore[index]
        return list(weights.values())
