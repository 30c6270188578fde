"""Texts with marked substitutions to learn from: gold pages, our own spins of honest text, and honest negatives."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pipeline.learn.gold import GoldPage, Span
from pipeline.learn.paragraphs import Paragraph, kept_out, paragraphs
from pipeline.learn.spinners import Lexis, engines, spin

FEWEST_WORDS, MOST_WORDS = 120, 420
"""Length of a made-up text; gold pages have 300 to 570 words."""
STRENGTHS = (0.02, 0.04, 0.07, 0.12, 0.18, 0.25)
"""Share of words that our engines touch, from a light human polish to a careless run."""


@dataclass(frozen=True)
class Sample:
    """One text: the substitutions in it, the group no split may tear apart, and which spinner made it ("" none)."""

    text: str
    spans: tuple[Span, ...]
    group: str
    spinner: str = ""
    origin: str = "gold"

    @property
    def spun(self) -> bool:
        """Whether anything was substituted."""
        return bool(self.spans)


def gold_sample(page: GoldPage) -> Sample:
    """The body of a gold page without its title, blocks joined as in `Article.text`."""
    text = ""
    spans: list[Span] = []
    for line in page.body[1:]:
        text += "\n\n" if text else ""
        offset = len(text) - line.start
        text += page.quote(line)
        spans += [
            Span(span.start + offset, span.end + offset, span.original)
            for span in page.substitutions
            if line.start <= span.start and span.end <= line.end
        ]
    return Sample(text, tuple(spans), page.group, spinner_of(page))


def spinner_of(page: GoldPage) -> str:
    """The spinner that a gold page's file name states; "" for a page that is not spun."""
    parts = page.path.stem.split("-")
    return parts[2] if page.spun != "none" and len(parts) > 2 else ""


def texts(lines: Iterable[Paragraph]) -> Iterator[tuple[str, str]]:
    """(document, text) of FEWEST to MOST words, from the neighbouring paragraphs of each document."""
    for (source, document), rows in groupby(lines, key=lambda p: (p.source, p.document)):
        text, words = "", 0
        for row in rows:
            if words >= MOST_WORDS:
                break
            text += ("\n\n" if text else "") + row.text
            words += len(row.text.split())
        if words >= FEWEST_WORDS:
            yield f"{source}#{document}", " ".join(text.split(" ")[: MOST_WORDS * 2])


def honest(path: Path, most: int, rng: random.Random) -> list[Sample]:
    """Up to `most` texts of the kept-out documents of a permissive reference file."""
    found = [
        Sample(text, (), name, origin="reference")
        for name, text in texts(paragraph for paragraph in paragraphs(path) if kept_out(paragraph))
    ]
    return rng.sample(found, min(most, len(found)))


def negatives(path: Path, most: int, rng: random.Random) -> list[Sample]:
    """Up to `most` texts of the even half of the internal negatives, the forums and the press alike."""
    found = [
        Sample(text, (), name, origin="negative")
        for name, text in texts(paragraph for paragraph in paragraphs(path) if paragraph.even)
    ]
    return rng.sample(found, min(most, len(found)))


def spins(samples: Sequence[Sample], lexis: Lexis, each: int, rng: random.Random) -> list[Sample]:
    """`each` spins of every honest sample, by engines and at strengths drawn at random."""
    made = []
    by_name = engines(lexis)
    for sample in samples:
        for name in rng.sample(sorted(by_name), each):
            spun = spin(by_name[name], sample.text, rng.choice(STRENGTHS), rng)
            if spun.spans:
                made.append(Sample(spun.text, spun.spans, sample.group, name, "generated"))
    return made


def core(text: str, span: Span) -> Span:
    """`span` without the words at either end that the original has too."""
    used, original = text[span.start : span.end].split(" "), span.original.split(" ")
    left = 0
    while left < min(len(used), len(original)) - 1 and used[left].lower() == original[left].lower():
        left += 1
    right = 0
    while right < min(len(used), len(original)) - left - 1 and used[-1 - right].lower() == original[-1 - right].lower():
        right += 1
    start = span.start + sum(len(word) + 1 for word in used[:left])
    end = span.end - sum(len(word) + 1 for word in used[len(used) - right :])
    return Span(start, end, " ".join(original[left : len(original) - right]))
