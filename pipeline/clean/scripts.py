"""What the inline scripts of a page do to its links and its visitors. They are read, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

MAX_SCRIPT = 20_000
"""Characters of one inline script looked at."""
MAX_SCRIPTS = 60
ASKS_WHO = re.compile(
    r"/[^/\n]{0,200}\b(?:bot|crawl|spider|googlebot|slurp)[^/\n]{0,200}/\w*\s*\.\s*test\s*\(\s*navigator[^)]*\)"
    r"|navigator\s*\.\s*userAgent[^;{}]{0,120}(?:bot|crawl|spider)[^;{}]{0,60}"
    r"|document\s*\.\s*referrer[^;{}]{0,120}(?:google|bing|yahoo|search)[^;{}]{0,60}",
    re.IGNORECASE,
)
"""A script that asks whether the visitor is a crawler or comes from a search engine."""
GOES = re.compile(
    r"(?:location\s*\.\s*(?:replace|assign)\s*\(|location(?:\s*\.\s*href)?\s*=)\s*['\"]((?:https?:)?//[^'\"\s]+)",
    re.IGNORECASE,
)
"""A script that goes to an address written out in it."""
NEAR = 400
"""Characters between the question and the going."""
PUTS_IN = re.compile(r"\.href\s*=\s*[^;{}]{0,80}?(?:getAttribute\(\s*['\"](data-[\w-]+)|dataset\s*\.\s*(\w+))")
CAPITAL = re.compile(r"[A-Z]")
MAX_SNIPPET = 160


def sources(tree: LexborHTMLParser) -> Iterator[str]:
    """The inline scripts, cut at MAX_SCRIPT."""
    for node in tree.css("script:not([src])")[:MAX_SCRIPTS]:
        yield (node.text() or "")[:MAX_SCRIPT]


def swapped_attributes(tree: LexborHTMLParser) -> frozenset[str]:
    """The data attributes that scripts put in the place of a link's href."""
    names = set()
    for source in sources(tree):
        for match in PUTS_IN.finditer(source) if ".href" in source else ():
            names.add(match[1] or "data-" + CAPITAL.sub(lambda letter: "-" + letter[0].lower(), match[2]))
    return frozenset(names)


def redirects(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(condition, address) of each script that asks who is visiting and then goes to an address."""
    for source in sources(tree):
        asks = ASKS_WHO.search(source) if "location" in source else None
        goes = GOES.search(source, asks.end(), asks.end() + NEAR) if asks else None
        if asks and goes:
            begins = max(source.rfind(mark, 0, asks.start()) for mark in ";{}\n") + 1
            ends = source.find("{", asks.end())
            snippet = source[begins : ends if 0 < ends < goes.start() else asks.end()]
            yield " ".join(snippet.split())[:MAX_SNIPPET], goes[1]
