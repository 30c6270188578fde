"""Limits held before a page reaches the HTML parser.

Measured on lexbor 2.x (selectolax 1.0.2): it neither crashes nor truncates on 100,000 nested elements, but its time is
quadratic in nesting (24 s) and in the attributes of one element (50,000: 5 s). Both are therefore counted first,
roughly; exact depth and node counts are held while the tree is walked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.clean.elements import NOT_NESTING
from pipeline.errors import LimitExceeded
from pipeline.settings import Limits

ROUGHLY = 10
"""The rough count may overshoot on unclosed inline tags, so it refuses only at this multiple of html_depth."""

TAG = re.compile(r"<(/?[a-zA-Z][^\s/><]*)")
CHUNK = 1_000
"""Tags counted together, where a rough count will do."""
DRAWING = re.compile(
    r"<svg\b[^<>]*+>(?:[^<]++|</?(?:path|g|use|circle|ellipse|rect|line|polyline|polygon|defs|stop|lineargradient|clippath"
    r"|radialgradient|mask|symbol|text|tspan|image|filter|fe\w+|animate\w*)\b[^<>]*+>"
    r"|<(?:title|desc)\b[^<>]*+>[^<]*+</(?:title|desc)>)*+</svg>",
    re.IGNORECASE,
)
"""A drawing with nothing but shapes in it: they close themselves (``<path/>``), as no other element does."""
LONG_TAG = 6_000
LONG_PIECE = 60_000
RAW_TEXT = re.compile(
    r"<(script|style|textarea|title|xmp|iframe|noembed)\b(?:[^<]++|<(?!/\1))*+(?:</\1|\Z)"
    r"|<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)",
    re.IGNORECASE,
)
"""Written without a lazy ``.*?``, which takes ten times as long over a script of a megabyte."""
ATTRIBUTES = re.compile(
    r"<[a-zA-Z][^\s/>]*+((?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+)*+)"
)
ATTRIBUTE = re.compile(r"[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+")


def check_html(content: str, limits: Limits) -> None:
    """Raise LimitExceeded where parsing `content` as HTML could cost more than a page may."""
    check_bytes(content, limits)
    check_depth(content, limits)
    check_attributes(content, limits)


def check_bytes(content: str, limits: Limits) -> None:
    """Raise LimitExceeded for a page over page_bytes (encoding is only done where it can matter)."""
    if len(content) * 4 <= limits.page_bytes:
        return
    size = len(content.encode("utf-8", "surrogatepass"))
    if size > limits.page_bytes:
        raise LimitExceeded("page_bytes", f"{size:,} bytes", f"{limits.page_bytes:,}")


def check_depth(content: str, limits: Limits) -> None:
    """Raise LimitExceeded where tags open and do not close far beyond html_depth."""
    bound = limits.html_depth * ROUGHLY
    if content.count("<") <= bound:
        return
    tags = TAG.findall(content)
    if may_be_open(tags) <= bound or open_at_once(tags) <= bound:
        return
    if open_at_once(TAG.findall(DRAWING.sub("", content))) > bound:
        raise LimitExceeded("html_depth", f"more than {bound:,} elements open at once", f"{limits.html_depth:,}")


def may_be_open(tags: list[str]) -> int:
    """At least as many elements as are open at once, in a tenth of the time of going from tag to tag.

    In each chunk of tags, all that open might do so before any closes, and all that close might do so before any opens.
    """
    still_open: Counter[str] = Counter()
    deepest = 0
    for start in range(0, len(tags), CHUNK):
        opened: Counter[str] = Counter()
        closed: Counter[str] = Counter()
        for tag, count in Counter(tags[start : start + CHUNK]).items():
            (closed if tag[0] == "/" else opened)[tag.lower().lstrip("/")] += count
        for tag in NOT_NESTING & opened.keys():
            del opened[tag]
        deepest = max(deepest, still_open.total() + opened.total())
        still_open = still_open - closed + opened
    return deepest


def open_at_once(tags: list[str]) -> int:
    """The most elements that are open at once, roughly: a tag that is never closed stays open."""
    depth = deepest = 0
    still_open: Counter[str] = Counter()
    for written in tags:
        tag = written.lower()
        if tag[0] != "/":
            if tag not in NOT_NESTING:
                still_open[tag] += 1
                depth += 1
                deepest = max(deepest, depth)
        elif still_open[tag[1:]]:
            still_open[tag[1:]] -= 1
            depth -= 1
    return deepest


def check_attributes(content: str, limits: Limits) -> None:
    """Raise LimitExceeded for an element with too many attributes. Only very long tags are looked into."""
    longest = next(long_pieces(content, ">", LONG_PIECE), None)
    if longest is None and not may_be_long(content, limits.attributes):
        return
    for tag in ATTRIBUTES.finditer(RAW_TEXT.sub("", content)):
        if tag.end() - tag.start() <= 2 * limits.attributes:
            continue
        count = len(ATTRIBUTE.findall(tag[1]))
        if count > limits.attributes:
            raise LimitExceeded("attributes", f"an element with {count:,} attributes", f"{limits.attributes:,}")


def may_be_long(content: str, attributes: int) -> bool:
    """Whether something that begins like a tag, perhaps in a script, holds more than so many attributes."""
    for start, end in long_pieces(content, "<", LONG_TAG + 1):
        if content[start].isalpha():
            tag = ATTRIBUTES.match("<" + content[start:end])
            if tag and tag.end() > 2 * attributes and len(ATTRIBUTE.findall(tag[1])) > attributes:
                return True
    return False


def long_pieces(content: str, mark: str, size: int) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of at least `size` characters without `mark`, found in strides of that size."""
    start, end = 0, len(content)
    while end - start >= size:
        at = content.rfind(mark, start, start + size)
        if at >= 0:
            start = at + 1
            continue
        stop = content.find(mark, start + size)
        stop = stop if stop >= 0 else end
        yield start, stop
        start = stop + 1
