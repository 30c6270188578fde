"""Gold pages as the claim model learns from them: their sentences, each no claim, an unsupported or a supported one.

Sentences are those of the cleaned page, so that the model learns on what it will read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.detect.claim_model import Sentences, untaught
from pipeline.detect.matchers import rows
from pipeline.detect.reading import Reading
from pipeline.flow import Engine
from pipeline.learn.compare import Comparison, fold
from pipeline.learn.gold import GoldPage
from pipeline.records import Article, Assessment, Block

NONE, UNSUPPORTED, SUPPORTED = 0, 1, 2
BLOCKS = 3
"""Blocks of an excerpt."""


@dataclass(frozen=True)
class Labelled:
    """The sentences of a page, or of an excerpt, with labels and, where stated, the types of unsupported claims."""

    group: str
    read: Sentences
    labels: list[int]
    types: list[str | None]
    states_types: bool = False
    """Whether the types are the page's own, not those of the further table."""
    excerpt: bool = False


def labelled(engine: Engine, page: GoldPage, more: dict[str, dict[str, str]]) -> Iterator[Labelled]:
    """A page, cleaned and read as `engine` does, with its labels, then its excerpts.

    `more` are types beside those that the pages state (`more_types`). Excerpts teach the model to judge a notice of
    three paragraphs, of which gold has none.
    """
    article = engine.cleaner.clean(page.page())
    reading = Reading(article, engine.detectors.matcher, untaught())
    labels = html_labels(page, reading) if page.kind == "html" else text_labels(page, reading, engine)
    stated = {fold(claim): kind for claim, kind in (page.types | more.get(page.name, {})).items()}
    types = [
        stated.get(fold(sentence.text)) if label == UNSUPPORTED else None
        for sentence, label in zip(reading.sentences, labels, strict=True)
    ]
    yield Labelled(page.group, Sentences.of(reading), labels, types, states_types=bool(page.types))
    for first in range(0, len(article.blocks), BLOCKS):
        chosen = [n for n, s in enumerate(reading.sentences) if first <= s.block < first + BLOCKS]
        if chosen and len(article.blocks) > BLOCKS:
            part = Reading(excerpt(article, first, first + BLOCKS), engine.detectors.matcher, untaught())
            part_labels, part_types = [labels[n] for n in chosen], [types[n] for n in chosen]
            yield Labelled(page.group, Sentences.of(part), part_labels, part_types, excerpt=True)


def excerpt(article: Article, first: int, last: int) -> Article:
    """Blocks ``[first, last)`` of an article as an article without title, links or head."""
    blocks = article.blocks[first:last]
    start = blocks[0].start
    moved = tuple(Block(start=b.start - start, end=b.end - start, kind=b.kind) for b in blocks)
    return Article(
        id=article.id,
        source=article.source,
        kind=article.kind,
        text=article.text[start : blocks[-1].end],
        language=article.language,
        blocks=moved,
    )


def text_labels(page: GoldPage, reading: Reading, engine: Engine) -> list[int]:
    """The label of each sentence of a text page: that of the marked span which it overlaps."""
    compared = Comparison(page, bare(reading.article, engine))
    labels = []
    for sentence in reading.sentences:
        start, end = compared.place(sentence.start, sentence.end, sentence.text)
        marked = {
            label: any(start < span.end and span.start < end for span in spans)
            for label, spans in ((UNSUPPORTED, page.unsupported), (SUPPORTED, page.supported))
        }
        labels.append(UNSUPPORTED if marked[UNSUPPORTED] else SUPPORTED if marked[SUPPORTED] else NONE)
    return labels


def html_labels(page: GoldPage, reading: Reading) -> list[int]:
    """The label of each sentence of an HTML page: that of the listed claim which it is part of, or the other way."""
    listed = {
        label: [fold(claim) for claim in page.html["claims"][name]]
        for label, name in ((UNSUPPORTED, "unsupported"), (SUPPORTED, "supported"))
    }

    def label(text: str) -> int:
        found = (label for label, claims in listed.items() if any(text in claim or claim in text for claim in claims))
        return next(found, NONE)

    return [label(fold(sentence.text)) for sentence in reading.sentences]


def bare(article: Article, engine: Engine) -> Assessment:
    """An assessment that only has the cleaned text, to be laid beside gold."""
    return Assessment(
        id=article.id,
        source=article.source,
        versions=engine.versions,
        title=article.title,
        text=article.text,
        blocks=article.blocks,
    )


def more_types(path: Path) -> dict[str, dict[str, str]]:
    """Page → claim → type, from a table of types for pages that do not state them."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(path):
        found.setdefault(row["page"], {})[row["sentence"]] = row["type"]
    return found
