"""A parsed page as opening tags, closing tags and the text after each, and what an opening tag says.

The parser writes its tree out again, well formed, and that is cut at each ``<``, in a quarter of the time of going from
node to node. In what the parser writes every element but the void ones is closed, ``<`` and ``>`` stand in no
attribute, and nothing is left that no reader sees (scripts, styles, drawings).
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import repeat
from operator import contains

import msgspec
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.elements import INLINE, UNSEEN
from pipeline.clean.places import FLAGS, KIND_OF, ROLE_OF, ZONE_OF
from pipeline.clean.vocabulary import BIT, for_screen_readers, groups_of
from pipeline.records import BlockKind, Zone

TOKEN = re.compile(r"<([^>]*>[^<]*)")
COMMENT = re.compile(r"<!--(?:[^-]++|-(?!->))*+-->")
RAW_TEXT = re.compile(r"<!--.*?-->|<(xmp|plaintext)[^>]*>(.*?)</\1>", re.DOTALL)
ATTRIBUTE = re.compile(r' ([^=>]+)="([^"]*)"')
TELLING = re.compile(r' (class|id|role|style|hidden|aria-hidden|color)="([^"]*)"')
"""The attributes that are read of every element; of links all are, of images one."""
ALT = re.compile(r' (alt)="([^"]*)"')
CONCEALING = ("noscript", "dialog")
VOID = frozenset(
    [
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
BARE = frozenset(["hidden", "inert", "open", "disabled", "checked", "download", "itemscope"])
"""Attributes that stand without a value."""
NOTHING: dict[str, str] = {}
READER_BITS = BIT["reader"] | BIT["nav"]
LONGEST_TAG = 300
STRIPPED = sorted(UNSEEN - {"head"})


class Element(msgspec.Struct, eq=False, gc=False):
    """What an element is, by its name, class, id and role; `key` is all but the role, `flags` are those of `places`.

    `closing` is the inside of its closing tag; what is in an element that `conceals` is not seen.
    """

    name: str
    key: str
    void: bool
    inline: bool
    kind: BlockKind | None
    zone: Zone | None
    words: int
    flags: int
    unread: bool
    closing: str
    conceals: bool


Opening = tuple[Element, dict[str, str]]
"""An opening tag: its element and its attributes (the telling ones; all of a link)."""
ELEMENTS: dict[tuple[str, str, str], Element] = {}
"""Elements seen before, by name, class and id, and role: pages of one site have most of theirs in common."""
MAX_ELEMENTS = 10_000


def tokens(tree: LexborHTMLParser) -> list[str]:
    """The tags of the body in order, as ``inside of the tag>text after it``. Takes what is unseen off the tree."""
    tree.strip_tags(STRIPPED)
    root = tree.body or tree.root
    written = (root.html or "") if root is not None else ""
    if "<xmp" in written or "<plaintext" in written:
        written = RAW_TEXT.sub(as_text, written)
    elif "<!--" in written:
        written = COMMENT.sub("", written)
    found = written.split("<")
    del found[:1]
    if written.count(">") == len(found) and all(map(contains, found, repeat(">"))):
        return found
    return TOKEN.findall(written)  # a name with < in it: the tag ends where the next > is


def as_text(match: re.Match[str]) -> str:
    """A comment as nothing, an element whose text is not markup as preformatted text."""
    return f"<pre>{html.escape(match[2], quote=False)}</pre>" if match[1] else ""


def unescaped(text: str) -> str:
    """Text as it was parsed: the parser writes four characters as references."""
    return text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def opening_of(raw: str) -> Opening:
    """What the inside of an opening tag says."""
    name, _, rest = raw.partition(" ")
    found, names, role = NOTHING, "", ""
    if name == "img":
        found = attributes_of(raw, ALT)
    elif rest and name not in VOID:
        found = attributes_of(raw, ATTRIBUTE if name == "a" else TELLING)
        if found:
            names, role = names_of(found), found.get("role", "")
    return ELEMENTS.get((name, names, role)) or element_of(name, names, role), found


def names_of(attributes: dict[str, str]) -> str:
    """The words of class and id, as written."""
    words, identity = attributes.get("class", ""), attributes.get("id", "")
    return f"{words} {identity}" if words and identity else words or identity


def element_of(name: str, names: str, role: str) -> Element:
    """What an element is, with `names` its class and id; from then on in `ELEMENTS`."""
    inline = name in INLINE or name == "br"
    bits, zone = groups_of(names) if names else (0, None)
    zone = None if inline else ZONE_OF.get(name) or ROLE_OF.get(role) or zone
    unread = bits & READER_BITS != 0 and for_screen_readers(names)
    key = f"{name} {names}" if names else name
    found = Element(
        name, key, name in VOID, inline, KIND_OF.get(name), zone, bits, FLAGS.get(name, 0), unread, "/" + name,
        not inline and name in CONCEALING,
    )  # fmt: skip
    if len(names) <= LONGEST_TAG:
        if len(ELEMENTS) >= MAX_ELEMENTS:
            ELEMENTS.clear()
        ELEMENTS[name, names, role] = found
    return found


def attributes_of(raw: str, wanted: re.Pattern[str] = ATTRIBUTE) -> dict[str, str]:
    """The attributes of an opening tag; an attribute without a value has an empty one."""
    found = dict(wanted.findall(raw))
    if "&" in raw:
        return {name: unescaped(value).replace("&quot;", '"') for name, value in found.items()}
    return found


@lru_cache(maxsize=1024)
def written_out(raw: str) -> str:
    """An opening tag as an editor may read it, from what stands inside of it."""
    if " " not in raw:
        return f"<{raw}>"
    name = raw.partition(" ")[0]
    return f"<{name}{''.join(attribute(key, value) for key, value in attributes_of(raw).items())}>"[:LONGEST_TAG]


def attribute(name: str, value: str) -> str:
    """One attribute, with the space before it."""
    return f" {name}" if name in BARE and not value else f' {name}="{value}"'
