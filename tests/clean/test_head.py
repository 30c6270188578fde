"""Title and metadata come from where the page says them, the site's name cut off."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.head import gather, metadata_of, title_of
from pipeline.records import Metadata


def title(html: str) -> str | None:
    """The title found in a page."""
    return title_of(gather(LexborHTMLParser(html)))[0]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<title>Knee Pain at Night - Daily Well</title><h1>Daily Well</h1><h1>Knee Pain at Night</h1>",
            "Knee Pain at Night",
        ),
        ("<title>Knee Pain at Night | Daily Well</title>", "Knee Pain at Night"),
        ("<meta property=og:site_name content='Well'><title>Well – Knee Pain – a guide</title>", "Knee Pain – a guide"),
        ("<meta property=og:title content='Knee Pain'><title>x</title>", "Knee Pain"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Knee Pain"}</script>', "Knee Pain"),
        ("<title>Covid-19: what we know</title>", "Covid-19: what we know"),
        ("<h1>Only heading</h1>", "Only heading"),
        (
            "<title>Well » Blog Archive » Six weeks of toast</title><h1>Well</h1><h2>Six weeks of toast</h2>",
            "Six weeks of toast",
        ),
        ("<p>no title</p>", None),
    ],
)
def test_title(html: str, expected: str | None) -> None:
    """The h1 that other titles agree with, else JSON-LD, og:title, <title> without the site, the only h1."""
    assert title(html) == expected


def test_metadata() -> None:
    """Author, date, site, address and description, JSON-LD first."""
    html = """<html lang="en-GB"><head><meta name=description content="About knees">
    <link rel=canonical href="https://well.example/knee">
    <script type="application/ld+json">{"@graph": [{"@type": "Article", "datePublished": "2023-08-14T03:11:52Z",
    "author": {"name": "Ann Lee"}, "publisher": [{"name": "Well"}]}]}</script></head>"""
    facts = gather(LexborHTMLParser(html))
    assert metadata_of(facts, None) == Metadata(
        author="Ann Lee",
        date="2023-08-14",
        site="Well",
        canonical="https://well.example/knee",
        description="About knees",
        sources={
            "author": "json-ld",
            "date": "json-ld",
            "site": "json-ld",
            "canonical": "link canonical",
            "description": "meta description",
        },
    )
    assert facts.lang == "en-GB"


@pytest.mark.parametrize("source", ["{", "[]", '"x"', '{"@type": 5, "author": [[[]]]}', "[" * 50_000, '{"@graph": {}}'])
def test_broken_json_ld_says_nothing(source: str) -> None:
    """A damaged or hostile JSON-LD block neither raises nor invents a field."""
    html = f'<script type="application/ld+json">{source}</script>'
    assert metadata_of(gather(LexborHTMLParser(html)), None) == Metadata()


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<title>Knee Pain at Night - Daily Well</title><h1>Knee Pain at Night</h1>", "h1"),
        ("<title>Knee Pain at Night | Daily Well</title>", "title"),
        ("<meta property=og:title content='Knee Pain'><title>x</title>", "og:title"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"Knee Pain"}</script>', "json-ld"),
        ("<p>no title</p>", ""),
    ],
)
def test_the_source_of_the_title(html: str, source: str) -> None:
    """It is said where the title was found."""
    assert title_of(gather(LexborHTMLParser(html)))[1] == source


def test_an_address_is_no_author() -> None:
    """Where the first place that names an author gives an address, the next one is asked."""
    html = """<meta name=author content="https://well.example/ann"><p class=byline>By Ann Lee</p>
    <meta property=article:modified_time content="2024-02-03T10:00:00Z">"""
    found = metadata_of(gather(LexborHTMLParser(html)), None)
    assert (found.author, found.modified) == ("Ann Lee", "2024-02-03")
    assert found.sources == {"author": "byline", "modified": "article:modified_time"}
