"""The shipped line classifier tells plain prose from plain furniture, with and without tags."""

from __future__ import annotations

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.body_lines import STAGE_TWO, BodyLines, second_stage
from pipeline.clean.features import matrix
from pipeline.clean.flat_lines import cut as cut_text
from pipeline.clean.html_lines import cut as cut_html
from pipeline.clean.text_features import Lexicon
from pipeline.settings import Limits

MODEL = BodyLines()
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
    keep = MODEL.probabilities(cut_text(text, Limits()).lines) >= MODEL.threshold
    assert keep.tolist() == [False] * 3 + [True] * 4 + [False]


def test_with_tags() -> None:
    """The same with the tags around it."""
    menu = "".join(f"<li><a href=/>{line}</a></li>" for line in FURNITURE[:3])
    body = "".join(f"<p>{line}</p>" for line in PROSE)
    html = f"<nav><ul>{menu}</ul></nav><article>{body}</article><footer>{FURNITURE[3]}</footer>"
    keep = MODEL.probabilities(cut_html(LexborHTMLParser(html), Limits()).lines) >= MODEL.threshold
    assert keep.tolist() == [False] * 3 + [True] * 4 + [False]


def test_no_lines() -> None:
    """An empty page has no probabilities."""
    assert MODEL.probabilities([]).shape == (0,)


def test_second_stage_names_match_columns() -> None:
    """Every column of the second stage has one name."""
    lines = cut_text("\n".join(PROSE), Limits()).lines
    x = matrix(lines, Lexicon({}))
    assert second_stage(lines, x, np.full(4, 0.5, np.float32)).shape == (4, len(STAGE_TWO))
