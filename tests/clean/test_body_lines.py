"""The shipped line classifier tells plain prose from plain furniture, with and without tags."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.body_lines import DISCUSSION, INPUTS, BodyLines, body_of, both, second_stage
from pipeline.clean.boxes import NameWeights
from pipeline.clean.features import Weights, describe
from pipeline.clean.flat_lines import cut as cut_text
from pipeline.clean.head import PAGE_KIND
from pipeline.clean.html_lines import cut as cut_html
from pipeline.clean.lines import Lines
from pipeline.clean.text_features import Lexicon
from pipeline.learn import lessons
from pipeline.settings import Limits

MODEL = BodyLines()
HONEST = [s.text for s in lessons.samples(Path(__file__).parents[2] / "samples/lessons/judges") if not s.spun]
"""Articles without furniture, of many kinds."""
PROSE = [
    "A kidney stone forms when salts in the urine clump together, often because a person drinks too little water.",
    "Most stones pass on their own within a few weeks, and tablets help with the pain while they do.",
    "See a doctor at once if you have a fever, because a blocked and infected kidney is an emergency.",
    "Drinking two litres of water a day halves the chance that another stone will form, a trial found.",
]
FURNITURE = ["Home | Health | Contact", "Share on Facebook", "Log in", "Copyright © 2024 All rights reserved"]


def test_flattened() -> None:
    """Prose is body, the menu above and the notice below are not."""
    text = "\n".join([*FURNITURE[:3], *PROSE, FURNITURE[3]])
    page = cut_text(text, Limits())
    assert body_of(MODEL.probabilities(page), page.lines).tolist() == [False] * 3 + [True] * 4 + [False]


def test_with_tags() -> None:
    """The same with the tags around it."""
    menu = "".join(f"<li><a href=/>{line}</a></li>" for line in FURNITURE[:3])
    body = "".join(f"<p>{line}</p>" for line in PROSE)
    html = f"<nav><ul>{menu}</ul></nav><article>{body}</article><footer>{FURNITURE[3]}</footer>"
    page = cut_html(LexborHTMLParser(html), Limits())
    page.kind = (0.0,) * len(PAGE_KIND)
    assert body_of(MODEL.probabilities(page), page.lines).tolist() == [False] * 3 + [True] * 4 + [False]


def test_short_posts_of_a_discussion_are_not_doubted() -> None:
    """What stands alone loses on a page of prose, and keeps what both stages said where the page is a thread."""
    html = "".join(f"<p>{line}</p>" for line in PROSE * 4) + "<p>Me too!</p>" + "<li>Home</li>" * 20
    page = cut_html(LexborHTMLParser(html), Limits())
    page.kind = (0.0,) * len(PAGE_KIND)
    found = describe(page, Weights(Lexicon({}), NameWeights({})))
    p = np.array([0.9] * 12 + [0.1] * 4 + [0.6] + [0.1] * 20, dtype=np.float32)
    assert both(found, p, p)[16] < 0.5
    found.x[:, DISCUSSION] = 1
    assert both(found, p, p).tolist() == p.tolist()


def test_no_lines() -> None:
    """An empty page has no probabilities."""
    assert MODEL.probabilities(Lines()).shape == (0,)


def test_second_stage_names_match_columns() -> None:
    """Every column of the second stage has one name."""
    page = cut_text("\n".join(PROSE), Limits())
    found = describe(page, Weights(Lexicon({}), NameWeights({})))
    assert second_stage(page.lines, found, np.full(4, 0.5, np.float32)).shape == (4, len(INPUTS["text"]))
    assert all(len(set(names)) == len(names) for names in INPUTS.values())


def test_a_text_that_is_one_line_is_body() -> None:
    """A forum answer in one careless paragraph has no furniture; nothing of it may be lost."""
    answer = (
        "the stone in your left kidney is small and easy to pass. take one tablet twice daily after food. drink plenty "
        "of water. avoid spinach and nuts. do come back if the pain gets worse or fever comes, and bring the report."
    )
    for text in (answer, f"{answer}\n{PROSE[0]}", answer.capitalize()):
        page = cut_text(text, Limits())
        assert body_of(MODEL.probabilities(page), page.lines).all(), text
    page = cut_text("Log in", Limits())
    assert MODEL.probabilities(page)[0] < 1


@pytest.mark.parametrize(
    ("shape", "least"),
    [
        pytest.param(lambda text: text, 0.975, id="as written"),
        pytest.param(lambda text: " ".join(text.split()), 0.99, id="one line"),
        pytest.param(lambda text: "\n\n".join(text.split("\n\n")[:3]), 0.96, id="three paragraphs"),
        pytest.param(lambda text: "\n\n".join(text.split("\n\n")[:5]), 0.965, id="five paragraphs"),
    ],
)
def test_an_article_without_furniture_keeps_its_words(shape: Callable[[str], str], least: float) -> None:
    """Pages to learn from are whole web pages; what is submitted is often the text alone, and short."""
    kept = words = 0
    for text in HONEST:
        page = cut_text(shape(text), Limits())
        size = np.array([line.text.count(" ") + 1 for line in page.lines])
        kept += int(size[body_of(MODEL.probabilities(page), page.lines)].sum())
        words += int(size.sum())
    assert kept / words >= least
