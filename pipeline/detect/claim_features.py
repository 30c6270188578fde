"""What the claim model sees of each sentence beside its words: readable features of it and of its page.

Readable features say how the sentence is built, which cues it holds, and on whose word it stands (`sourcing`).
"""

from __future__ import annotations

import math
import re
import string
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import source_features, type_signs
from pipeline.detect.claim_terms import A_NUMBER, A_YEAR, LONGEST
from pipeline.detect.matchers import word_set
from pipeline.detect.term_index import firsts, numbers_of
from pipeline.detect.type_signs import TYPE_SIGNS
from pipeline.detect.word_flags import Gate, Gates, gate
from pipeline.records import BlockKind, ClaimType

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

Floats = NDArray[np.float32]
Places = NDArray[np.intp]
CUES, HEALTH = "claim-cues", "health-words"
LEXICONS = (CUES, HEALTH)
TYPES: tuple[ClaimType, ...] = get_args(ClaimType)
TYPE_COLUMNS: dict[str, int] = {kind: column for column, kind in enumerate(TYPES)}

WORD_FORMS = {name: gate(word_set(f"claim-{name.replace(' ', '-')}")) for name in (
    "first person", "house", "reader", "hedge", "absolute", "negation", "condition", "reason",
    "house business", "quotation", "money",
)}  # fmt: skip
"""Forms that a sentence has when it holds one of the words."""
ANY_NUMBER = word_set("claim-numbers") | {A_NUMBER, A_YEAR}
COUNTED = frozenset((
    "%", "per", "percent", "in", "out", "of", "million", "billion", "people", "patients", "women", "men", "children",
    "adults", "users", "customers",
))  # fmt: skip
"""Words of which one follows the number in a percentage."""
TOLD = re.compile(
    r"[\"“][^\"”]*\b(?:i|my|me|we)\b.*[\"”]?[,.]?\W*(?:says|said|writes|wrote|told|tells|reports)\b", re.IGNORECASE
)
CREDITED = re.compile(
    r"\W*[\"“].*[\"”]\W*(?:[-–—]\s?)?[A-Z]\w+(?:\s[A-Z]\.?)?(?:,|\sof\s|\sfrom\s|\sin\s|\W*$)", re.IGNORECASE
)


def is_testimonial(text: str) -> bool:
    """Whether a quotation is told in the first person, or credited to somebody after it."""
    return bool(CREDITED.match(text) or TOLD.search(text))


PATTERN_FORMS: dict[str, tuple[Gate, Callable[[str], object]]] = {
    # name: the gate of a sentence in which it is looked for, and what finds it
    "question": (gate("?"), re.compile(r"\?[\"'”’)]*$").search),
    "testimonial": (WORD_FORMS["quotation"], is_testimonial),
    "definition": (
        gate(["is", "are", "also", "means"], word_set("claim-defined-as")),
        re.compile(
            r"\b(?:is|are)\s(?:a|an|the)\s(?:\w+\s){0,3}(?:type|form|kind|condition|disease|disorder|group|name|term|part|gland|organ"
            r"|protein|hormone)\b|\b(?:is|are|also)\s(?:called|known\sas|named|referred)\b|\bmeans\b",
            re.IGNORECASE,
        ).search,
    ),
    "percentage": (
        gate(ANY_NUMBER, COUNTED),
        re.compile(
            r"\d\s?(?:%|per\s?cent)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|\d[\d,.]*)\s(?:in|out\sof|of)\s(?:every\s|the\s)?\w+"
            r"|\b\d[\d,.]*\s(?:million|billion|people|patients|women|men|children|adults|users|customers)\b",
            re.IGNORECASE,
        ).search,
    ),
}  # fmt: skip
INSTRUCTION = re.compile(
    r"^\W*(?:please|ask|call|see|visit|contact|book|read|click|tell|talk|speak|bring|try\sto|remember|keep|take|use"
    r"|drink|eat|rest|check|write|choose|schedule|wash|do|don['’]t|if\syou|if\syour|let|go|get|learn|make\ssure|avoid|ring"
    r"|start|put|stop|give|measure|wear|order|apply|have)\b",
    re.IGNORECASE,
)
INSTRUCTION_WORDS = word_set("claim-instructions")
"""First words of INSTRUCTION."""
FORMS = (*WORD_FORMS, *PATTERN_FORMS, "instruction")
PAGE_FORMS = ("first person", "money", "house", "testimonial", "absolute")
"""Forms whose share of the page's sentences is a feature: they tell a shop, a diary and a leaflet apart."""
PATTERN_NAMES = tuple(PATTERN_FORMS)
GATES = Gates([*WORD_FORMS.values(), *(needed for needed, _ in PATTERN_FORMS.values())])
FORM_COLUMNS = {form: column for column, form in enumerate(FORMS)}
KINDS = ("heading", "list_item", "table", "caption", "quote")
KIND_ROWS = {kind: row for row, kind in enumerate(get_args(BlockKind))}
IS_KIND = np.array([[kind == one for one in KINDS] for kind in KIND_ROWS], dtype=np.float32)
OF_PAGE = [FORM_COLUMNS[form] for form in PAGE_FORMS]
FEATURES = (
    *(f"is {kind}" for kind in KINDS), "words, log", "under 5 words", "over 25 words", "place on page",
    "opens block", "closes block",
    "ends like a sentence", "commas", "capitals", "in references", *FORMS,
    *(f"cue {kind}" for kind in TYPES), "promise",
    "health words", *source_features.SOURCING_FEATURES, "promises of page", *(f"{form} of page" for form in PAGE_FORMS),
    "sentences, log", *TYPE_SIGNS,
)  # fmt: skip
CAPITALS = string.ascii_uppercase.encode()


def features(reading: Reading) -> Floats:
    """(sentences, len(FEATURES)): the readable features of each sentence."""
    sentences, blocks = reading.sentences, reading.article.blocks
    count = len(sentences)
    found = np.zeros((count, len(FEATURES)), dtype=np.float32)
    if not sentences:
        return found
    listed = reading.references.blocks
    health = [hit.start for hit in reading.hits.get(HEALTH, ())]
    counts = numbers_of((
        (
            min(s.text.count(" "), LONGEST) + 1, s.block, s.text[-1:] in ".!?”\"", s.text.count(","), capitals(s.text),
            s.block in listed, danger.severity, bisect_left(health, s.end) - bisect_left(health, s.start),
        )
        for s, danger in zip(sentences, reading.dangers, strict=True)
    ), 8)  # fmt: skip
    words, owners, ends, commas, capital, in_list, promised, _ = counts.T
    opens = firsts(owners)
    seen = forms(reading)
    page = [promised.cumsum()[-1] / count, *seen.mean(axis=0)[OF_PAGE], math.log(count)]
    found[:, : len(KINDS)] = IS_KIND[[KIND_ROWS[blocks[s.block].kind] for s in sentences]]
    columns = iter(range(len(KINDS), len(FEATURES)))
    for column in (
        np.log(words), words < 5, words > 25, np.arange(count) / count, opens, [*opens[1:], True],
        ends, commas, capital / words, in_list,
    ):  # fmt: skip
        found[:, next(columns)] = column
    at = next(columns)
    for part in (seen, cues(reading), counts[:, 6:], source_features.features(reading)):
        found[:, at : at + part.shape[1]] = part
        at += part.shape[1]
    found[:, at : at + len(page)] = page
    found[:, at + len(page) :] = type_signs.features(reading)
    return found


def capitals(text: str) -> int:
    """How many capital letters `text` has."""
    ascii_only = text.encode("ascii", "ignore")
    count = len(ascii_only) - len(ascii_only.translate(None, CAPITALS))
    return count if len(ascii_only) == len(text) else count + sum(c.isupper() for c in text if c > "\x7f")


def forms(reading: Reading) -> Floats:
    """(sentences, len(FORMS)): which forms each sentence has, 1 or 0."""
    found = np.zeros((len(reading.sentences), len(FORMS)), dtype=np.float32)
    tried = len(WORD_FORMS) + len(PATTERN_FORMS)
    found[:, :tried] = GATES.passed(reading.sentence_flags)
    for number, column in np.argwhere(found[:, len(WORD_FORMS) : tried]).tolist():
        text, words = reading.sentences[number].text[:LONGEST], reading.sentence_tokens[number]
        name = PATTERN_NAMES[column]
        if (name == "percentage" and not counted(words)) or not PATTERN_FORMS[name][1](text):
            found[number, FORM_COLUMNS[name]] = 0.0
    for number, word in enumerate(reading.openings):
        if word in INSTRUCTION_WORDS and INSTRUCTION.match(reading.sentences[number].text[:LONGEST]):
            found[number, FORM_COLUMNS["instruction"]] = 1.0
    return found


def counted(words: Sequence[str]) -> bool:
    """Whether a number stands before a word that it may count or be a share of."""
    return any(after in COUNTED and word in ANY_NUMBER for word, after in pairwise(words))


def cues(reading: Reading) -> Floats:
    """(sentences, len(TYPES)): the greatest weight of the cues of each type."""
    found = np.zeros((len(reading.sentences), len(TYPES)), dtype=np.float32)
    for number, hits in reading.hits_within(CUES).items():
        for hit in hits:
            columns = hit.entry.columns
            kind = TYPE_COLUMNS[columns["type"]]
            found[number, kind] = max(found[number, kind], float(columns["weight"]))
    return found
