"""What all engines share: edits to a text, a share of them carried out, and the marks that are left."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pipeline.detect.matchers import normalise
from pipeline.detect.tokens import tokens
from pipeline.learn.gold import Span

PROTECTED = frozenset(["http", "https", "www", "com", "org", "doi"])


@dataclass(frozen=True)
class Edit:
    """``text[start:end]`` becomes `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Spun:
    """A spun text and its substitutions, in its own offsets, with what stood there before."""

    text: str
    spans: tuple[Span, ...]


class Engine(Protocol):
    """A spinning engine: proposes every edit it could make to a text."""

    def edits(self, text: str, rng: random.Random) -> list[Edit]:
        """All edits; overlapping ones are alternatives."""
        ...


def spin(engine: Engine, text: str, strength: float, rng: random.Random) -> Spun:
    """`text` with edits carried out at random until they touch about `strength` (a share) of its words."""
    words = len(text.split())
    proposed = engine.edits(text, rng)
    rng.shuffle(proposed)
    return apply(text, chosen(proposed, max(1, round(strength * words))))


def chosen(proposed: Iterable[Edit], most: int) -> list[Edit]:
    """The first of `proposed` that do not overlap, up to `most`."""
    taken: list[Edit] = []
    for edit in proposed:
        if len(taken) == most:
            break
        if all(edit.end <= other.start or other.end <= edit.start for other in taken):
            taken.append(edit)
    return taken


def apply(text: str, edits: Iterable[Edit]) -> Spun:
    """Carry out edits that do not overlap."""
    out, spans, at, length = [], [], 0, 0
    for edit in sorted(edits, key=lambda e: e.start):
        kept = text[at : edit.start]
        start = length + len(kept)
        spans.append(Span(start, start + len(edit.new), text[edit.start : edit.end]))
        out += [kept, edit.new]
        length, at = start + len(edit.new), edit.end
    return Spun("".join([*out, text[at:]]), tuple(spans))


def like(new: str, old: str) -> str:
    """`new` with the capitals of `old`."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The tokens of a text with their spans."""
    words, spans = tokens(normalise(text))
    return [(word, start, end) for word, (start, end) in zip(words, spans, strict=True)]
