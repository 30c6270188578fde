"""An exact phrase repeated far more often than the subject explains.

What it flags: "Ketamine Treatment in Los Angeles" thirteen times in one article: a search phrase of three words or
more that keeps its exact form, and has the marks of a query: a service with a place, "near me", goods, or a phrase
without a life of its own in health English that fills title and headings too. Also the same phrase over and over in
text that the page hides, in its list of keywords for machines, or thrown in between brackets.

Why an editor should care: the text was written around a search phrase, not around its readers.

What it must not flag: the name of a disease, drug, test or body that the subject forces a writer to repeat ("type 2
diabetes", "quality of life", "School of Medicine"), a refrain, a table.

Bad: Dental Implants in Mesa are popular. With Dental Implants in Mesa you smile again. Dental Implants in Mesa…
Good: Type 2 diabetes is common. People with type 2 diabetes… (a public-health page)

Source: search engines' own spam policies name the practice; whether a phrase is a term is asked of models/associations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np

from pipeline.detect import spin_models
from pipeline.detect.associations import TRIGRAM
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_words import NEAR_ME, is_search_phrase, names_place, topics_of
from pipeline.detect.matchers import normalise, word_set
from pipeline.detect.reading import WORD, Reading
from pipeline.records import Evidence

STOP = word_set("stop")
SERVICES = word_set("services")
"""Words of trade that honest terms have too ("cognitive behavioural therapy"); more must join in."""
BRACKETS = re.compile(r"\(([^()\n]{5,60})\)")


@dataclass(frozen=True)
class KeywordStuffing:
    """Counts exact phrases of three to seven words and keeps those that look like a query."""

    shortest: int = 3
    longest: int = 7
    least: int = 5
    """Times a phrase must stand in the body."""
    least_per_thousand: float = 5.0
    sure_per_thousand: float = 15.0
    capitals: float = 0.8
    """Share of uses in title case that makes a phrase a name."""
    term: float = 12.0
    """Weighted count in health English from which three words are a term of it."""
    hidden: int = 3
    """Times that two words stand together in one hidden text, in a third of it or more."""
    keywords: int = 5
    """Search phrases in the page's lists of keywords."""
    bracketed: int = 2
    """Times that words of the title stand between brackets."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK111",
            name="keyword-stuffing",
            axis="links",
            message="a search phrase repeated far beyond need",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield one finding a stuffed phrase, at its first place; `related.spans` holds them all."""
        top = 0.0
        for phrase, places in self.phrases(reading):
            rate = reading.per_thousand(len(places))
            top = max(top, rate)
            start, end = places[0]
            strength = 0.5 + 0.5 * min(1.0, (rate - self.least_per_thousand) / self.sure_per_thousand)
            yield self.rules[0].evidence(
                reading.article.text[start:end],
                f"“{phrase}” stands {len(places)} times in {len(reading.words)} words, always in the same form.",
                strength,
                start,
                (),
                count=len(places),
                spans=[list(place) for place in places],
            )
        yield Signal(name="links.stuffed_per_1000", value=top)
        yield from self.unseen(reading)
        yield from self.brackets(reading)

    def phrases(self, reading: Reading) -> list[tuple[str, list[tuple[int, int]]]]:
        """Stuffed phrases with the places where they stand, longest first, none inside another."""
        words = reading.words
        frequent = {word for word, n in Counter(words).items() if n >= self.least}
        found: list[tuple[str, list[int], int]] = []
        for size in range(self.longest, self.shortest - 1, -1):
            starts: dict[tuple[str, ...], list[int]] = {}
            for i in range(len(words) - size + 1):
                if words[i] in STOP or words[i] not in frequent or words[i + size - 1] not in frequent:
                    continue
                gram = tuple(words[i : i + size])
                starts.setdefault(gram, []).append(i)
            for gram, at in starts.items():
                if len(at) < self.least or reading.per_thousand(len(at)) < self.least_per_thousand:
                    continue
                phrase = " ".join(gram)
                longer = [other for other in found if phrase in other[0]]
                if gram[-1] in STOP or any(len(at) < 1.5 * len(other[1]) for other in longer):
                    continue
                if self.is_query(reading, gram, at):
                    found.append((phrase, at, size))
        spans = reading.word_spans if found else []
        return [(phrase, [(spans[i][0], spans[i + size - 1][1]) for i in at]) for phrase, at, size in found]

    def is_query(self, reading: Reading, gram: tuple[str, ...], at: list[int]) -> bool:
        """Whether a repeated phrase looks like a search query and not like a term or a name."""
        if len({word for word in gram if word not in STOP}) < 2:
            return False
        text, spans = reading.article.text, reading.word_spans
        uses = [text[spans[i][0] : spans[i + len(gram) - 1][1]] for i in at]
        if any("\n" in use for use in uses):
            return False
        phrase = " ".join(gram)
        if NEAR_ME.search(phrase):
            return True
        kinds = {kind for (_, kind), _ in topics_of([phrase])[0]}
        services = not SERVICES.isdisjoint(gram)
        if (kinds or services) and all(names_place(use) for use in uses):
            return True
        if not kinds & {"goods", "vice", "trade"} and not services:
            return False
        named = sum(all(w[0].isupper() for w in use.split() if w.lower() not in STOP) for use in uses)
        if named >= self.capitals * len(uses) or self.is_term(gram):
            return False
        return bool(kinds & {"goods", "vice"}) or self.heads(reading, phrase) >= 2

    def is_term(self, gram: tuple[str, ...]) -> bool:
        """Whether health English knows the phrase: each three words of it have been counted together."""
        table = spin_models.tables()[0]
        ids = table.encode(gram)
        counted = table.count(TRIGRAM, ids[:-2], ids[1:-1], ids[2:])
        return bool(np.all(counted >= self.term))

    def heads(self, reading: Reading, phrase: str) -> int:
        """How many of title and headings hold a phrase."""
        article = reading.article
        heads = [article.text[block.start : block.end] for block in article.blocks if block.kind == "heading"]
        short = [
            article.text[b.start : b.end] for b in article.blocks if b.kind == "paragraph" and b.end - b.start < 80
        ]
        return sum(phrase in normalise(head) for head in (article.title or "", *heads, *short))

    def unseen(self, reading: Reading) -> Iterator[Evidence]:
        """Yield a finding a stuffed text that readers do not see, and one for the keywords given to machines."""
        for text in dict.fromkeys(removed.text for removed in reading.article.removed if removed.reason == "hidden"):
            words = WORD.findall(normalise(text[:2_000]))
            pairs = Counter(pair for pair in pairwise(words) if STOP.isdisjoint(pair))
            pair, times = pairs.most_common(1)[0] if pairs else (("", ""), 0)
            if times >= self.hidden and 6 * times >= len(words) and topics_of([" ".join(pair)])[0]:
                message = f"Text that the page hides says “{' '.join(pair)}” {times} times."
                yield self.rules[0].evidence(text, message, 0.8)
        for given in reading.article.markup.keywords:
            bought = [keyword for keyword in given.split(",")[:100] if is_search_phrase(keyword.strip())]
            if len(bought) >= self.keywords:
                message = f"{len(bought)} of the keywords that the page gives to machines are search phrases."
                yield self.rules[0].evidence(given, message, 0.5)

    def brackets(self, reading: Reading) -> Iterator[Evidence]:
        """Yield a finding for words of the title that are thrown in between brackets again and again."""
        title = set(WORD.findall(normalise(reading.article.title or "")))
        found: dict[str, list[tuple[int, int]]] = {}
        for match in BRACKETS.finditer(reading.article.text):
            words = WORD.findall(normalise(match[1]))
            if len(words) > 1 and title.issuperset(words):
                found.setdefault(" ".join(words), []).append(match.span())
        for phrase, places in found.items():
            if len(places) >= self.bracketed:
                start, end = places[0]
                yield self.rules[0].evidence(
                    reading.article.text[start:end],
                    f"“{phrase}” stands {len(places)} times between brackets where nothing asks for it.",
                    0.6,
                    start,
                    (),
                    count=len(places),
                    spans=[list(place) for place in places],
                )
