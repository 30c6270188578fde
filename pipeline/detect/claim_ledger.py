"""The claim ledger: every health claim of an article, its type, and the support that the article gives it.

Which sentences are claims, and which of them the article supports, the claim model judges (`claim_model`); whose word
it is, `sourcing` finds. A reference that can be looked up is cited, a body or person is named, an authority without a
name (or a name that the model does not take for a source) is vague. Whether a claim is true is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.detect import claim_features, sourcing
from pipeline.records import Claim, Support

if TYPE_CHECKING:
    from pipeline.detect.reading import Reading
    from pipeline.detect.sourcing import Source

LEXICONS = (*claim_features.LEXICONS, *sourcing.LEXICONS)
HEALTH_PER_THOUSAND = 12.0
"""Health words that a page about health has; the poorest of the 122 gold pages has 17, a software licence 8."""
CLAIM, SUPPORTED = 0.43, 0.5
"""Probabilities from which on a sentence is a claim, and a claim supported."""
DANGEROUS_CLAIM = 0.1
"""The same for a sentence that promises what could hurt a reader: better one too many in the ledger."""
NAMES_ITS_OWN = 0.15
"""The same for a claim that names a source itself: below it, the name is only borrowed."""
REACH = 6
"""Sentences back within which the source of a carried-on claim is looked for."""


def claims(reading: Reading) -> Iterator[Claim]:
    """Yield the claims of an article in order; a page that is not about health makes no health claims."""
    if reading.per_thousand(len(reading.hits.get(claim_features.HEALTH, ()))) < HEALTH_PER_THOUSAND:
        return
    judged = reading.model.judge(reading, DANGEROUS_CLAIM)
    kinds = [block.kind for block in reading.article.blocks]
    for number, sentence in enumerate(reading.sentences):
        least = DANGEROUS_CLAIM if reading.dangers[number].severity else CLAIM
        if judged.claim[number] < least or kinds[sentence.block] in ("heading", "caption"):
            continue
        names_its_own = reading.sources[number].support in ("cited", "named")
        supported = judged.supported[number] >= (NAMES_ITS_OWN if names_its_own else SUPPORTED)
        support, source = support_of(reading.sources, number, bool(supported))
        yield Claim(
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            type=judged.types[number],
            support=support,
            source=source,
        )


def support_of(sources: list[Source], number: int, supported: bool) -> tuple[Support, str | None]:
    """How sentence `number` is supported, and by whose words."""
    own = sources[number]
    if not supported:
        return ("vague", own.quote) if own.quote else ("none", None)
    around = [own, *reversed(sources[max(0, number - REACH) : number]), *sources[number + 1 : number + 2]]
    for source in around:
        if source.support in ("cited", "named"):
            return source.support, source.quote
    return ("vague", own.quote) if own.quote else ("none", None)
