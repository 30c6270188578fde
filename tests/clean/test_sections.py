"""Related reading and author boxes go with what stands under their headings, on pages of prose alone."""

from __future__ import annotations

import numpy as np
import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import sections
from pipeline.clean.flat_lines import cut as cut_text
from pipeline.clean.html_lines import cut
from pipeline.clean.lines import Lines
from pipeline.settings import Limits

PROSE = "The stockings press the veins of the leg together, so that the blood goes back to the heart by itself."
ARTICLE = f"<article><h1>Stockings</h1>{f'<p>{PROSE}</p>' * 8}</article>"
TEASER = "Which shoes are best for people who stand at work all day and who have no time to sit down and rest?"


def reasons(html: str) -> tuple[Lines, dict[int, str]]:
    """The lines of a page, and why those go that a classifier would have kept all of."""
    page = cut(LexborHTMLParser(html), Limits())
    n = len(page.lines)
    return page, sections.reasons(page, [True] * n, np.full(n, 0.9, dtype=np.float32))


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Related articles", "related"),
        ("You may also like", "related"),
        ("More from Leg Health", "related"),
        ("About the author", "author-bio"),
        ("Medical disclaimer", "boilerplate"),
    ],
)
def test_a_section_goes_with_its_heading(heading: str, why: str) -> None:
    """All in the box that begins with the heading, and nothing around it."""
    page, found = reasons(
        f"{ARTICLE}<div><div><h2>{heading}</h2></div><p>{TEASER}</p><p>{TEASER[6:]}</p></div><p>{PROSE}</p>"
    )
    assert found == dict.fromkeys(range(9, 12), why)
    assert page.lines[9].text == heading


@pytest.mark.parametrize(
    "html",
    [
        f"{ARTICLE}<div><h2>Related conditions and their treatment</h2><p>{TEASER}</p></div>",
        f"{ARTICLE}<div><p>Related articles</p><p>{TEASER}</p></div>",
        f"<div><h2>Related articles</h2>{f'<p>{PROSE}</p>' * 8}</div>",
        f"<h1>Shop</h1>{'<p>Blue</p>' * 30}<div><h2>Similar products</h2><p>Green</p><p>Red</p></div>",
    ],
    ids=["another heading", "no heading", "all of the page", "no prose"],
)
def test_what_is_not_beside_the_article_stays(html: str) -> None:
    """Other headings, text that is none, the article under such a heading, and pages of short lines."""
    assert reasons(html)[1] == {}


def test_only_the_heading_goes_where_it_stands_within_the_text() -> None:
    """A box that begins with other text is no section of the heading."""
    text = [f"<p>{PROSE[at:]}</p>" for at in range(0, 12, 2)]
    page, found = reasons(f"<div>{''.join(text[:4])}<h3>You might like</h3>{''.join(text[4:])}</div>")
    assert found == {4: "related"}
    assert page.lines[4].text == "You might like"


def test_pages_without_tags_are_left_alone() -> None:
    """There are no boxes by which a section would end."""
    page = cut_text(f"{PROSE}\nRelated articles\n{TEASER}", Limits())
    assert sections.reasons(page, [True] * 3, np.full(3, 0.9, dtype=np.float32)) == {}
    assert sections.reasons(Lines(), [], np.zeros(0, dtype=np.float32)) == {}
