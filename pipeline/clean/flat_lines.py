"""Flattened text → lines: each line that is not blank is one, whole; list marks and Markdown headings give its kind.

What flattening spoilt is repaired first (`repairs`); Markdown links and images are read and their marks taken off.
"""

from __future__ import annotations

import re

from pipeline.clean import markdown
from pipeline.clean.lines import Line, Lines
from pipeline.clean.repairs import repaired
from pipeline.errors import LimitExceeded
from pipeline.records import BlockKind
from pipeline.settings import Limits

MARKDOWN_HEADING = re.compile(r"#{1,6} \S")
LIST_MARK = re.compile(r"(?:[-–*•·▪◦●‣] |\d{1,2}[.)] |[a-z]\) )\S")
QUOTE_MARK = re.compile(r"> \S")
MAX_HEADING_WORDS = 14
END_OF_SENTENCE = '.!;,:…"”'


def cut(content: str, limits: Limits) -> Lines:
    """The lines of a flattened page. Raises LimitExceeded naming lines or line_chars."""
    out = Lines()
    for text in repaired(content):
        if "](" in text:
            text = markdown.read(text, out, limits)
            if not text:
                continue
        if len(text) > limits.line_chars:
            raise LimitExceeded("line_chars", f"a line of {len(text):,} characters", f"{limits.line_chars:,}")
        if len(out.lines) >= limits.lines:
            raise LimitExceeded("lines", f"more than {limits.lines:,} lines", f"{limits.lines:,}")
        out.lines.append(Line(text, kind_of(text)))
    return out


def kind_of(text: str) -> BlockKind:
    """What a line of flattened text looks like."""
    if LIST_MARK.match(text):
        return "list_item"
    if QUOTE_MARK.match(text):
        return "quote"
    if MARKDOWN_HEADING.match(text):
        return "heading"
    words = text.count(" ") + 1
    if words <= MAX_HEADING_WORDS and text[-1] not in END_OF_SENTENCE and (text[0].isupper() or text[0].isdigit()):
        return "heading"
    return "paragraph"
