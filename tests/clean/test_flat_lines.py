"""Flattened text is cut into whole lines."""

from __future__ import annotations

import pytest

from pipeline.clean.flat_lines import cut, kind_of
from pipeline.errors import LimitExceeded
from pipeline.records import BlockKind
from pipeline.settings import Limits


def test_lines_stay_whole() -> None:
    """Blank lines go, runs of white space become one space, references are read, nothing else changes."""
    lines = cut("One  two\r\n\r\n \t\nthree &amp; four\u200b\n", Limits()).lines
    assert [line.text for line in lines] == ["One two", "three & four\u200b"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Causes", "heading"),
        ("What Causes Knee Pain?", "heading"),
        ("- rest it", "list_item"),
        ("• Anxiety: it helps.", "list_item"),
        ("2. Take food on time.", "list_item"),
        ("> he said", "quote"),
        ("Rest for two days, and then walk.", "paragraph"),
        ("5 mg is the usual dose.", "paragraph"),
        ("and it went on", "paragraph"),
    ],
)
def test_kinds(text: str, kind: BlockKind) -> None:
    """List marks, Markdown headings and heading-like lines are told from prose."""
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("content", "limits", "limit"),
    [("x\n" * 50, Limits(lines=40), "lines"), ("x" * 50, Limits(line_chars=40), "line_chars")],
)
def test_limits(content: str, limits: Limits, limit: str) -> None:
    """Each limit is held and named."""
    with pytest.raises(LimitExceeded) as error:
        cut(content, limits)
    assert error.value.limit == limit
