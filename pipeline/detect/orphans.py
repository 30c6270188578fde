"""Stranded link words of an article: phrases of its text, and words of its links, that it reads better without."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline import model_store
from pipeline.detect import anchor_phrases, stranding
from pipeline.detect.anchor_phrases import LEXICON, Phrase, Tokens, call_end, site_end
from pipeline.detect.link_profile import Target
from pipeline.detect.link_words import SURE, TOPICS, matcher, topics_of
from pipeline.detect.matchers import Hit, normalise, word_set
from pipeline.detect.reading import Reading
from pipeline.detect.tokens import tokens

TAIL = re.compile(r"[.!?][\"'”’)\]]*\s+((?!https?:|www\.)[a-z][^.!?:;()\n]{3,60}[^\W_])$")
"""Words without capital or end after the last sentence of a block."""
LONGEST_TAIL = 7
STUFFED = 3
"""Times that a search phrase stands in a text that it is stuffed into."""
Kind = Literal["listed", "plain", "call", "keyword", "tail", "bought", "suspected"]


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


def link_phrase(stream: Tokens, first: int, last: int, hits: Sequence[Hit]) -> Phrase:
    """The words of a known link as a phrase; `hits` are those of the lexicon in the text."""
    words = stream.words[first:last]
    listed = [hit.entry.columns["kind"] for hit in hits if stream.between(hit.start, hit.end) == (first, last)]
    return Phrase(
        first,
        last,
        "link",
        first,
        call=call_end(words, 0) == len(words),
        site=site_end(words, 0) == len(words),
        listed=listed[0] if listed else "",
    )


def orphans(reading: Reading) -> Iterator[Orphan]:
    """Each phrase that may be a link's words with the probability that it is stranded, in no order."""
    bare, profile = reading.bare, reading.link_profile
    stream = Tokens(*reading.bare_tokens)
    hits = reading.bare_hits.get(LEXICON, ())
    linked = sorted(
        (bare.place(link.start), bare.place(link.end))
        for link in reading.article.links
        if link.start is not None and link.end is not None
    )
    trades = profile.trades if bare.text is reading.article.text else matcher().find(reading.bare_low)[TOPICS]
    found = [*anchor_phrases.calls(stream, hits), *anchor_phrases.keywords(bare.text, stream, trades)]
    phrases = [phrase for phrase in found if not inside(stream, phrase, linked)] if linked else found
    targets: dict[int, Target] = {}
    for target in profile.shown:
        start, end = target.link.start, target.link.end
        if start is not None and end is not None and not target.is_trusted and not target.is_platform:
            first, last = stream.between(bare.place(start), bare.place(end))
            if first < last:
                targets[len(phrases)] = target
                phrases.append(link_phrase(stream, first, last, hits))
    suspected = profile.sold | profile.foreign_topics.keys()
    best = stranding.load().best(stream, phrases)
    pairs = Counter(pairwise(stream.words)) if any(phrase.kind == "keyword" for phrase in phrases) else Counter()
    for number, probability in best:
        phrase, known = phrases[number], targets.get(number)
        kind = kind_of(phrase, known, suspected)
        if kind is None:
            continue
        if phrase.kind == "keyword" and is_stuffed(stream.words[phrase.first : phrase.last], pairs):
            continue
        start, end = stream.spans[phrase.first][0], stream.spans[phrase.last - 1][1]
        yield Orphan(*bare.span(start, end), probability, kind, known.number if known else None)


def kind_of(phrase: Phrase, target: Target | None, suspected: frozenset[str]) -> Kind | None:
    """The kind of an orphan; None for any other link: its words are often a name, which looks stranded anywhere."""
    if target and target.money >= SURE:
        return "bought"
    if phrase.listed:
        return "listed" if phrase.listed == "call" else "plain"
    if target and target.domain in suspected:
        return "suspected"
    if target and not (phrase.call or phrase.site):
        return None
    return "keyword" if phrase.kind == "keyword" else "call"


def tails(reading: Reading) -> Iterator[tuple[int, int]]:
    """Spans of calls and search phrases behind the last sentence of a block, with neither capital nor full stop."""
    text, low = reading.article.text, reading.low
    for block in reading.article.blocks:
        match = TAIL.search(text, block.start, block.end) if block.kind != "heading" else None
        if match and match.end() == block.end and len(match[1].split()) <= LONGEST_TAIL:
            words = low[match.start(1) : match.end(1)]
            listed = any(hit.end - hit.start == len(words) for hit in reading.matcher.find(words).get(LEXICON, ()))
            parts, _ = tokens(words)
            shaped = max(call_end(parts, 0), site_end(parts, 0)) == len(parts)
            if listed or shaped or speaks_of_trade(match[1]):
                yield match.span(1)


def speaks_of_trade(words: str) -> bool:
    """Whether words hold a word of trade and none that hangs a sentence together."""
    tails = word_set("keyword-tails") | word_set("link-offers")
    return bool(topics_of([words])[0]) or not tails.isdisjoint(normalise(words).split())


def is_stuffed(words: Sequence[str], pairs: Mapping[tuple[str, str], int]) -> bool:
    """Whether each two words of a search phrase stand together again and again: stuffed in, not left by a link."""
    return min(pairs[pair] for pair in pairwise(words)) >= STUFFED


def inside(stream: Tokens, phrase: Phrase, linked: list[tuple[int, int]]) -> bool:
    """Whether a phrase touches a link, whose words are judged as a whole."""
    start, end = stream.spans[phrase.first][0], stream.spans[phrase.last - 1][1]
    at = bisect_left(linked, (end,)) - 1
    return at >= 0 and linked[at][1] > start
