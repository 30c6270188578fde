"""Sections of a page of prose that their heading gives away: what else there is to read, and who wrote it.

Such sections are written in whole sentences, which the classifier keeps. On pages that are not prose (shops, lists) the
same headings stand above what the page is for.
"""

from __future__ import annotations

import re

import numpy as np

from pipeline.clean.chain import is_prose
from pipeline.clean.lines import Boxes, Lines
from pipeline.clean.text_features import Matrix

READING = r"(?:posts?|articles?|stories|reads?|reading|news|products?|items?|content|threads?|topics?|guides?|videos?)"
HEADINGS = {
    "related": re.compile(
        rf"(?:related|recommended|similar|popular|trending|featured|sponsored|latest)\b.{{0,14}}\b{READING}\W*$"
        r"|you (?:may|might) (?:also )?(?:like|enjoy|love|be interested)|more from\b|recommended(?: for you)?\W*$"
        r"|(?:people|customers|shoppers|others) (?:who|also)\b|(?:what to )?read (?:this )?next\W*$|keep reading\W*$",
        re.IGNORECASE,
    ),
    "boilerplate": re.compile(r"(?:medical )?disclaimer\W*$", re.IGNORECASE),
    "author-bio": re.compile(
        r"(?:about|meet) (?:the|our) (?:author|writer|reviewer|editor|contributor|expert)s?\W*$", re.IGNORECASE
    ),
}
HEADING_CHARS = 60
LEAST_LINES = 3
"""Lines from which a box that begins with the heading is its section; smaller ones hold it and its ornaments."""
MOST = 0.25
"""Share of the kept words that a section may hold: the article itself may stand under such a heading. On the train and
choose domains of WCXB .1 gives articles .0001, .25 and .5 give .0005, by a classifier that has seen the train domains;
on the choose domains alone .0005 and .0026."""


def reasons(page: Lines, body: list[bool], likely: Matrix) -> dict[int, str]:
    """Why each body line in such a section goes, by its index; `likely` is P(body) of each line."""
    found: dict[int, str] = {}
    lines = page.lines
    headed = [(at, why) for at, line in enumerate(lines) if (why := reason_under(line.text, line.kind))]
    if not headed or lines[0].tags is None:
        return found
    words = [line.text.count(" ") + 1 for line in lines]
    if not is_prose(likely, np.array(words, dtype=np.float32)):
        return found
    most = MOST * sum(count for count, keep in zip(words, body, strict=True) if keep)
    for at, why in headed:
        kept = [inside for inside in section(page.boxes, box_of(page, at), at) if body[inside]]
        if sum(words[inside] for inside in kept) <= most:
            found.update(dict.fromkeys(kept, why))
    return found


def reason_under(text: str, kind: str) -> str:
    """The reason that a heading gives for what stands under it, or nothing."""
    if kind != "heading" or len(text) >= HEADING_CHARS:
        return ""
    return next((why for why, pattern in HEADINGS.items() if pattern.match(text)), "")


def box_of(page: Lines, at: int) -> int:
    """The innermost box around a line."""
    tags = page.lines[at].tags
    return tags.box if tags else 0


def section(boxes: Boxes, box: int, at: int) -> range:
    """The lines of the innermost box around a heading that holds more than it; the heading alone below other text.

    `box` is the innermost around the heading, which is line `at`.
    """
    while box and boxes.last[box] - max(boxes.first[box], at) < LEAST_LINES:
        box = boxes.parent[box]
    if not box or boxes.first[box] < at - 1:
        return range(at, at + 1)
    return range(at, boxes.last[box])
