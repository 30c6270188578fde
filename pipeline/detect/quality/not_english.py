"""A page in another language, which Unspun does not read.

What it flags: a body that is not in English. The other rules are skipped for it, and the assessment says so.

Why an editor should care: a pass here means "not looked at", not "clean".

What it must not flag: non-native English, quotations, names.

Bad: La ketamina es un anestésico que se usa contra la depresión.
Good: I have pain in the lower back since ten years.

Source: the language that cleaning found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from pipeline.detect.detector import Rule, Signal
from pipeline.detect.reading import Reading
from pipeline.records import Evidence


@dataclass(frozen=True)
class NotEnglish:
    """Reports the language."""

    any_language: ClassVar[bool] = True

    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(code="QU105", name="not-english", axis="quality", message="in a language that is not read"),
    )

    def find(self, reading: Reading) -> Iterator[Evidence | Signal]:
        """Yield one finding for a page in another language."""
        language = reading.article.language
        if language not in ("en", "und"):
            message = f"The page is in another language ({language}); its text was not judged."
            yield self.rules[0].evidence(language, message, 0.5)
