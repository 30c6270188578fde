"""Lines that are body because of what they stand beside, where the classifier was not sure: letters, references.

Losing one of them costs evidence further on (a claim, its source), so each rule keeps what touches body already found.
"""

from __future__ import annotations

import re

from pipeline.clean.furniture import rule_of
from pipeline.clean.lines import Line, Lines
from pipeline.clean.text_features import Matrix

GREETING = re.compile(
    r"\W?(?:dear|hello|hi|hiya|hey|good (?:day|morning|evening|afternoon)|salam|greetings)\b.{0,40}$", re.IGNORECASE
)
SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm|many|my best) ?(?:regards|wishes|greetings)|regards|yours|sincerely"
    r"|thank you|thanks|take care|god bless|stay (?:blessed|safe|well)|cheers|love|p\.?s\.?)\b.{0,50}$",
    re.IGNORECASE,
)
MAX_SIGNATURE = 60
REFERENCE = re.compile(
    r"(?:\[?\d{1,3}[.\])] .{10,400}\b(?:19|20)\d\d\b|.{10,400}(?:\b(?:19|20)\d\d;\s?\d|\bdoi\b|\bet al\.))",
    re.IGNORECASE,
)
REFERENCES = re.compile(r"(?:references|sources|bibliography|further reading|notes)\W*$", re.IGNORECASE)
SENTENCE_WORDS = 12
TABLE_SHARE = 0.4
STANDFIRST = re.compile(r"\b(?:sub-?title|sub-?head(?:line|ing)?|standfirst|deck|dek|lede)\b", re.IGNORECASE)
NEAR_TITLE, STANDFIRST_WORDS = 6, 6
"""Lines below a title that its standfirst is among, and words that it has at least."""
END = Line("")
UNSURE = 0.15
"""P(body) from which a whole sentence beside body is kept. On the gold corpus: recall .967 to .971, precision .964 to
.961."""


def rescued(lines: list[Line], body: list[bool], likely: Matrix) -> set[int]:
    """Indices of all lines that the rules below keep."""
    found = sentence_lines(lines, body, likely) | reference_lines(lines) | table_cells(lines, body)
    return found | letter_lines(lines, [keep or at in found for at, keep in enumerate(body)])


def standfirst(cut: Lines, title_line: int | None) -> set[int]:
    """Indices of the lines below the title that the page itself calls its standfirst, by a class of their box."""
    if title_line is None or not cut.boxes.key[1:]:
        return set()
    found = set()
    for at, line in enumerate(cut.lines[title_line + 1 : title_line + 1 + NEAR_TITLE], start=title_line + 1):
        names = cut.boxes.key[line.tags.box] if line.tags else ""
        if STANDFIRST.search(names) and line.text.count(" ") + 1 >= STANDFIRST_WORDS and rule_of(line.text) is None:
            found.add(at)
    return found


def sentence_lines(lines: list[Line], body: list[bool], likely: Matrix) -> set[int]:
    """Indices of whole sentences beside body that the classifier leaves open and no furniture rule names.

    Of pages without tags alone: with them the classifier knows better (WCXB articles lose .0016 of word-bag F1).
    """
    padded = [False, *body, False]
    return {
        at
        for at, line in enumerate(lines)
        if not body[at]
        and line.tags is None
        and (padded[at] or padded[at + 2])
        and likely[at] >= UNSURE
        and line.zone == "body"
        and line.text[-1] in ".!?"
        and line.text.count(" ") + 1 >= SENTENCE_WORDS
        and rule_of(line.text) is None
    }


def reference_lines(lines: list[Line]) -> set[int]:
    """Indices of the entries of a numbered or dated list of references, and of the heading above it."""
    found = {
        at
        for at, line in enumerate(lines)
        if line.zone == "body" and may_be_reference(line.text) and REFERENCE.match(line.text)
    }
    return found | {at - 1 for at in found if at and REFERENCES.match(lines[at - 1].text)}


def may_be_reference(text: str) -> bool:
    """Whether a line holds what all that match REFERENCE do: found in a tenth of the time."""
    if "20" in text or "19" in text:
        return True
    low = text.lower()
    return "doi" in low or "et al." in low or "ı" in low


def table_cells(lines: list[Line], body: list[bool]) -> set[int]:
    """Indices of the cells of tables without links of which TABLE_SHARE of the cells are body: figures are short."""
    found: set[int] = set()
    run: list[int] = []
    for at, line in enumerate([*lines, END]):
        if line.kind == "table" and line.zone == "body" and line.tags and not line.tags.link_chars:
            run.append(at)
            continue
        if run and sum(body[cell] for cell in run) >= TABLE_SHARE * len(run):
            found.update(run)
        run = []
    return found


def letter_lines(lines: list[Line], body: list[bool]) -> set[int]:
    """Indices of the greeting before and the sign-off and name after prose that is body: letters and forum answers.

    Too short for the classifier, and never furniture where they touch the text that they belong to.
    """
    found: set[int] = set()
    for at, line in enumerate(lines):
        if body[at] or len(line.text) > MAX_SIGNATURE or (line.tags and line.zone != "body"):
            continue
        greets = at + 1 < len(lines) and body[at + 1] and GREETING.match(line.text)
        signs = at > 0 and (body[at - 1] or at - 1 in found) and SIGN_OFF.match(line.text)
        named = at - 1 in found and SIGN_OFF.match(lines[at - 1].text) and not rule_of(line.text)
        if greets or signs or named:
            found.add(at)
    return found
