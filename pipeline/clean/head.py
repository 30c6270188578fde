"""What an HTML page says about itself: title, author, date, site, canonical address, description, language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from pipeline.records import Metadata

MAX_JSON_LD = 300_000
MAX_FIELD = 500
SEPARATOR = re.compile(r"\s+[|–—·•»«:]{1,2}\s+|\s+-{1,2}\s+|\s*\|\s*")
ARTICLE_TYPES = ("Article", "Posting", "Page", "Report")
OG_TYPES = ("article", "product", "website", "profile", "video", "book")
LD_TYPES = (
    ("Article", "Posting", "Report"), ("Product", "Offer"), ("ItemList", "CollectionPage", "SearchResults"),
    ("DiscussionForum", "QAPage", "Comment"), ("Organization", "LocalBusiness", "Service"), ("FAQPage",), ("Recipe",),
)  # fmt: skip
PAGE_KIND = [
    "og_type", "ld_article", "ld_product", "ld_list", "ld_forum", "ld_service", "ld_faq", "ld_recipe", "path_depth",
    "path_words", "path_digits", "h1s", "headings", "dated",
]  # fmt: skip
DATE = re.compile(r"\d{4}-\d\d-\d\d")
BY = re.compile(r"^(?:(?:posted|written|reviewed)\s+)?by:?\s+", re.IGNORECASE)
WORD = re.compile(r"\w+")


@dataclass
class Facts:
    """Strings found in one page, by where they were found."""

    meta: dict[str, str] = field(default_factory=dict)
    json_ld: dict[str, str] = field(default_factory=dict)
    page_title: str = ""
    h1: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    byline: str = ""
    time: str = ""
    canonical: str = ""
    lang: str = ""
    types: set[str] = field(default_factory=set)
    """JSON-LD types of the page."""


def gather(tree: LexborHTMLParser) -> Facts:
    """All that title and metadata are made of, read from the tree."""
    facts = Facts()
    for node in tree.css("meta"):
        attributes = node.attributes
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name and attributes.get("content"):
            facts.meta.setdefault(name, folded(attributes["content"]))
    for node in tree.css('script[type="application/ld+json"]'):
        read_json_ld(node.text() or "", facts)
    title = tree.css_first("title")
    facts.page_title = folded(title.text()) if title else ""
    facts.headings = [text for node in tree.css("h1, h2, h3")[:60] if (text := folded(node.text()))]
    facts.h1 = [text for node in tree.css("h1")[:10] if (text := folded(node.text()))]
    byline = tree.css_first('[rel="author"], [itemprop="author"], .author-name, .byline, .author')
    facts.byline = folded(byline.text()) if byline else ""
    time = tree.css_first("time[datetime]")
    facts.time = folded(time.attributes.get("datetime")) if time else ""
    canonical = tree.css_first('link[rel="canonical"]')
    facts.canonical = folded(canonical.attributes.get("href")) if canonical else ""
    html = tree.css_first("html")
    facts.lang = folded(html.attributes.get("lang")) if html else ""
    return facts


def folded(text: str | None) -> str:
    """White space folded, cut at MAX_FIELD characters."""
    return " ".join((text or "")[: 4 * MAX_FIELD].split())[:MAX_FIELD]


def read_json_ld(source: str, facts: Facts) -> None:
    """Types, and headline, author, date and publisher of the first article; a broken block says nothing."""
    into = facts.json_ld
    if len(source) > MAX_JSON_LD:
        return
    try:
        data: Any = msgspec.json.decode(source.encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return
    queue: list[Any] = data[:50] if isinstance(data, list) else [data]
    for item in queue:  # grows by the items of a @graph
        if not isinstance(item, dict) or len(queue) > 200:
            continue
        if isinstance(item.get("@graph"), list):
            queue += item["@graph"][:50]
        stated = str(item.get("@type", ""))[:200]
        facts.types.add(stated)
        if not any(kind in stated for kind in ARTICLE_TYPES):
            continue
        for key in ("headline", "datePublished", "dateModified", "description", "keywords"):
            value = item.get(key)
            if key == "keywords" and isinstance(value, list):
                value = ", ".join(filter(None, map(name_of, value[:50])))
            if isinstance(value, str):
                into.setdefault(key, folded(value))
        for key in ("author", "publisher"):
            if name := name_of(item.get(key)):
                into.setdefault(key, name)


def name_of(value: Any) -> str:
    """The name in a JSON-LD author or publisher, which is a string, an object, or a list of either."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(name_of, value[:5])))
    if isinstance(value, dict):
        value = value.get("name")
    return folded(value) if isinstance(value, str) else ""


def kind_of(facts: Facts) -> tuple[float, ...]:
    """What the page says of its own kind: one number for each of PAGE_KIND."""
    og_type = facts.meta.get("og:type", "").lower()
    types = " ".join(facts.types)
    try:
        path = urlsplit(facts.canonical or facts.meta.get("og:url", "")).path.strip("/")
    except ValueError:
        path = ""
    slug = path.rpartition("/")[2]
    return (
        float(next((at for at, start in enumerate(OG_TYPES, start=1) if og_type.startswith(start)), 0)),
        *(float(any(name in types for name in names)) for names in LD_TYPES),
        float(min(path.count("/") + bool(path), 6)),
        float(min(slug.count("-") + slug.count("_"), 12)),
        float(any(char.isdigit() for char in path)),
        float(min(len(facts.h1), 10)),
        float(min(len(facts.headings), 60)),
        float("article:published_time" in facts.meta or "datePublished" in facts.json_ld),
    )


def title_of(facts: Facts) -> tuple[str | None, str]:
    """The article's headline and its source: an <h1> that the page's other titles agree with, else the best of those.

    Order after that: JSON-LD headline, og:title, <title>, the only <h1>. The site's name is cut off.
    """
    site = facts.meta.get("og:site_name") or facts.json_ld.get("publisher") or ""
    stated = {
        "json-ld": facts.json_ld.get("headline", ""),
        "og:title": facts.meta.get("og:title", ""),
        "title": facts.page_title,
    }
    claimed = {
        source: cut for source, title in stated.items() if title and (cut := without_site(title, site, facts.headings))
    }
    for h1 in facts.h1:
        if key(h1) != key(site) and any(agree(h1, title) for title in claimed.values()):
            return h1, "h1"
    for source, title in claimed.items():
        return title, source
    return (facts.h1[0], "h1") if facts.h1 else (None, "")


def without_site(title: str, site: str, headings: list[str]) -> str:
    """`title` without the site's name: the part between separators that is a heading of the page, if one is."""
    parts = [part for part in SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    keys = {key(title), *map(key, parts)} - {key(site)}
    named = [heading for heading in headings if key(heading) in keys]
    if named and len(longest := max(named, key=len)) >= max(map(len, parts)):
        return longest
    if site and key(parts[-1]) == key(site):
        return cut_after(title, parts[-1])
    if site and key(parts[0]) == key(site):
        return title[title.index(parts[0]) + len(parts[0]) :].lstrip(" |–—·•»«:-")
    last = parts[-1].split()
    return cut_after(title, parts[-1]) if len(last) <= 4 and len(parts[0].split()) > len(last) else title


def cut_after(title: str, part: str) -> str:
    """`title` up to its last `part` and the separator before it."""
    return title[: title.rindex(part)].rstrip(" |–—·•»«:-")


def key(text: str) -> str:
    """`text` as it is compared: letters and digits, lower case."""
    return " ".join(WORD.findall(text.lower()))


def agree(one: str, other: str) -> bool:
    """Whether two titles are the same but for a few words."""
    first, second = set(key(one).split()), set(key(other).split())
    return bool(first) and len(first & second) >= 0.6 * max(len(first), len(second))


def metadata_of(facts: Facts, url: str | None) -> Metadata:
    """The page's metadata, each field with its source; null where the page says nothing."""
    meta, json_ld = facts.meta, facts.json_ld
    found: dict[str, str] = {}
    sources: dict[str, str] = {}
    for name, said in {
        "author": {
            "json-ld": json_ld.get("author"), "meta author": meta.get("author"),
            "article:author": meta.get("article:author"), "byline": BY.sub("", facts.byline),
        },
        "date": {
            "json-ld": json_ld.get("datePublished"), "article:published_time": meta.get("article:published_time"),
            "meta date": meta.get("date"), "time": facts.time,
        },
        "modified": {
            "json-ld": json_ld.get("dateModified"), "article:modified_time": meta.get("article:modified_time"),
        },
        "site": {
            "og:site_name": meta.get("og:site_name"), "json-ld": json_ld.get("publisher"),
            "address": host_of(facts.canonical or url or ""),
        },
        "canonical": {"link canonical": facts.canonical, "og:url": meta.get("og:url")},
        "description": {
            "meta description": meta.get("description"), "og:description": meta.get("og:description"),
            "json-ld": json_ld.get("description"),
        },
    }.items():  # fmt: skip
        for source, value in said.items():
            if value and (name != "author" or is_name(value)):
                found[name], sources[name] = value, source
                break
    for name in ("date", "modified"):
        if name in found and (day := DATE.match(found[name])):
            found[name] = day[0]
    return Metadata(**found, sources=sources)


def is_name(author: str) -> bool:
    """Whether an author field could be one: addresses of profiles are not."""
    return len(author) <= 120 and not author.startswith("http")


def host_of(url: str) -> str:
    """The host of an address, without ``www.``; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
