"""Stranded link words of an article: phrases of its text, and words of its links, that it reads better without."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline import model_store
from pipeline.detect import anchor_phrases, stranding
from pipeline.detect.anchor_phrases import LEXICON, Phrase, Tokens
from pipeline.detect.link_profile import Target
from pipeline.detect.link_words import SURE, topics_of
from pipeline.detect.matchers import Matcher, normalise, word_set
from pipeline.detect.reading import Reading
from pipeline.detect.stranding import best_of_groups
from pipeline.detect.tokens import tokens

TAIL = re.compile(r"[.!?][\"'”’)\]]*\s+((?!https?:|www\.)[a-z][^.!?:;()\n]{3,60}[^\W_])$")
"""Words without capital or end after the last sentence of a block."""
LONGEST_TAIL = 7
STUFFED = 3
"""Times that a search phrase stands in a text that it is stuffed into."""
Kind = Literal["listed", "plain", "call", "keyword", "tail", "bought", "sold", "link"]


@dataclass(frozen=True)
class Orphan:
    """Words that may be stranded: ``text[start:end]``, the probability that they are, and what they are.

    `kind`: a phrase that injectors are known to use ("listed", or "plain" where it is ordinary words), another call or
    name of a site, a search phrase, words behind the last sentence; or the words of a link, by where it leads and what
    they are. `link` is its number in `Article.links`.
    """

    start: int
    end: int
    probability: float
    kind: Kind
    link: int | None = None


def versions() -> dict[str, str]:
    """Name → version of the model used, without loading it. Raises ModelError."""
    return {stranding.NAME: model_store.folder_of(stranding.NAME).name}


def link_phrase(first: int, last: int, words: str, money: float, matcher: Matcher) -> Phrase:
    """The words of a known link as a phrase."""
    match = anchor_phrases.grammar().fullmatch(words)
    hits = [hit for hit in matcher.find(words).get(LEXICON, ()) if hit.end - hit.start == len(words)]
    return Phrase(
        first,
        last,
        "link",
        first,
        call=bool(match and match[1]),
        site=bool(match and match[2]),
        listed=hits[0].entry.columns["kind"] if hits else "",
        money=money,
    )


def orphans(reading: Reading) -> Iterator[Orphan]:
    """Each phrase that may be a link's words with the probability that it is stranded, in no order."""
    bare, low = reading.bare, reading.bare_low
    stream = Tokens(*tokens(low))
    model = stranding.load()
    linked = sorted(
        (bare.place(link.start), bare.place(link.end))
        for link in reading.article.links
        if link.start is not None and link.end is not None
    )
    sold = reading.link_profile.sold
    phrases: list[Phrase] = []
    links: list[Target | None] = []
    for shown in reading.link_profile.shown:
        start, end = shown.link.start, shown.link.end
        if start is not None and end is not None and not shown.is_trusted and not shown.is_platform:
            start, end = bare.place(start), bare.place(end)
            first, last = stream.between(start, end)
            if first < last:
                phrases.append(link_phrase(first, last, low[start:end], 0.0, reading.matcher))
                links.append(shown)
    calls = list(anchor_phrases.calls(low, stream, reading.bare_hits.get(LEXICON, ())))
    keywords = list(anchor_phrases.keywords(bare.text, low, stream))
    for found in (calls, keywords):
        free = [phrase for phrase in found if not inside(stream, phrase, linked)] if linked else found
        if free:
            matrix = stranding.features(model.table, stream, free)
            chosen = unrepeated([(number, words_of(stream, free[number])) for number in best_of_groups(matrix, free)])
            phrases += [free[number] for number in chosen]
            links += [None] * len(chosen)
    for phrase, target, log_odds in zip(phrases, links, model.log_odds(stream, phrases).tolist(), strict=True):
        start, end = stream.spans[phrase.first][0], stream.spans[phrase.last - 1][1]
        probability = 1 / (1 + math.exp(-log_odds))
        yield Orphan(
            *bare.span(start, end), probability, kind_of(phrase, target, sold), target.number if target else None
        )


def kind_of(phrase: Phrase, target: Target | None, sold: frozenset[str]) -> Kind:
    """The kind of an orphan."""
    if target and target.money >= SURE:
        return "bought"
    if phrase.listed:
        return "listed" if phrase.listed == "call" else "plain"
    if target:
        return "sold" if target.domain in sold else "call" if phrase.call or phrase.site else "link"
    return "keyword" if phrase.kind == "keyword" else "call"


def tails(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of calls and search phrases behind the last sentence of a block, with neither capital nor full stop."""
    text, low = reading.article.text, reading.low
    for block in reading.article.blocks:
        match = TAIL.search(text, block.start, block.end) if block.kind != "heading" else None
        if match and match.end() == block.end and len(match[1].split()) <= LONGEST_TAIL:
            words = low[match.start(1) : match.end(1)]
            known = any(hit.end - hit.start == len(words) for hit in reading.matcher.find(words).get(LEXICON, ()))
            if known or anchor_phrases.grammar().fullmatch(words) or speaks_of_trade(match[1]):
                yield match.span(1)


def speaks_of_trade(words: str) -> bool:
    """Whether words hold a word of trade and none that hangs a sentence together."""
    tails = word_set("keyword-tails") | word_set("link-offers")
    return bool(topics_of([words])[0]) or not tails.isdisjoint(normalise(words).split())


def words_of(stream: Tokens, phrase: Phrase) -> str:
    """The words of a search phrase; nothing for a call, which may be left in several places."""
    return " ".join(stream.words[phrase.first : phrase.last]) if phrase.kind == "keyword" else ""


def unrepeated(phrases: list[tuple[int, str]]) -> list[int]:
    """The numbers of phrases, less search phrases found again and again: those are stuffed in, not left by a link."""
    times = Counter(words for _, words in phrases)
    return [number for number, words in phrases if not words or times[words] < STUFFED]


def inside(stream: Tokens, phrase: Phrase, linked: list[tuple[int, int]]) -> bool:
    """Whether a phrase touches a link, whose words are judged as a whole."""
    start, end = stream.spans[phrase.first][0], stream.spans[phrase.last - 1][1]
    at = bisect_left(linked, (end,)) - 1
    return at >= 0 and linked[at][1] > start
