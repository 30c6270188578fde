"""What a page's source says to machines: keyword lists, and scripts or elements that send visitors elsewhere."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from pipeline.clean import scripts
from pipeline.clean.head import Facts, host_of
from pipeline.clean.tags import tag_of
from pipeline.records import Markup


def of(tree: LexborHTMLParser, facts: Facts) -> Markup:
    """The markup record of a parsed page."""
    keywords = (facts.meta.get("keywords", ""), facts.meta.get("news_keywords", ""), facts.json_ld.get("keywords", ""))
    referrer = tree.css_first('meta[name="referrer"][content="no-referrer"]')
    own = host_of(facts.canonical)
    return Markup(
        keywords=tuple(filter(None, keywords)),
        redirects=(*script_redirects(tree, own), *refreshes(tree, own)),
        conceals_referrer=tag_of(referrer) if referrer else "",
    )


def script_redirects(tree: LexborHTMLParser, own: str) -> list[str]:
    """The condition of each inline script that asks who is visiting and goes to another host than `own`."""
    return [snippet for snippet, address in scripts.redirects(tree) if host_of(address) != own]


def refreshes(tree: LexborHTMLParser, own: str) -> list[str]:
    """Each meta element that soon sends every visitor to another host than `own`."""
    found = []
    for node in tree.css("meta[http-equiv]"):
        content = node.attributes.get("content") or ""
        delay, _, address = content.partition(";")
        address = address.strip().removeprefix("url=").removeprefix("URL=").strip("'\" ")
        is_refresh = (node.attributes.get("http-equiv") or "").lower() == "refresh"
        if is_refresh and delay.strip().isdigit() and int(delay) <= 10 and host_of(address) not in ("", own):
            found.append(tag_of(node))
    return found
