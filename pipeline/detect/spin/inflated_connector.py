"""The little words blown up: "and also" for "and", "due to the fact that" for "because".

What it flags: a page where such phrases stand far more often than in health writing. A spinner has a long way of saying
every conjunction and uses it every time.

Why an editor should care: together with odd words it shows that a machine went over the text; alone it is bad style.

What it must not flag: a writer with a pet phrase, or a few "as well as" in a leaflet. One phrase repeated is not
enough: the page as a whole must be far above what writers do, by several different phrases.

Bad: It aids the brain and also the body, as well as is never ever a threat due to the fact that it is natural.
Good: It helps the brain and the body, and it is safe because the dose is small.

Source: rates per million words in the reference text (lexicons/inflated-connectors.tsv); the page's surprise is the sum
over phrases of the Poisson tail probability, in powers of ten.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

LEXICON = "inflated-connectors"


@dataclass(frozen=True)
class InflatedConnector:
    """Sums how surprising each phrase's count is; speaks only when the page as a whole is far out."""

    slack: float = 3.0
    """How many times the reference rate is still taken as a matter of style."""
    floor: float = 0.15
    """Expected uses on any page, so that one rare phrase alone stays small."""
    least: float = 5.0
    """Surprise (powers of ten) from which on the page's phrases are evidence."""
    full: float = 20.0
    """Surprise at which the strength is 1."""
    kinds: int = 3
    """Different phrases needed."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="SP103",
            name="inflated-connector",
            axis="spin",
            message="connectors blown up far beyond what writers do",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield every inflated connector of a page that has far too many of them."""
        hits = reading.hits.get(LEXICON, ())
        counts = Counter(hit.entry.phrase for hit in hits)
        rates = {hit.entry.phrase: float(hit.entry.columns["per_million"]) for hit in hits}
        scale = self.slack * len(reading.words) / 1e6
        surprises = {phrase: surprise(n, self.floor + scale * rates[phrase]) for phrase, n in counts.items()}
        total = sum(surprises.values())
        yield Signal(name="spin.connector_surprise", value=total)
        if total < self.least or len(counts) < self.kinds:
            return
        for hit in hits:
            quote, plain = reading.article.text[hit.start : hit.end], hit.entry.columns["plain"]
            if surprises[hit.entry.phrase] < 0.3:
                continue
            yield self.rules[0].evidence(
                quote,
                f"“{quote}” where a writer says “{plain}”; this page has {len(hits)} such phrases,"
                f" {reading.per_thousand(len(hits)):.0f} in 1,000 words.",
                min(1.0, total / self.full),
                hit.start,
                (plain,),
            )


def surprise(count: int, expected: float) -> float:
    """-log10 of the Poisson probability of `count` or more when `expected` are expected."""
    below = sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(min(count, 50)))
    return -math.log10(max(1.0 - below, 1e-15))
