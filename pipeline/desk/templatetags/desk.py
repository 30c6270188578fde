"""Filters of the desk's templates. None of them makes markup: what they return is escaped like everything else."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

from pipeline.report.safe_text import one_line, shorten

register = template.Library()
STEPS = (0.25, 0.5, 0.8)
"""Scores at which a number is drawn stronger: the same as in the report."""


@register.filter
def line(text: str | None) -> str:
    """Text of a stranger on one line, without control characters."""
    return one_line(text or "")


@register.filter
def cut(text: str | None, width: int) -> str:
    """The same, cut at a word."""
    return shorten(text or "", width)


@register.filter
def step(score: float) -> int:
    """How strongly a score is drawn: 0 to 3."""
    return sum(score >= limit for limit in STEPS)


@register.filter
def bar(score: float, width: int = 40) -> str:
    """The length of a bar for a score."""
    return f"{max(0.0, min(1.0, score)) * width:.1f}"


@register.filter
def age(at: datetime) -> str:
    """How long ago, in one unit: "5 min", "3 h", "12 d"."""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


@register.filter
def stamp(at: datetime) -> str:
    """A moment, to the minute."""
    return f"{timezone.localtime(at):%d %b %Y, %H:%M} UTC"


@register.filter
def of(mapping: dict[str, int], name: str) -> int | str:
    """The value under a name that is itself a value."""
    return mapping.get(name, "")
