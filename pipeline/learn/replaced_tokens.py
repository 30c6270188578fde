"""Texts for the discriminator: honest ones, spun by our engines or left as they are, with and without honest slips.

Nothing of the gold corpus is among them, so that whatever the discriminator says of gold is out of sample.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pipeline.learn.awkward import slips
from pipeline.learn.gold import Span
from pipeline.learn.paragraphs import paragraphs
from pipeline.learn.spin_corpus import core, texts
from pipeline.learn.spinners import Edit, Engine, Lexis, engines
from pipeline.learn.spinners.edits import apply
from pipeline.learn.spinners.observed import Observed, pairs

SHARES = {
    "thesaurus-swap": 2.5, "spintax": 2.5, "polished": 2.0, "pivot": 1.5, "inflation": 1.5, "multiword-terms": 1.5,
    "observed": 1.5, "name-breaking": 0.6,
}  # fmt: skip
"""How often each engine is drawn; one text in three is spun by two."""
STRENGTHS = (0.02, 0.04, 0.06, 0.09, 0.12, 0.18, 0.25)
"""Share of words that are touched."""
SLIPS = (0.0, 0.0, 0.0, 0.02, 0.05, 0.1)
"""Share of words that slip: half of the texts have none."""
HONEST = 0.25
"""Share of the texts that are not spun; the negatives never are."""
EACH_SOURCE, NEGATIVES = 420, 900
"""Texts of each source of the reference, and of the even half of the negatives."""
LONGEST = 420
"""Words of a text."""
SEED = 7


@dataclass(frozen=True)
class Marked:
    """A text and the spans of what was put in another's place, with what stood there."""

    text: str
    spans: tuple[Span, ...]


def corpus(reference: Path, wcxb: Path, negatives: Path, observed: Path, seed: int = SEED) -> Iterator[Marked]:
    """All texts again and again, differently spun each time; the negatives in the first round alone."""
    rng = random.Random(seed)
    by_name: dict[str, Engine] = {**engines(Lexis.shipped()), "observed": Observed(pairs(observed))}
    found = pool(reference, wcxb, negatives, rng)
    for number in count():
        rng.shuffle(found)
        for text, honest in found:
            if honest and number:
                continue
            used = [] if honest or rng.random() < HONEST else drawn(by_name, rng)
            yield marked(text, used, rng.choice(STRENGTHS), rng.choice(SLIPS), rng)


def pool(reference: Path, wcxb: Path, negatives: Path, rng: random.Random) -> list[tuple[str, bool]]:
    """Texts, and whether they must stay honest."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for name, text in texts(paragraphs(reference)):
        by_source[name.split("#")[0]].append(text)
    made = [(t, False) for source in by_source.values() for t in rng.sample(source, min(EACH_SOURCE, len(source)))]
    made += [(text, False) for _, text in texts(paragraphs(wcxb))]
    even = [text for _, text in texts(p for p in paragraphs(negatives) if p.even)]
    made += [(text, True) for text in rng.sample(even, min(NEGATIVES, len(even)))]
    return [(" ".join(text.split(" ")[:LONGEST]), honest) for text, honest in made]


def drawn(by_name: dict[str, Engine], rng: random.Random) -> list[Engine]:
    """One engine, or two."""
    names = rng.choices(list(SHARES), list(SHARES.values()), k=rng.choice((1, 1, 2)))
    return [by_name[name] for name in names]


def marked(text: str, used: Sequence[Engine], strength: float, slipping: float, rng: random.Random) -> Marked:
    """`text` spun until a share of `strength` of its words is touched, and slipping in a share of the others."""
    words = len(text.split())
    swaps = [edit for engine in used for edit in engine.edits(text, rng)]
    rng.shuffle(swaps)
    taken = apart(swaps, [], max(1, round(strength * words)))
    honest = slips(text, rng) if slipping else []
    rng.shuffle(honest)
    both = apart(honest, taken, round(slipping * words))
    swapped = {edit.start for edit in taken}
    spun = apply(text, both)
    spans = [
        core(spun.text, s) for s, e in zip(spun.spans, sorted(both, key=start_of), strict=True) if e.start in swapped
    ]
    return Marked(spun.text, tuple(span for span in spans if span.end > span.start))


def apart(edits: Sequence[Edit], others: Sequence[Edit], most: int) -> list[Edit]:
    """`others`, and up to `most` of `edits` that touch none of them nor each other."""
    taken = list(others)
    occupied = {place for edit in others for place in range(edit.start, edit.end)}
    for edit in edits:
        if len(taken) - len(others) == most:
            break
        if edit.start not in occupied and edit.end - 1 not in occupied:
            occupied.update(range(edit.start, edit.end))
            taken.append(edit)
    return taken


def start_of(edit: Edit) -> int:
    """Where an edit begins."""
    return edit.start
