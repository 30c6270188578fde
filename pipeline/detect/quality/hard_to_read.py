"""Prose far above what patients read.

What it flags: a reading grade of 17 or more over the running text: long words and sentences of thirty words throughout.

Why an editor should care: health agencies ask for grade 6 to 8 in texts for patients. This is advice to the author, not
a reason to reject.

What it must not flag: short pages, lists, a page for professionals (it can be switched off in unspun.toml).

Bad: The aforementioned pharmacotherapeutic considerations necessitate individualised multidisciplinary evaluation…
Good: Take one tablet a day with food.

Source: the Automated Readability Index (Senter and Smith 1967, AMRL-TR-66-220), computed by textstat. It counts letters
and not syllables, so no pronouncing dictionary has to be loaded. Research abstracts have a median of 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import textstat

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence

PROSE = ("paragraph", "list_item", "quote")
LONGEST_WORD = 40


@dataclass(frozen=True)
class HardToRead:
    """Measures the grade of the running text."""

    grade: float = 17.0
    fewest_words: int = 150
    most_words: int = 3000
    """Words looked at; a page's grade does not change after that, and a hostile page stays cheap."""

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="QU101", name="hard-to-read", axis="quality", message="far above what patients read"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield one finding for the page, or none."""
        sentences, words = self.prose(reading)
        if words < self.fewest_words:
            return
        grade = float(textstat.textstat.automated_readability_index(" ".join(sentences)))
        yield Signal(name="quality.grade", value=grade)
        yield Signal(name="quality.words_per_sentence", value=words / len(sentences))
        if grade >= self.grade:
            message = f"Reading grade {grade:.0f}; texts for patients aim at 6 to 8."
            yield self.rules[0].evidence(f"grade {grade:.0f}", message, min(1.0, 0.3 + (grade - self.grade) / 10))

    def prose(self, reading: Reading) -> tuple[list[str], int]:
        """The sentences of the running text, each ending in a stop, and how many words they have."""
        kinds = [block.kind for block in reading.article.blocks]
        sentences: list[str] = []
        count = 0
        for sentence in reading.sentences:
            if kinds[sentence.block] not in PROSE or count >= self.most_words:
                continue
            words = [word for word in sentence.text.split()[: self.most_words] if len(word) <= LONGEST_WORD]
            if words:
                count += len(words)
                sentences.append(" ".join(words).rstrip(".!?:;, ") + ".")
        return sentences, count
