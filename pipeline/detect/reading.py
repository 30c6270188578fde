"""A reading of an article: what several detectors need, worked out once and only when asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.detect import claim_ledger, claim_terms, sourcing
from pipeline.detect.claim_model import ClaimModel
from pipeline.detect.matchers import Hit, Matcher, normalise
from pipeline.detect.references import References
from pipeline.detect.sentences import sentences
from pipeline.detect.severity import Danger, danger
from pipeline.detect.sourcing import Source
from pipeline.records import Article, Block, Claim

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``article.text[start:end]``, in block number `block`."""

    start: int
    end: int
    text: str
    block: int


@dataclass(frozen=True)
class Reading:
    """An article with its normalised text, words, sentences, lexicon hits and claims. Offsets are the article's."""

    article: Article
    matcher: Matcher
    claim_model: ClaimModel | None = None
    """Judges the claims; None is the shipped model."""
    title_hits: dict[str, tuple[Hit, ...]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "title_hits", self.matcher.find(normalise(self.article.title or "")))

    @cached_property
    def low(self) -> str:
        """The text in lower case with plain punctuation, code point for code point."""
        return normalise(self.article.text)

    @cached_property
    def hits(self) -> dict[str, tuple[Hit, ...]]:
        """Hits in the body by lexicon name."""
        return self.matcher.find(self.low)

    @cached_property
    def word_spans(self) -> list[tuple[int, int]]:
        """Spans of the words of the body, in order."""
        return [match.span() for match in WORD.finditer(self.low)]

    @cached_property
    def words(self) -> list[str]:
        """The words of the body, normalised, one for each of `word_spans`."""
        return WORD.findall(self.low)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the body; none crosses a block."""
        text = self.article.text
        return [
            Sentence(start, end, text[start:end], number)
            for number, block in enumerate(self.article.blocks)
            for start, end in sentences(text, block.start, block.end)
        ]

    @cached_property
    def tokens(self) -> list[list[str]]:
        """The words, numbers and marks of each sentence, for the claims axis."""
        return [claim_terms.tokens(self.low[sentence.start : sentence.end]) for sentence in self.sentences]

    @cached_property
    def vocabularies(self) -> list[frozenset[str]]:
        """The set of each sentence's `tokens`."""
        return [frozenset(tokens) for tokens in self.tokens]

    @cached_property
    def references(self) -> References:
        """The reference list."""
        return References.of(self)

    @cached_property
    def sources(self) -> list[Source]:
        """What each sentence names as its source, one for each of `sentences`."""
        return sourcing.sources(self)

    @cached_property
    def dangers(self) -> list[Danger]:
        """What each sentence promises that could hurt a reader, one for each of `sentences`."""
        return [danger(s.text, words, "promise") for s, words in zip(self.sentences, self.vocabularies, strict=True)]

    @cached_property
    def fears(self) -> list[Danger]:
        """What each sentence stirs fear with, one for each of `sentences`."""
        return [danger(s.text, words, "fear") for s, words in zip(self.sentences, self.vocabularies, strict=True)]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claim ledger."""
        return tuple(claim_ledger.claims(self))

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`."""
        at = bisect_right(self.block_starts, offset) - 1
        block = self.article.blocks[at] if at >= 0 else None
        return block if block and offset < block.end else None

    @cached_property
    def block_starts(self) -> list[int]:
        """Where the blocks begin."""
        return [block.start for block in self.article.blocks]

    def per_thousand(self, count: float) -> float:
        """`count` per 1,000 words of the body; 0 for an empty body."""
        return 1000 * count / len(self.words) if self.words else 0.0
