"""What a page's source says to machines: keyword lists, and scripts or elements that send visitors elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.head import Facts
from pipeline.clean.tags import tag_of
from pipeline.records import Markup

MAX_SCRIPT = 20_000
"""Characters of one inline script looked at."""
MAX_SCRIPTS = 60
ASKS_WHO = re.compile(
    r"(?:!\s*)?/[^/\n]{0,200}\b(?:bot|crawl|spider|googlebot|slurp)[^/\n]{0,200}/\w*\s*\.\s*test\s*\(\s*navigator"
    r"|navigator\s*\.\s*userAgent[^;{}]{0,120}(?:bot|crawl|spider)"
    r"|document\s*\.\s*referrer[^;{}]{0,120}(?:google|bing|yahoo|search)",
    re.IGNORECASE,
)
"""A script that asks whether the visitor is a crawler or came from a search engine."""
GOES = re.compile(
    r"location\s*\.\s*(?:replace|assign)\s*\(|(?:window|document|top|self|parent)\s*\.\s*location(?:\s*\.\s*href)?\s*=(?!=)",
    re.IGNORECASE,
)
MAX_SNIPPET = 160


def of(tree: LexborHTMLParser, facts: Facts) -> Markup:
    """The markup record of a parsed page."""
    keywords = (facts.meta.get("keywords", ""), facts.meta.get("news_keywords", ""), facts.json_ld.get("keywords", ""))
    referrer = tree.css_first('meta[name="referrer"][content="no-referrer"]')
    return Markup(
        keywords=tuple(filter(None, keywords)),
        redirects=(*script_redirects(tree), *refreshes(tree)),
        conceals_referrer=tag_of(referrer) if referrer else "",
    )


def script_redirects(tree: LexborHTMLParser) -> list[str]:
    """The condition of each inline script that asks who is visiting and goes elsewhere."""
    found = []
    for node in tree.css("script:not([src])")[:MAX_SCRIPTS]:
        source = (node.text() or "")[:MAX_SCRIPT]
        if "location" in source and (asks := ASKS_WHO.search(source)) and GOES.search(source):
            begins = max(source.rfind(";", 0, asks.start()), source.rfind("{", 0, asks.start())) + 1
            ends = source.find("{", asks.end())
            snippet = source[begins : ends if ends > 0 else asks.end()]
            found.append(" ".join(snippet.split())[:MAX_SNIPPET])
    return found


def refreshes(tree: LexborHTMLParser) -> list[str]:
    """Each meta element that sends every visitor to another host at once."""
    found = []
    for node in tree.css("meta[http-equiv]"):
        content = node.attributes.get("content") or ""
        delay, _, address = content.partition(";")
        address = address.strip().removeprefix("url=").removeprefix("URL=").strip("'\" ")
        is_refresh = (node.attributes.get("http-equiv") or "").lower() == "refresh"
        if is_refresh and delay.strip().isdigit() and int(delay) <= 10 and has_host(address):
            found.append(tag_of(node))
    return found


def has_host(address: str) -> bool:
    """Whether an address names a host."""
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False
