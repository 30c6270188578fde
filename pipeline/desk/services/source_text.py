"""The text of a page as it stood before cleaning: body and removed lines in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser

from pipeline.errors import InputError
from pipeline.ingest import decode
from pipeline.records import Assessment, Page, RawPage
from pipeline.settings import Settings

BODY = ""
"""Stands in the place of a reason for what was kept."""


def source_lines(page: RawPage, assessment: Assessment, settings: Settings) -> list[tuple[str, str]]:
    """(reason for removal, text) of each line; body lines have `BODY` and are the blocks of the assessment, in order.

    Empty for a page that could not be assessed. A removed line whose place is not found follows the one before it.
    """
    if assessment.verdict is None:
        return []
    try:
        bare = _bare(decode(page, settings.limits))
    except InputError:
        return []
    body = ((BODY, assessment.text[block.start : block.end]) for block in assessment.blocks)
    removed = ((removed.reason, removed.text) for removed in assessment.removed)
    placed = [*_placed(body, bare), *_placed(removed, bare)]
    placed.sort(key=lambda one: one[0])
    return [line for _, line in placed]


def _bare(page: Page) -> str:
    """All text of the page, without white space."""
    text = page.content
    if page.kind == "html":
        root = LexborHTMLParser(page.content).body
        text = root.text(deep=True) if root else ""
    return "".join(text.split())


def _placed(lines: Iterable[tuple[str, str]], bare: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Each line with its place in the page, never before the one ahead of it."""
    at = 0
    for reason, text in lines:
        sought = "".join(text.split())
        place = bare.find(sought, at) if sought else -1
        if place >= 0:
            at = place
        yield at, (reason, text)
        if place >= 0:
            at = place + len(sought)
