"""What cleaning records of links and scripts: what hides a link, what is around it, where a script takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import Cleaner
from pipeline.clean.html_lines import cut
from pipeline.clean.lines import Anchor
from pipeline.clean.visibility import Sheets, conceals
from pipeline.errors import LimitExceeded
from pipeline.records import Article, Page
from pipeline.settings import Limits

WORDS = "<p>" + "Stockings help the blood on its way back to the heart. " * 3 + "</p>"


def anchor(html: str) -> Anchor:
    """The only link of a page."""
    (found,) = cut(LexborHTMLParser(html), Limits()).anchors
    return found


def article(html: str) -> Article:
    """A cleaned page."""
    return Cleaner(Limits()).clean(Page(id="0", source="test", kind="html", content=html))


@pytest.mark.parametrize(
    ("html", "holder"),
    [
        (
            '<div style="left:-9999px;position:absolute"><p><a href="/x">S</a></p></div>',
            '<div style="left:-9999px;position:absolute">',
        ),
        ('<style>.z{overflow:hidden;height:0}</style><div class="z"><a href="/x">S</a></div>', '<div class="z">'),
        (
            '<style>body{background:#FFF}</style><p><font color="white"><a href="/x">S</a></font></p>',
            '<font color="white">',
        ),
        (
            '<body bgcolor="#fdfdfb"><span style="color:#FDFDFB"><a href="/x">S</a></span>',
            '<span style="color:#FDFDFB">',
        ),
        ('<p><a href="/x" style="transform:scale(0)">S</a></p>', '<a href="/x" style="transform:scale(0)">'),
        ('<noscript><a href="/x">S</a></noscript>', "<noscript>"),
    ],
)
def test_what_hides_a_link(html: str, holder: str) -> None:
    """A hidden link carries the opening tag of the element that hides it."""
    found = anchor(WORDS + html if "<body" not in html else html + WORDS)
    assert found.hidden
    assert found.holder == holder


@pytest.mark.parametrize(
    "style",
    [
        "color:#fff;background:#036",
        "max-height:0;overflow:hidden;transition:max-height .3s",
        "height:0;padding-bottom:56%;overflow:hidden",
        "width:1%;overflow:hidden",
        "overflow:hidden",
    ],
)
def test_what_does_not_hide(style: str) -> None:
    """Buttons on a colour of their own, boxes that open or keep a picture's proportions, columns of a table."""
    assert not conceals(style, "#ffffff")


@pytest.mark.parametrize(
    "rule",
    [
        ".f{opacity:0}",
        ".f a{font-size:1px}",
        "body{background:#fefefe}.f{color:#fefefe}",
        ".f{color:#fff}",
        "#g{position:absolute;left:-500em}",
        ".f{transform:translateX(-2000px)}",
    ],
)
def test_faint_links_are_hidden_and_their_words_kept(rule: str) -> None:
    """What a style sheet fades stays text, but its links are hidden ones."""
    found = article(
        f"<style>{rule}</style>{WORDS}<p class='f' id='g'>Read <a href='/x'>this page</a> too, all of it.</p>"
    )
    assert [link.hidden for link in found.links] == [True]


@pytest.mark.parametrize(
    "rule", [".f{opacity:0;transition:opacity 1s}", ".f{color:#fff;background:#036}", ".f{color:#333}"]
)
def test_what_fades_in_is_not_hidden(rule: str) -> None:
    """Nor is white on a ground of its own."""
    found = article(f"<style>{rule}</style>{WORDS}<p class='f'>Read <a href='/x'>this page</a> too, all of it.</p>")
    assert [link.hidden for link in found.links] == [False]


def test_around_a_visible_link() -> None:
    """Outside the body a link carries the nearest block with attributes; in the body, nothing."""
    assert anchor(WORDS + '<div class="partners"><p><a href="/x">S</a></p></div>').holder == '<div class="partners">'


def test_swapped_addresses() -> None:
    """Only an attribute that a script puts in the place of the href is a swap."""
    link = '<p><a href="https://a.example/" data-real="https://b.example/" data-full="https://c.example/">S</a></p>'
    script = '<script>x.href = x.getAttribute("data-real")</script>'
    assert anchor(WORDS + link).swap == ""
    assert anchor(WORDS + link + script).swap == 'data-real="https://b.example/"'


def test_scripts_that_send_people_away() -> None:
    """A script that asks for crawlers and goes to another host; not one that stays on its own."""
    head = '<link rel="canonical" href="https://own.example/a">'
    script = "<script>if(!/bot|crawl/.test(navigator.userAgent)){{location.replace('{}')}}</script>"
    away = article(head + script.format("https://shop.example/") + WORDS)
    home = article(head + script.format("https://own.example/m") + WORDS)
    assert away.markup.redirects == ("if(!/bot|crawl/.test(navigator.userAgent))",)
    assert home.markup.redirects == ()


def test_keywords() -> None:
    """Keywords of meta elements and of JSON-LD."""
    meta = '<meta name="keywords" content="a, b">'
    data = '<script type="application/ld+json">{"@type":"Article","keywords":["c","d"]}</script>'
    assert article(meta + data + WORDS).markup.keywords == ("a, b", "c, d")


def test_too_many_links_name_their_limit() -> None:
    """50,000 links stop at the limit, and it is named."""
    with pytest.raises(LimitExceeded) as raised:
        article(WORDS + '<a href="https://x.example/">x</a>' * 50_000)
    assert raised.value.limit == "links"


def test_too_many_attributes_name_their_limit() -> None:
    """50,000 attributes on one link stop at the limit, and it is named."""
    with pytest.raises(LimitExceeded) as raised:
        article(WORDS + "<a " + " ".join(f"data-{n}=https://x.example/" for n in range(50_000)) + ">x</a>")
    assert raised.value.limit == "attributes"


@given(st.text(max_size=200))
def test_no_style_raises(text: str) -> None:
    """Styles come from strangers."""
    conceals(text, "#ffffff")
    Sheets.of([text], {"style": text, "bgcolor": text})
