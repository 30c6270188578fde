"""Phrases in running text that may be the words of a link whose tags are gone.

Calls to follow a link ("click here", "see latest deal") and names of what it leads to ("important site") are listed, or
follow a small grammar of words; search phrases ("kidney detox tea reviews") are runs of words around a word of trade.
Whether such a phrase is stranded where it stands is for `stranding` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.detect.link_words import BOUGHT, TOPICS, matcher, money_of, topics_of
from pipeline.detect.matchers import Hit, lexicon, word_set
from pipeline.detect.tokens import SPECIAL

LEXICON = "link-injections"
Kind = Literal["call", "keyword", "link"]
LONGEST = 6
"""Tokens of a search phrase."""
WIDEST = 14
"""Tokens of a run in which search phrases are looked for; longer ones are lists and tables."""


@dataclass(frozen=True)
class Phrase:
    """Tokens ``[first, last)`` of a text that may be a link's words.

    `call` and `site` say which grammar they follow, `listed` whether the lexicon lists them ("call", "plain" or ""),
    `money` how far they are a search phrase; `group` is shared by phrases of which at most one can be right.
    """

    first: int
    last: int
    kind: Kind
    group: int
    call: bool = False
    site: bool = False
    listed: str = ""
    money: float = 0.0


@cache
def grammar() -> re.Pattern[str]:
    """Calls (group 1) and names of sites (group 2), over the word sets of that name."""
    sets = {
        name: alternatives(name) for name in ("call-verbs", "call-middles", "call-ends", "site-kinds", "site-names")
    }
    call = (
        rf"(?:(?:please|simply|just) )?(?:{sets['call-verbs']})"
        rf"(?: (?:{sets['call-middles']})){{0,5}} (?:{sets['call-ends']})"
    )
    site = rf"(?:{sets['site-kinds']})(?: (?:{sets['site-kinds']}))? (?:{sets['site-names']})"
    return re.compile(rf"\b(?:({call})|({site}))\b(?!-)")


def alternatives(name: str) -> str:
    """The words of a set, longest first, for a pattern; ``_`` stands for a space."""
    words = sorted(word_set(name), key=lambda word: -len(word))
    return "|".join(re.escape(word).replace("_", " ") for word in words)


class Tokens:
    """Where the tokens of a text stand, for going from offsets to tokens."""

    def __init__(self, words: Sequence[str], spans: Sequence[tuple[int, int]]) -> None:
        self.words = words
        self.spans = spans
        self.starts = [start for start, _ in spans]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin in ``[start, end)``."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def at(self, offset: int) -> int:
        """The last token that begins at or before `offset`."""
        return bisect_right(self.starts, offset) - 1


def calls(low: str, tokens: Tokens, hits: Sequence[Hit]) -> Iterator[Phrase]:
    """Calls and names of sites, listed or by the grammar; the longer of two that overlap."""
    spans: dict[tuple[int, int], tuple[bool, bool, str]] = {}
    for match in grammar().finditer(low):
        spans[match.span()] = (match[1] is not None, match[2] is not None, "")
    for hit in hits:
        call, site, _ = spans.get((hit.start, hit.end), (False, False, ""))
        spans[hit.start, hit.end] = (call, site, hit.entry.columns["kind"])
    end = -1
    for number, ((start, stop), (call, site, listed)) in enumerate(
        sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1]))
    ):
        first, last = tokens.between(start, stop)
        if start < end or first >= last:
            continue
        end = stop
        yield Phrase(first, last, "call", number, call, site, listed)


def keywords(text: str, low: str, tokens: Tokens) -> Iterator[Phrase]:
    """Search phrases: for each run of words that hang together by nothing, all phrases around a word of trade."""
    words = tokens.words
    heads = [word in word_set("link-offers") or word in word_set("keyword-tails") for word in words]
    for hit in matcher().find(low)[TOPICS]:
        first, last = tokens.between(hit.start, hit.end)
        follows = last < len(words) and text[tokens.spans[last][0]].isupper()
        if hit.entry.columns["kind"] != "care" or follows or (last < len(words) and words[last] in ("in", "near")):
            heads[first:last] = [True] * (last - first)
    plain, inner = plain_words(), word_set("keyword-joints")
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end] not in SPECIAL and (words[end] not in plain or words[end] in inner):
            end += 1
        if 2 <= end - at <= WIDEST and True in heads[at:end]:
            yield from in_run(text, tokens, heads, at, end)
        at = end + 1


def in_run(text: str, tokens: Tokens, heads: list[bool], begin: int, end: int) -> Iterator[Phrase]:
    """The search phrases of one run of tokens."""
    words, inner = tokens.words, word_set("keyword-joints")
    spans = [
        (first, last)
        for first in range(begin, end - 1)
        for last in range(first + 2, min(end, first + LONGEST) + 1)
        if words[first] not in inner
        and (words[last - 1] not in inner or words[last - 1] == "me")
        and True in heads[first:last]
    ]
    texts = [text[tokens.spans[first][0] : tokens.spans[last - 1][1]] for first, last in spans]
    for (first, last), phrase, found in zip(spans, texts, topics_of(texts), strict=True):
        money = money_of(phrase, "", frozenset(kind for (_, kind), _ in found))
        if money >= BOUGHT:
            yield Phrase(first, last, "keyword", begin, money=money)


@cache
def plain_words() -> frozenset[str]:
    """The function words."""
    return frozenset(entry.phrase for entry in lexicon("function-words"))
