"""Phrases in running text that may be the words of a link whose tags are gone.

Calls to follow a link ("click here", "see latest deal") and names of what it leads to ("important site") are listed, or
follow a small grammar of words; search phrases ("kidney detox tea reviews") are runs of words around a word of trade.
Whether such a phrase is stranded where it stands is for `stranding` to say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.detect.link_words import BOUGHT, money_of, topics_of
from pipeline.detect.matchers import Hit, lexicon, word_set
from pipeline.detect.tokens import SPECIAL

LEXICON = "link-injections"
Kind = Literal["call", "keyword", "link"]
OFTEN = 3
"""Times that a text speaks of a vice or a trade that it is about."""
MIDDLES = 5
"""Words between the verb of a call and its end."""
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


def call_end(words: Sequence[str], first: int) -> int:
    """The end of the longest call that begins at token `first`; `first` itself where none does."""
    if words[first] not in word_set("call-verbs"):
        return first
    ends, middles = word_set("call-ends"), word_set("call-middles")
    end = first
    for at in range(first + 1, min(len(words), first + 2 + MIDDLES)):
        if words[at] in ends:
            end = at + 1
        if words[at] not in middles:
            break
    return end


def site_end(words: Sequence[str], first: int) -> int:
    """The end of the longest name of a site that begins at token `first`; `first` itself where none does."""
    kinds, names = word_set("site-kinds"), word_set("site-names")
    if words[first] not in kinds:
        return first
    for at in (first + 2, first + 1):
        if at < len(words) and words[at] in names and (at == first + 1 or words[first + 1] in kinds):
            return at + 1
    return first


class Tokens:
    """Where the tokens of a text stand, for going from offsets to tokens."""

    def __init__(self, words: Sequence[str], spans: Sequence[tuple[int, int]]) -> None:
        self.words = words
        self.spans = spans
        self.starts = [start for start, _ in spans]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that begin in ``[start, end)``."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def calls(tokens: Tokens, hits: Sequence[Hit]) -> Iterator[Phrase]:
    """Calls and names of sites, listed or by the grammar; of two that overlap the one that begins first."""
    words = tokens.words
    listed = {tokens.between(hit.start, hit.end): hit.entry.columns["kind"] for hit in hits}
    starts = {span[0]: span[1] for span in listed}
    opens = word_set("call-verbs") | word_set("site-kinds")
    end = -1
    for first in sorted(starts.keys() | {at for at, word in enumerate(words) if word in opens}):
        if first < end:
            continue
        call, site = call_end(words, first), site_end(words, first)
        last = max(call, site, starts.get(first, first))
        if last > first:
            end = last
            yield Phrase(first, last, "call", first, call == last, site == last, listed.get((first, last), ""))


def keywords(text: str, tokens: Tokens, trades: Sequence[Hit]) -> Iterator[Phrase]:
    """Search phrases: for each run of words that hang together by nothing, all phrases around a word of trade.

    `trades` are the hits of lexicons/link-topics.tsv in the text.
    """
    words = tokens.words
    offers = word_set("link-offers") | word_set("keyword-tails")
    heads = {at for at, word in enumerate(words) if word in offers}
    for hit in trades:
        first, last = tokens.between(hit.start, hit.end)
        follows = last < len(words) and text[tokens.spans[last][0]].isupper()
        if hit.entry.columns["kind"] != "care" or follows or (last < len(words) and words[last] in ("in", "near")):
            heads.update(range(first, last))
    spoken = Counter(hit.entry.columns["topic"] for hit in trades)
    parting = parting_words()
    spans: list[tuple[int, int, int]] = []
    end = 0
    for head in sorted(heads):
        if head < end or words[head] in parting:
            continue
        begin, end = head, head + 1
        while begin and words[begin - 1] not in parting:
            begin -= 1
        while end < len(words) and words[end] not in parting:
            end += 1
        if 2 <= end - begin <= WIDEST:
            spans += [(begin, first, last) for first, last in in_run(words, heads, begin, end)]
    texts = [text[tokens.spans[first][0] : tokens.spans[last - 1][1]] for _, first, last in spans]
    for (group, first, last), phrase, found in zip(spans, texts, topics_of(texts), strict=True):
        kinds = {kind for (topic, kind), _ in found if kind in ("care", "goods") or spoken[topic] < OFTEN}
        money = money_of(phrase, "", frozenset(kinds))
        if money >= BOUGHT:
            yield Phrase(first, last, "keyword", group, money=money)


def in_run(words: Sequence[str], heads: set[int], begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run of tokens that may be a search phrase: they hold a word of trade and end in no joint."""
    inner = word_set("keyword-joints")
    for first in range(begin, end - 1):
        if words[first] in inner:
            continue
        for last in range(first + 2, min(end, first + LONGEST) + 1):
            if (words[last - 1] not in inner or words[last - 1] == "me") and not heads.isdisjoint(range(first, last)):
                yield first, last


@cache
def parting_words() -> frozenset[str]:
    """The tokens that no search phrase goes over: punctuation, numbers, function words but for the few that join."""
    plain = {entry.phrase for entry in lexicon("function-words")}
    return frozenset(plain.union(SPECIAL) - word_set("keyword-joints"))
