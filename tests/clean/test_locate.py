"""Where evidence stands in its source."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import Cleaner
from pipeline.clean.locate import ROWS, NodePaths, Place, SourceLines
from pipeline.errors import InputError
from pipeline.ingest import decode, read
from pipeline.records import Article, Block, Page
from pipeline.settings import Limits, Settings

ROOT = Path(__file__).parent.parent.parent
BAD = ROOT.parent / "shared" / "badinputs"
CLEANER = Cleaner(Limits())
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
    """Inside a paragraph that runs over lines, after an inline tag, and behind a tag that runs over lines itself."""
    cleaned = article("First of all, walk.", "Then eat & sleep.")
    wanted = {word: cleaned.text.index(word) for word in ("First", "all", "walk", "Then", "eat")}
    lines = SourceLines(Page(id="0", source="x", kind="html", content=HTML)).of(cleaned, wanted.values())
    assert {word: lines[at] for word, at in wanted.items()} == {"First": 3, "all": 4, "walk": 5, "Then": 7, "eat": 8}


def test_text_lines_are_those_of_the_file() -> None:
    """Blank lines and furniture count as lines."""
    page = Page(id="0", source="x", kind="text", content="Home | About\n\nTitle\n\nIt  helps.\nIt helps.\n")
    cleaned = article("It helps.", "It helps.")
    assert SourceLines(page).of(cleaned, [0, 11]) == {0: 5, 11: 6}


def test_a_block_that_is_not_there_has_no_line() -> None:
    """No line is better than a wrong one."""
    assert SourceLines(Page(id="0", source="x", kind="text", content="a\n")).of(article("b"), [0]) == {}


def at_place(content: str, place: Place) -> str:
    """What stands at a place of a source."""
    row = re.split(ROWS, content)[place.line - 1]
    return row[place.column - 1 :]


def words_of(cleaned: Article) -> list[int]:
    """The offsets at which the words of an article's blocks begin."""
    return [at.start() for at in re.finditer(r"(?<!\S)\S", cleaned.text)]


def wrongly_placed(page: Page, cleaned: Article) -> tuple[list[str], int]:
    """Words that do not stand where they are said to, and how many words were not found."""
    offsets = words_of(cleaned)
    places = SourceLines(page).of_spans(cleaned, offsets)
    wrong = []
    for offset, place in places.items():
        there = at_place(page.content, place)
        if there[:1] != cleaned.text[offset] and not there.startswith("&"):
            wrong.append(cleaned.text[offset : offset + 20])
    return wrong, len(offsets) - len(places)


@pytest.mark.parametrize("folder", ["samples/pages", *(f"samples/gold/{name}" for name in "defghi")])
def test_every_word_of_every_sample_is_found_in_its_place(folder: str) -> None:
    """To the character; and hardly any word of a page is not found, hidden words in between or not."""
    for raw in read([ROOT / folder], Settings()):
        if raw.source.endswith(".json"):
            continue
        page = decode(raw, Limits())
        cleaned = CLEANER.clean(page)
        wrong, missing = wrongly_placed(page, cleaned)
        assert not wrong, raw.source
        assert missing <= 0.01 * len(words_of(cleaned)), raw.source


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "<b>", "</b>", "<br>", "<span hidden>x</span>", "<!-- c -->", "&amp;", "&eacute;", "&#38;",
     "\n", "\t", "<script>s</script>", "<li>", "caf\u00e9 ", "A stone of four millimetres passes by itself. "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_what_is_found_is_there_in_any_tag_soup(content: str) -> None:
    """No word is placed where another stands."""
    page = Page(id="0", source="x", kind="html", content=content)
    assert wrongly_placed(page, CLEANER.clean(page))[0] == []


@pytest.mark.skipif(not BAD.is_dir(), reason="needs the hostile files (../shared/badinputs)")
def test_what_is_found_is_there_on_hostile_pages() -> None:
    """The same for the pages that others made to break readers of pages."""
    for path in sorted((BAD / "generated").glob("*.html")):
        page = Page(id="0", source="x", kind="html", content=path.read_bytes().decode("utf-8", "replace"))
        with suppress(InputError):
            assert wrongly_placed(page, CLEANER.clean(page))[0] == []


def test_a_block_that_is_interrupted_is_found_on_both_sides() -> None:
    """Hidden words inside a paragraph part it in the source, not in the article."""
    html = "<p>The blood goes back to<span hidden> buy pills</span>\nthe heart by itself.</p>"
    cleaned = article("The blood goes back to the heart by itself.")
    places = SourceLines(Page(id="0", source="x", kind="html", content=html)).of_spans(cleaned, [0, 23])
    assert places == {0: Place(1, 4), 23: Place(2, 1)}


def test_a_node_path_is_a_selector() -> None:
    """The path of a span names its innermost element, and that one alone."""
    html = "<body><div><p>Ten stones passed.</p></div><div><p>One.</p><p>Nine <b>big</b> stones did not.</p></div>"
    cleaned = article("Ten stones passed.", "Nine big stones did not.")
    paths = NodePaths(Page(id="0", source="x", kind="html", content=html)).of(cleaned, [0, 20, 25])
    assert paths == {
        0: "body > div:nth-of-type(1) > p",
        20: "body > div:nth-of-type(2) > p:nth-of-type(2)",
        25: "body > div:nth-of-type(2) > p:nth-of-type(2) > b",
    }
    assert [BeautifulSoup(html, "html.parser").select(path)[0].name for path in paths.values()] == ["p", "p", "b"]
