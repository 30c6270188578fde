"""An exact phrase repeated far more often than the subject explains.

What it flags: "Ketamine Treatment in Los Angeles" thirteen times in one article: a search phrase of three words or
more that keeps its exact form, and has the marks of a query: a place or "near me", capitals in mid-sentence, a word of
trade.

Why an editor should care: the text was written around a search phrase, not around its readers.

What it must not flag: the name of a disease, drug, test or body that the subject forces a writer to repeat ("type 2
diabetes", "high blood pressure"), a refrain, a table.

Bad: Dental Implants in Mesa are popular. With Dental Implants in Mesa you smile again. Dental Implants in Mesa…
Good: Type 2 diabetes is common. People with type 2 diabetes… (a public-health page)

Source: search engines' own spam policies name the practice; the thresholds come from the project's gold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.matchers import word_set
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

STOP = word_set("stop")
JOINTS = word_set("joints")
GOODS = word_set("goods")
"""Words of trade that no disease, drug or body is named with."""
SERVICES = word_set("services")
"""Words of trade that honest terms have too ("cognitive behavioural therapy"); capitals or a place must join in."""


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
    """Share of uses in title case in mid-sentence that makes a phrase a name or a keyword."""

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
        """Whether a repeated phrase looks like a search query and not like a term."""
        if len({word for word in gram if word not in STOP}) < 2:
            return False
        text, spans = reading.article.text, reading.word_spans
        joined = any(word in JOINTS for word in gram[1:-1])
        goods = any(word in GOODS for word in gram)
        services = any(word in SERVICES for word in gram)
        first = [text[spans[i][0] : spans[i + len(gram) - 1][1]] for i in at]
        capital = sum(all(w[0].isupper() for w in re.split(r"\s+", use) if w.lower() not in STOP) for use in first)
        place = joined and any(use.split()[-1][0].isupper() for use in first)
        titled = capital >= self.capitals * len(at)
        return goods or place or (services and (joined or titled))
