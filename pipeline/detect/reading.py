"""A reading of an article: what several detectors need, worked out once and only when asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.detect import claim_ledger, claim_model, claim_terms, sourcing
from pipeline.detect.claim_model import ClaimModel
from pipeline.detect.disguise import Bare
from pipeline.detect.link_profile import LinkProfile
from pipeline.detect.matchers import Hit, Matcher, normalise
from pipeline.detect.references import References
from pipeline.detect.sentences import sentences
from pipeline.detect.severity import Danger, Tone, dangers, title_danger
from pipeline.detect.sourcing import Source
from pipeline.detect.term_index import Tokens
from pipeline.detect.tokens import tokens_of_text
from pipeline.detect.word_flags import Flags
from pipeline.records import Article, Block, Claim

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Sentence(NamedTuple):
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
    def bare(self) -> Bare:
        """The text without invisible characters."""
        return Bare.of(self.article.text)

    @cached_property
    def bare_low(self) -> str:
        """The bare text normalised."""
        return self.low if self.bare.text is self.article.text else normalise(self.bare.text)

    @cached_property
    def bare_tokens(self) -> tuple[list[str], list[tuple[int, int]]]:
        """The tokens of the bare text, with their spans there."""
        return tokens_of_text(self.bare_low)

    @cached_property
    def bare_hits(self) -> dict[str, tuple[Hit, ...]]:
        """Hits in the bare text by lexicon name, placed there."""
        return self.matcher.find(self.bare_low)

    @cached_property
    def hits(self) -> dict[str, tuple[Hit, ...]]:
        """Hits in the body by lexicon name, whatever invisible characters are put into their words."""
        if self.bare.text is self.article.text:
            return self.bare_hits
        span = self.bare.span
        return {
            name: tuple(Hit(*span(hit.start, hit.end), hit.entry) for hit in hits)
            for name, hits in self.bare_hits.items()
        }

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
    def link_profile(self) -> LinkProfile:
        """Where the links of the page lead and what their words are."""
        return LinkProfile(self.article, self.low)

    @cached_property
    def sentence_tokens(self) -> list[list[str]]:
        """The words, numbers and marks of each sentence, for the claims axis."""
        return [claim_terms.tokens(self.low[sentence.start : sentence.end]) for sentence in self.sentences]

    @cached_property
    def model(self) -> ClaimModel:
        """What judges the claims, and numbers the tokens."""
        return self.claim_model or claim_model.load()

    @cached_property
    def tokens(self) -> Tokens:
        """The same as numbers."""
        return self.model.linear.index.read(self.sentence_tokens)

    @cached_property
    def openings(self) -> list[str]:
        """The first word of each sentence."""
        return [claim_terms.opening_word(words) for words in self.sentence_tokens]

    @cached_property
    def sentence_flags(self) -> Flags:
        """Of which sets of words each sentence has a word."""
        return self.tokens.flags()

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
        return dangers(self, "promise")

    @cached_property
    def title_danger(self) -> dict[Tone, Danger]:
        """What the title promises that could hurt a reader, and what it stirs fear with."""
        return title_danger(self.article.title)

    @cached_property
    def fears(self) -> list[Danger]:
        """What each sentence stirs fear with, one for each of `sentences`."""
        return dangers(self, "fear")

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claim ledger."""
        return tuple(claim_ledger.claims(self))

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`."""
        at = bisect_right(self.block_starts, offset) - 1
        block = self.article.blocks[at] if at >= 0 else None
        return block if block and offset < block.end else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`."""
        at = bisect_right(self.sentence_starts, offset) - 1
        sentence = self.sentences[at] if at >= 0 else None
        return sentence if sentence and offset < sentence.end else None

    def hits_within(self, lexicon: str) -> dict[int, list[Hit]]:
        """Number of a sentence → the hits of a lexicon that stand in it, in order."""
        found: dict[int, list[Hit]] = {}
        for hit in self.hits.get(lexicon, ()):
            number = bisect_right(self.sentence_starts, hit.start) - 1
            if number >= 0 and hit.end <= self.sentences[number].end:
                found.setdefault(number, []).append(hit)
        return found

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def block_starts(self) -> list[int]:
        """Where the blocks begin."""
        return [block.start for block in self.article.blocks]

    def per_thousand(self, count: float) -> float:
        """`count` per 1,000 words of the body; 0 for an empty body."""
        return 1000 * count / len(self.words) if self.words else 0.0
