"""Where a link leads: its host, its registered domain by the public suffix list, and what its address gives away."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache, lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from publicsuffixlist import PublicSuffixList

from pipeline.detect.matchers import word_set

LONGEST = 2_000
"""Characters of an address looked at."""
WEB = ("http", "https", "")
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.\w{2,}", re.IGNORECASE)
LOOKS_ENCODED = re.compile(r"[A-Za-z0-9_-]{16,}={0,2}$")
AMAZON_TAG = re.compile(r"[\w-]+-2[0-2]$")
GO_PATH = re.compile(r"^/(?:go|out|recommends?|refer|visit|aff|get|deal|shop-now|redirect)/[\w-]+/?$", re.IGNORECASE)
"""Paths under which affiliate plug-ins of blogs hide where a link leads."""


@cache
def suffixes() -> PublicSuffixList:
    """The public suffix list that comes with its package; nothing is fetched."""
    return PublicSuffixList(only_icann=True)


@lru_cache(maxsize=8192)
def domain_of_host(host: str) -> str:
    """The registered domain of a host (``www.foo.co.uk`` → ``foo.co.uk``); the host itself where it has none."""
    return suffixes().privatesuffix(host) or host


def split(href: str) -> SplitResult | None:
    """The parts of a web address, None for a relative one, another scheme, or one that cannot be read."""
    try:
        parts = urlsplit(href[:LONGEST].strip())
        host = parts.hostname
    except ValueError:
        return None
    return parts if host and parts.scheme in WEB else None


@lru_cache(maxsize=8192)
def domain_of(href: str) -> str:
    """The registered domain that an address leads to; empty for a relative address and for other schemes."""
    parts = split(href)
    return domain_of_host((parts.hostname or "").rstrip(".").lower()) if parts else ""


@lru_cache(maxsize=8192)
def is_trusted(href: str) -> bool:
    """Whether an address is a public body's, a university's or a scholarly publisher's."""
    return ends_in(href, "link-trusted")


@lru_cache(maxsize=8192)
def is_platform(href: str) -> bool:
    """Whether an address is one of the platforms that every page links to."""
    return ends_in(href, "link-platforms")


def ends_in(href: str, names: str) -> bool:
    """Whether the host of an address is in a word set of hosts and ``.suffix`` entries, or below one of them."""
    parts = split(href)
    host = (parts.hostname or "").lower() if parts else ""
    labels = host.split(".")
    listed = word_set(names)
    return any((tail := ".".join(labels[at:])) in listed or "." + tail in listed for at in range(len(labels)))


@lru_cache(maxsize=4096)
def passed_on(href: str) -> str:
    """An address hidden in the query of another (plain, percent-encoded or base64); empty where there is none."""
    parts = split(href)
    if not parts or not parts.query:
        return ""
    for _, value in parse_qsl(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else ():
        for written in (unquote(value), decoded(value)):
            if ADDRESS.match(written):
                return written
    return ""


def decoded(value: str) -> str:
    """What a value says in base64; empty where it says nothing."""
    if not LOOKS_ENCODED.match(value):
        return ""
    try:
        return base64.urlsafe_b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return ""


@lru_cache(maxsize=8192)
def affiliate_mark(href: str) -> str:
    """What in an address pays whoever sent the visitor: a parameter, a shop's tag, a network's host; or nothing."""
    parts = split(href)
    if not parts:
        return ""
    domain = domain_of(href)
    if domain in word_set("affiliate-networks"):
        return domain
    for name, value in parse_qsl(parts.query, max_num_fields=50) if 0 < parts.query.count("=") <= 50 else ():
        if name.lower() in word_set("affiliate-parameters") or (name == "tag" and AMAZON_TAG.match(value)):
            return f"{name}={value}"[:60]
    return ""


def is_go_path(href: str) -> bool:
    """Whether an address is a page that only sends the visitor on (``/go/product``)."""
    try:
        return bool(GO_PATH.match(urlsplit(href[:LONGEST]).path))
    except ValueError:
        return False
