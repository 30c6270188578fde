"""One page is one text, however it is encoded, and however deep it is nested."""

from __future__ import annotations

import pytest

from pipeline.clean import Cleaner
from pipeline.errors import LimitExceeded
from pipeline.ingest import decode
from pipeline.records import Page, RawPage
from pipeline.settings import Limits

CLEANER = Cleaner(Limits())
SENTENCES = (
    "The café on the corner sells “herbal” tea for £4 – no trial has shown that it helps anybody’s knees at all.",
    "Most stones pass on their own within a few weeks, and tablets help with the pain while they do.",
    "See a doctor at once if you have a fever, because a blocked and infected kidney is an emergency.",
)


def html(charset: str) -> str:
    """The page, declaring its encoding."""
    meta = f'<meta charset="{charset}">' if charset else ""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"<!doctype html><html lang=en><head>{meta}<title>Tea</title></head><body><main>{paragraphs}</main></body>"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (html("utf-8").encode(), None),
        (html("").encode("utf-8-sig"), None),
        (html("").encode("utf-16"), None),
        (html("").encode("utf-16-le"), "utf-16-le"),
        (html("windows-1252").encode("cp1252"), None),
        (html("").encode("cp1252"), "windows-1252"),
        (html("").encode("ascii", "xmlcharrefreplace"), None),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, declared: str | None) -> None:
    """Bytes differ, the article does not."""
    page = decode(RawPage(source="x", data=data, kind="html", encoding=declared), Limits())
    assert CLEANER.clean(page).text == "\n\n".join(SENTENCES)


@pytest.mark.parametrize("depth", [10, 200, 253, 254, 255, 256, 257, 300, 490, 520, 2_000, 9_000])
@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "table><tr><td"])
def test_no_tree_is_cut_short_in_silence(depth: int, tag: str) -> None:
    """What stands deepest is found, or the page is refused by the name of the limit."""
    page = Page(id="0", source="x", kind="html", content=f"<{tag}>" * depth + SENTENCES[1])
    refused: LimitExceeded | None = None
    try:
        article = CLEANER.clean(page)
    except LimitExceeded as error:
        refused = error
    if refused:
        assert refused.limit in ("html_depth", "html_nodes")
    else:
        assert SENTENCES[1] in [article.text, *(removed.text for removed in article.removed)]
