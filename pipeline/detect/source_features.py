"""What the sources of an article tell of each sentence: whether it names one, and whose it may carry on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.detect import sourcing
from pipeline.detect.claim_terms import A_NUMBER, A_YEAR, LONGEST
from pipeline.detect.matchers import word_set
from pipeline.detect.term_index import numbers_of
from pipeline.detect.word_flags import Gates, gate

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading

Floats = NDArray[np.float32]
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
CONTINUERS = word_set("source-continuers")
"""First words of GOES_ON."""
DETERMINERS = ("same", "that", "this", "these", "those", "both", "first", "second", "latest", "its")
WORDINGS = {
    "says": (gate(word_set("source-saying")), SAYS),
    "same": (gate(word_set("source-studies"), DETERMINERS), SAME),
}
"""Features that are patterns, with the gates of the sentences in which they are tried."""
HELD = {
    "past tense": gate(word_set("source-past")),
    "digits": gate((A_YEAR, A_NUMBER)),
    "year": gate((A_YEAR,)),
}
"""Features that a sentence has when it holds one of some words."""
PLACES = (
    "first in block", "sentences since source", "source in the sentence before", "source in the sentence after",
    "cited in block", "blocks since source", "lead-in sourced", "sourced share of page", "page has references",
)  # fmt: skip
"""Features of where a sentence stands among those that name a source."""
SOURCING_FEATURES = (
    "reference in the list", "reference not in the list", *sourcing.FORMS, "link to a source",
    "link elsewhere", "agency", *sourcing.NAMES,
    "says", "vague", "same", "goes on", "past tense", "digits", "year", *PLACES, "forms",
)  # fmt: skip
FAR = 6.0
"""Sentences or blocks since the last source, at most."""
GATES = Gates([*HELD.values(), *(needed for needed, _ in WORDINGS.values())])
COLUMNS = {name: column for column, name in enumerate(SOURCING_FEATURES)}
HELD_COLUMNS = [COLUMNS[name] for name in HELD]
PLACE_COLUMNS = slice(COLUMNS[PLACES[0]], COLUMNS[PLACES[-1]] + 1)


def features(reading: Reading) -> Floats:
    """(sentences, len(SOURCING_FEATURES)): in [0, 1] or small counts."""
    found = np.zeros((len(reading.sentences), len(SOURCING_FEATURES)), dtype=np.float32)
    for number, source in enumerate(reading.sources):
        if source.seen:
            found[number, COLUMNS["forms"]] = len(source.seen)
        for name in source.seen:
            found[number, COLUMNS[name]] = 1.0
    passed = GATES.passed(reading.sentence_flags)
    found[:, HELD_COLUMNS] = passed[:, : len(HELD)]
    for (name, (_, pattern)), possible in zip(WORDINGS.items(), passed.T[len(HELD) :], strict=True):
        for number in possible.nonzero()[0].tolist():
            found[number, COLUMNS[name]] = pattern.search(reading.sentences[number].text[:LONGEST]) is not None
    for number, word in enumerate(reading.openings):
        if word in CONTINUERS and GOES_ON.match(reading.sentences[number].text[:LONGEST]):
            found[number, COLUMNS["goes on"]] = 1.0
    found[:, PLACE_COLUMNS] = numbers_of(places(reading), len(PLACES))
    return found


def places(reading: Reading) -> list[tuple[float, ...]]:
    """Where each sentence stands among those that name a source: a row of PLACES for each."""
    sentences, blocks = reading.sentences, reading.article.blocks
    strong = [source.support in ("cited", "named") for source in reading.sources]
    firsts = [number == 0 or sentences[number - 1].block != s.block for number, s in enumerate(sentences)]
    in_block = [0] * len(blocks)
    for sentence, is_strong in zip(sentences, strong, strict=True):
        in_block[sentence.block] += is_strong
    share, has_list = sum(strong) / max(1, len(strong)), bool(reading.references.blocks)
    since, blocks_since, lead = FAR, FAR, 0.0
    rows: list[tuple[float, ...]] = []
    for number, (sentence, first) in enumerate(zip(sentences, firsts, strict=True)):
        if first and number:
            blocks_since = 0.0 if strong[number - 1] or since < FAR else min(FAR, blocks_since + 1)
            if sentences[number - 1].text.endswith(":"):
                lead = float(since < FAR)
            elif blocks[sentence.block].kind != "list_item":
                lead = 0.0
            since = FAR
        before = not first and strong[number - 1]
        after = number + 1 < len(sentences) and not firsts[number + 1] and strong[number + 1]
        rows.append((first, since, before, after, in_block[sentence.block], blocks_since, lead, share, has_list))
        since = 1.0 if strong[number] else min(FAR, since + 1)
    return rows
