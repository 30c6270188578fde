"""Where evidence stands in its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clean import Cleaner
from pipeline.clean.locate import SourceLines
from pipeline.ingest import decode, read
from pipeline.records import Article, Block, Page
from pipeline.settings import Limits, Settings

ROOT = Path(__file__).parent.parent.parent
HTML = """<!doctype html>
<title>T</title>
<body><p>First
 of <b>all</b>,
walk.</p><div>menu</div>
<p title="a
b">Then
eat &amp; sleep.</p>
"""


def article(*blocks: str) -> Article:
    """An article of these blocks."""
    text, found = "", []
    for block in blocks:
        start = len(text) + 2 if text else 0
        text = f"{text}\n\n{block}" if text else block
        found.append(Block(start=start, end=len(text)))
    return Article(id="0", source="x", kind="html", text=text, blocks=tuple(found))


def test_html_lines_are_those_of_the_file() -> None:
    """Inside a paragraph that runs over lines, after an inline tag, and after a tag that runs over lines itself."""
    cleaned = article("First of all, walk.", "Then eat & sleep.")
    wanted = {word: cleaned.text.index(word) for word in ("First", "all", "walk", "Then", "eat")}
    lines = SourceLines(Page(id="0", source="x", kind="html", content=HTML)).of(cleaned, wanted.values())
    assert {word: lines[at] for word, at in wanted.items()} == {"First": 3, "all": 4, "walk": 5, "Then": 6, "eat": 7}


def test_text_lines_are_those_of_the_file() -> None:
    """Blank lines and furniture count as lines."""
    page = Page(id="0", source="x", kind="text", content="Home | About\n\nTitle\n\nIt  helps.\nIt helps.\n")
    cleaned = article("It helps.", "It helps.")
    assert SourceLines(page).of(cleaned, [0, 11]) == {0: 5, 11: 6}


def test_a_block_that_is_not_there_has_no_line() -> None:
    """No line is better than a wrong one."""
    assert SourceLines(Page(id="0", source="x", kind="text", content="a\n")).of(article("b"), [0]) == {}


@pytest.mark.parametrize("folder", ["samples/pages", "samples/gold/g"])
def test_blocks_of_every_sample_are_found_on_their_line(folder: str) -> None:
    """The first word of a text block stands on its line; nearly all HTML blocks are found, hidden text or not."""
    cleaner = Cleaner(Limits())
    for raw in read([ROOT / folder], Settings()):
        if raw.source.endswith(".json"):
            continue
        page = decode(raw, Limits())
        cleaned = cleaner.clean(page)
        lines = SourceLines(page).of(cleaned, [b.start for b in cleaned.blocks])
        assert len(lines) >= 0.9 * len(cleaned.blocks), raw.source
        source = page.content.split("\n")
        for block in cleaned.blocks:
            if page.kind == "text":
                word = cleaned.text[block.start : block.end].split()[0]
                assert word in source[lines[block.start] - 1]
