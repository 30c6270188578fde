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
from pipeline.detect.orphans import Orphan
from pipeline.detect.reading import Reading
from pipeline.records import Article, Evidence

QUOTES = "\"“”'‘«»"
ENDS = '.!?…"”\n'
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
    sold: float = 0.5
    """The same for the words of a link to a site that is linked with search phrases elsewhere on the page."""
    bought: float = 0.8
    """The same for a link whose words are a search phrase: exact-match-anchor reports it anyhow."""
    link: float = 0.95
    """The same for other links: their words are often names, which keep company with nothing."""
    sure: float = 0.9
    """A call this likely makes the page one that was injected; then `beside` is enough for words without a tag."""
    beside: float = 0.45
    stuffed: int = 3
    """Times that a search phrase must stand in the text to be stuffed into it rather than left by a link."""
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
        found = [orphan for orphan in orphans.orphans(reading) if self.could_be(reading, orphan)]
        sure = [o for o in found if o.kind in ("listed", "plain", "call") and o.probability >= self.sure]
        for orphan in found:
            enough: float = getattr(self, orphan.kind)
            if (likely or sure) and orphan.kind not in ("link", "bought") and orphan not in sure:
                enough = min(enough, self.beside)
            if orphan.probability >= enough:
                likely.append(orphan)
        kept: list[Orphan] = []
        for orphan in sorted(likely, key=lambda orphan: -orphan.probability):
            if all(orphan.end <= other.start or other.end <= orphan.start for other in kept):
                kept.append(orphan)
        for orphan in sorted(kept, key=lambda orphan: orphan.start):
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
        words = reading.low[orphan.start : orphan.end]
        if orphan.kind == "keyword" and reading.low.count(words) >= self.stuffed:
            return False
        block = reading.block_at(orphan.start)
        if block is None or block.kind == "heading" or orphan.start == block.start or orphan.end > block.end:
            return False
        before, after = text[block.start : orphan.start], text[orphan.end : block.end]
        if before[-1] in QUOTES or after[:1] in (*QUOTES, ":") or after.lstrip()[:1] == ":":
            return False
        opens = before.rstrip()[-1:] in ENDS
        return not (opens and text[orphan.start].isupper()) and (bool(after.strip(" .,;!?")) or orphan.kind == "link")


def mended(article: Article, orphan: Orphan) -> str:
    """The words around a phrase, without it."""
    text = article.text
    before = text[max(0, orphan.start - AROUND) : orphan.start].rsplit("\n", 1)[-1]
    after = text[orphan.end : orphan.end + AROUND].split("\n", 1)[0]
    joined = f"{before.split(' ', 1)[-1].rstrip()} {after.strip().rsplit(' ', 1)[0]}".strip()
    return f"…{joined.replace(' ,', ',').replace(' .', '.')}…"
