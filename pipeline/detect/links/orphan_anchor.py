"""The words of a link stranded in the middle of a sentence.

What it flags: phrases that link injectors put between words that belong together: "it may not be safe for check here
individuals", "potassium citrate, kidney detox tea reviews depending on the result". When a page loses its tags the link
is gone but its words stay; where the page still has its tags, the words of each link are judged the same way.

Why an editor should care: somebody sold a link inside this text, or a content farm planted one; readers see a sentence
that makes no sense. The mended sentence is shown.

What it must not flag: an instruction with a link ("click here to read the guidance"), a closing invitation ("visit this
website"), navigation words in a how-to, quoted advice about spam, links to public bodies.

Bad: It may not be safe for check here people with a heart condition.
Good: For the full list, click here to read the guidance.

Source: how well words keep company in health English (models/associations) with and without the phrase; the weights
were taught on phrases put into honest text (models/stranded-phrases).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect import orphans
from pipeline.detect.anchor_phrases import LEXICON
from pipeline.detect.detector import Rule, Signal
from pipeline.detect.matchers import word_set
from pipeline.detect.orphans import Orphan
from pipeline.detect.reading import WORD, Reading
from pipeline.records import Article, Evidence

QUOTES = "\"“”'‘«»"
ENDS = '.!?…"”\n'
LEADS, FOLLOWS = word_set("leads"), word_set("follows")
"""Words between which "go right here" is an honest instruction."""
PRESSES = word_set("presses")
"""Words before the name of a button."""
AROUND = 30
"""Characters shown on either side of the mended place."""


@dataclass(frozen=True)
class OrphanAnchor:
    """Keeps the stranded phrases that no honest use explains."""

    listed: float = 0.5
    """Probability from which a phrase is reported that injectors are known to use and nobody writes in mid-sentence."""
    plain: float = 0.7
    """The same for listed phrases of ordinary words."""
    call: float = 0.9
    """The same for calls and names of sites that are not listed."""
    keyword: float = 0.95
    """The same for search phrases."""
    suspected: float = 0.5
    """The same for the words of a link to a site that the page sells links to, or that is foreign to it."""
    bought: float = 0.8
    """The same for a link whose words are a search phrase: exact-match-anchor reports it anyhow."""
    sure: float = 0.9
    """A call this likely makes the page one that was injected; then `beside` is enough for words without a tag."""
    beside: float = 0.45
    window: int = 80
    """Characters looked at on either side."""
    tail: float = 0.85
    """Strength of words left behind the last sentence of a block."""

    lexicons: ClassVar[tuple[str, ...]] = (LEXICON,)
    models: ClassVar[dict[str, str]] = orphans.versions()
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK101",
            name="orphan-anchor",
            axis="links",
            message="the words of a link stranded in a sentence",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a stranded phrase, in the order of the text; of two that overlap the likelier."""
        likely = [Orphan(start, end, self.tail, "tail") for start, end in orphans.tails(reading)]
        found = [
            orphan
            for orphan in orphans.orphans(reading)
            if orphan.probability >= self.beside and self.could_be(reading, orphan)
        ]
        sure = any(o.kind in ("listed", "plain", "call") and o.probability >= self.sure for o in found)
        for orphan in found:
            enough: float = getattr(self, orphan.kind)
            if (likely or sure) and orphan.kind != "bought":
                enough = min(enough, self.beside)
            if orphan.probability >= enough:
                likely.append(orphan)
        kept = apart(likely)
        for orphan in kept:
            quote = reading.article.text[orphan.start : orphan.end]
            link = reading.article.links[orphan.link] if orphan.link is not None else None
            place = f" (a link to {link.href[:80]})" if link else ""
            yield self.rules[0].evidence(
                quote,
                f"“{quote}”{place} does not belong to this sentence; it reads "
                f"“{mended(reading.article, orphan)}” without it.",
                orphan.probability,
                orphan.start,
                (),
                **({"links": [orphan.link], "hrefs": [link.href]} if link else {}),
            )
        yield Signal(name="links.orphans_per_1000", value=reading.per_thousand(len(kept)))

    def could_be(self, reading: Reading, orphan: Orphan) -> bool:
        """Whether a phrase stands where no honest use explains it."""
        text = reading.article.text
        block = reading.block_at(orphan.start)
        if block is None or block.kind == "heading" or orphan.start == block.start or orphan.end > block.end:
            return False
        before = text[max(block.start, orphan.start - self.window) : orphan.start]
        after = text[orphan.end : min(block.end, orphan.end + self.window)]
        if before[-1] in QUOTES or after[:1] in (*QUOTES, ":") or after.lstrip()[:1] == ":":
            return False
        left, right = WORD.findall(before.lower())[-1:], WORD.findall(after.lower())[:1]
        if orphan.link is None and (set(left) & PRESSES or (set(left) & LEADS and set(right) & FOLLOWS)):
            return False
        opens = before.rstrip()[-1:] in ENDS
        return not (opens and text[orphan.start].isupper()) and (bool(after.strip(" .,;!?")) or orphan.link is not None)


def apart(found: list[Orphan]) -> list[Orphan]:
    """`found` in the order of the text, of those that overlap the likeliest."""
    kept: list[Orphan] = []
    for orphan in sorted(found, key=lambda orphan: (orphan.start, -orphan.probability)):
        if kept and orphan.start < kept[-1].end:
            if orphan.probability > kept[-1].probability:
                kept[-1] = orphan
            continue
        kept.append(orphan)
    return kept


def mended(article: Article, orphan: Orphan) -> str:
    """The words around a phrase, without it."""
    text = article.text
    before = text[max(0, orphan.start - AROUND) : orphan.start].rsplit("\n", 1)[-1]
    after = text[orphan.end : orphan.end + AROUND].split("\n", 1)[0]
    joined = f"{before.split(' ', 1)[-1].rstrip()} {after.strip().rsplit(' ', 1)[0]}".strip()
    return f"…{joined.replace(' ,', ',').replace(' .', '.')}…"
