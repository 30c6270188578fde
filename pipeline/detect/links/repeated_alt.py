"""The same image description over and over, or glued to itself.

What it flags: "Ketamine TherapyKetamine Therapy": keyword-stuffed alt texts that ran together when the page lost
its tags; in HTML, three or more images with the same search phrase ("best
posture corrector") as their alt text, or one alt text that says a word again and again.

Why an editor should care: alt texts are for people who cannot see the picture; these are for a search engine.

What it must not flag: two pictures of the same thing, decorative images with empty alts, a word doubled by mistake, a
logo repeated in header and footer, the name of a person or product under each of their pictures.

Bad: Sleep ClinicSleep Clinic
Good: A nurse fits the mask on a patient.

Source: seen on real injected pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.link_words import is_search_phrase
from pipeline.detect.matchers import normalise
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class RepeatedAlt:
    """Looks for lines that are one phrase repeated, and for images that share a long alt text."""

    shortest: int = 6
    longest: int = 400
    images: int = 3
    again: int = 3
    """Times that one image description says a word, in a third of its words or more, to be stuffed with it."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(
            code="LK113",
            name="repeated-alt",
            axis="links",
            message="the same image description repeated or glued to itself",
        ),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield a finding a glued line, and one for each alt text that many images share."""
        article = reading.article
        lines: list[tuple[str, int | None]] = [(article.text[b.start : b.end], b.start) for b in article.blocks]
        lines += [(removed.text, None) for removed in article.removed]
        found = 0
        for line, start in lines:
            period = self.period(line)
            if period:
                found += 1
                message = f"“{period}” stands {len(line) // len(period)} times without a space: alt texts run together."
                yield self.rules[0].evidence(line, message, 0.8, start, (), times=len(line) // len(period))
        for alt, times in Counter(article.image_alts).items():
            if times >= self.images and is_search_phrase(alt):
                found += 1
                message = f"{times} images have the same description, the search phrase “{alt}”."
                yield self.rules[0].evidence(alt, message, min(1.0, 0.4 + 0.1 * times), None, (), times=times)
            elif word := self.stuffed(alt):
                found += 1
                yield self.rules[0].evidence(alt, f"One image description says “{word}” again and again.", 0.7)
        yield Signal(name="links.repeated_alts", value=found)

    def stuffed(self, alt: str) -> str | None:
        """The word that one image description repeats, or None."""
        words = [word for word in normalise(alt).split() if len(word) > 3]
        word, times = Counter(words).most_common(1)[0] if words else ("", 0)
        return word if times >= self.again and 3 * times >= len(words) else None

    def period(self, line: str) -> str | None:
        """The phrase of which `line` is a repetition without spaces between, or None."""
        if not 2 * self.shortest <= len(line) <= self.longest:
            return None
        at = (line + line).find(line, 1)
        phrase = line[:at]
        if at >= len(line) or at < self.shortest or phrase != phrase.strip() or not phrase[0].isalpha():
            return None
        return phrase if any(c.isalpha() for c in phrase) and " " in phrase else None
