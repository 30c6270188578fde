"""Closed tabs and accordions are text that the reader opens; what hides to deceive stays hidden."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import Cleaner, panels
from pipeline.clean.html_lines import cut
from pipeline.clean.lines import Lines
from pipeline.records import Page
from pipeline.settings import Limits

SEEN = "<p>Seen, and long enough that the concealed part is the smaller one.</p>"


def lines_of(html: str) -> Lines:
    """The lines of a page of one seen paragraph and `html`."""
    return cut(LexborHTMLParser(SEEN + html), Limits())


@pytest.mark.parametrize(
    "html",
    [
        '<div role="tabpanel" hidden>S</div>',
        '<div class="faq-answer" style="display:none">S</div>',
        '<div class="accordion__content" aria-hidden="true">S</div>',
        '<div role="region" aria-labelledby="h1" aria-hidden="true">S</div>',
        '<button aria-controls="x7">+</button><div id="x7" hidden>S</div>',
        '<style>.tab-content { display: none }</style><div class="tab-content">S</div>',
        '<div hidden id="S:3">S</div>',
    ],
)
def test_what_the_reader_opens_is_text(html: str) -> None:
    """By its role, its name, a control for it, or as a part that a server sent late; and the page knows which it is."""
    found = lines_of(html)
    assert found.lines[-1].text == "S"
    assert not found.hidden
    assert panels.lines_within(found) == {len(found.lines) - 1}


@pytest.mark.parametrize(
    "html",
    [
        '<div class="accordion" style="position:absolute;left:-9999px">S</div>',
        '<div class="panel" style="opacity:0">S</div>',
        '<div class="faq-answer" style="font-size:0">S</div>',
        '<div class="mobile-menu-panel" hidden>S</div>',
        '<div id="cookie-tab" role="tabpanel" aria-hidden="true">S</div>',
        '<form class="collapse" style="display:none">S</form>',
        '<div style="display:none">S</div>',
        '<div id="x7" hidden>S</div><button aria-controls="x7"></button>',
        '<div class="accordion" style="left:-9999px"><div role="tabpanel" hidden>S</div></div>',
    ],
)
def test_what_hides_stays_hidden(html: str) -> None:
    """Put off the screen, faded or shrunk, furniture, nameless, or inside something hidden."""
    found = lines_of(html)
    assert found.hidden == ["S"]
    assert len(found.lines) == 1
    assert not panels.lines_within(found)


def test_links_in_panels_are_hidden_ones() -> None:
    """Their text is a line of the page, and a detector of hidden links sees them as it did, with what hides them."""
    (anchor,) = lines_of('<div class="faq-answer" hidden><p>See <a href="/x">the study</a>.</p></div>').anchors
    assert anchor.hidden
    assert anchor.holder == '<div class="faq-answer" hidden>'


def test_what_is_left_out_of_a_panel_was_hidden() -> None:
    """The reason is what an editor can check; an answer among the article's questions is body."""
    prose = "The stockings press the veins of the leg together, so that the blood goes back to the heart by itself."
    page = (
        f"<article><h1>Stockings</h1><p>{prose}</p><p>{prose[4:]}</p><h3>Do they help at night?</h3>"
        "<div class='faq-answer' hidden><p>No. At night the legs lie as high as the heart, and the veins have nothing "
        "to carry upwards, so most people can take their stockings off.</p></div></article>"
        "<div class='tab-panel' hidden><p><a href='/a'>Sign in</a></p><p><a href='/b'>My orders</a></p></div>"
    )
    article = Cleaner(Limits()).clean(Page(id="", source="", kind="html", content=page))
    assert "the veins have nothing to carry upwards" in article.text
    assert {piece.reason for piece in article.removed if piece.text in ("Sign in", "My orders")} == {"hidden"}
