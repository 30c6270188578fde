"""The words of a link stranded in the middle of a sentence.

What it flags: phrases that link injectors put between words that belong together: "it may not be safe for check here
individuals". When a page loses its tags the link is gone but its words stay.

Why an editor should care: somebody sold a link inside this text, or a content farm planted one; readers see a sentence
that makes no sense. The mended sentence is shown.

What it must not flag: an instruction with a link ("click here to read the guidance"), a closing invitation ("visit this
website"), navigation words in a how-to, quoted advice about spam.

Bad: It may not be safe for check here people with a heart condition.
Good: For the full list, click here to read the guidance.

Source: phrases seen in injected links; the break in grammar on either side decides, not the phrase alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.matchers import Hit, word_set
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

LEXICON = "link-injections"
WORD_BEFORE = re.compile(r"([\w’'-]+)([^\w]*)$")
WORD_AFTER = re.compile(r"^([^\w]*)([\w’'-]+)")
GOVERNORS = word_set("governors")
"""Words that call for a noun, an adjective or a clause: an imperative straight after them breaks the sentence."""
LEADS = word_set("leads")
"""Words after which "click here" is an honest instruction."""
FOLLOWS = word_set("follows")
"""Words that carry an honest instruction on."""


@dataclass(frozen=True)
class OrphanAnchor:
    """Weighs the break in grammar before and after each phrase of the lexicon."""

    enough: float = 0.5
    window: int = 40
    """Characters looked at on either side."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK101",
            name="orphan-anchor",
            axis="links",
            message="the words of a link stranded in a sentence",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a stranded phrase."""
        found = 0
        for hit in reading.hits.get(LEXICON, ()):
            strength = self.strength(reading, hit)
            if strength < self.enough:
                continue
            found += 1
            text = reading.article.text
            quote = text[hit.start : hit.end]
            yield self.rules[0].evidence(
                quote,
                f"“{quote}” does not belong to this sentence; it reads “{mended(reading, hit)}” without it.",
                strength,
                hit.start,
            )
        yield Signal(name="links.orphans_per_1000", value=reading.per_thousand(found))

    def strength(self, reading: Reading, hit: Hit) -> float:
        """How badly the phrase breaks its sentence: 0 not at all, 1 beyond doubt."""
        block = reading.block_at(hit.start)
        if block is None or block.kind == "heading":
            return 0.0
        text = reading.article.text
        before = WORD_BEFORE.search(text[max(block.start, hit.start - self.window) : hit.start])
        after = WORD_AFTER.search(text[hit.end : min(block.end, hit.end + self.window)])
        small = text[hit.start].islower()
        if before is None or not before[2].isspace():
            stranded = before and before[2].strip() in {".", "!", "?", ".”", '."'} and small
            return 0.85 if stranded and after and after[1].isspace() and after[2][0].isupper() else 0.0
        if after is None or not after[1].isspace():
            return 0.0
        call = hit.entry.columns["kind"] == "call"
        left, right = before[1].lower(), after[2].lower()
        if left in LEADS and call and right in FOLLOWS:
            return 0.0
        score = 0.45 if call else 0.0
        score += 0.3 if left in GOVERNORS else -0.2 if left in LEADS else 0.0
        score += -0.3 if right in FOLLOWS else 0.3 if call else 0.1
        if small and after[2][0].isupper() and call:
            score += 0.1
        return score if call or left in GOVERNORS else 0.0


def mended(reading: Reading, hit: Hit) -> str:
    """The words around a hit, without it."""
    text = reading.article.text
    before = text[max(0, hit.start - 30) : hit.start].rsplit("\n", 1)[-1]
    after = text[hit.end : hit.end + 30].split("\n", 1)[0]
    return f"…{before.split(' ', 1)[-1].rstrip()} {after.strip().rsplit(' ', 1)[0]}…"
