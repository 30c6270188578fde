"""Raw page → page: bytes become text, what was repaired on the way is said, what is no text is refused."""

from __future__ import annotations

import re
from hashlib import sha256

from pipeline.errors import Unreadable
from pipeline.ingest.encodings import to_text
from pipeline.ingest.mojibake import repaired
from pipeline.ingest.refusals import over
from pipeline.records import Page, PageKind, RawPage
from pipeline.settings import Limits

HTML_DOCUMENT = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
HTML_TAG = re.compile(r"</?(?:!doctype\s+html|html|head|body|div|p|title|article|h[1-6])(?:\s[^<>]*)?/?>", re.I)
SNIFFED_CHARS = 4_000


def decode(raw: RawPage, limits: Limits) -> Page:
    """The page in `raw`, as text with ``\\n`` line ends.

    Raises Unreadable for what is binary, empty or carries a failure already, LimitExceeded for too many bytes,
    and nothing else.
    """
    if raw.failure:
        raise Unreadable(raw.failure.message, raw.failure.code)
    if len(raw.data) > limits.page_bytes:
        raise over("page_bytes", "the page", limits.page_bytes)
    text, decoding_notes = to_text(raw.data, raw.encoding, may_declare=raw.kind != "text")
    text, repair_notes = cleaned(text, may_have_nul=b"\0" in raw.data)
    if not text or text.isspace():
        raise Unreadable("the page is empty", "empty")
    kind, kind_notes = kind_of(raw.kind, text)
    return Page(
        id=sha256(raw.data).hexdigest(),
        source=raw.source,
        kind=kind,
        content=text,
        url=raw.url,
        title=raw.title,
        notes=raw.notes + decoding_notes + repair_notes + kind_notes,
    )


def cleaned(text: str, *, may_have_nul: bool) -> tuple[str, tuple[str, ...]]:
    """`text` without NULs and mojibake and with ``\\n`` line ends, and what was done."""
    notes: list[str] = []
    if may_have_nul and "\0" in text:  # asked of the bytes first: the search is slow in a string of wide characters
        notes.append(f"NUL characters removed: {text.count(chr(0)):,}")
        text = text.replace("\0", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, lines = repaired(text)
    if lines:
        notes.append(f"mojibake was repaired; lines changed: {lines:,}")
    return text, tuple(notes)


def kind_of(said: PageKind | None, text: str) -> tuple[PageKind, tuple[str, ...]]:
    """HTML or text: as said, unless nothing was said or a "text" is a whole HTML document."""
    if said is None:
        is_html = HTML_DOCUMENT.match(text) or HTML_TAG.search(text, 0, SNIFFED_CHARS)
        return ("html" if is_html else "text"), ()
    if said == "text" and HTML_DOCUMENT.match(text):
        return "html", ("given as text, but it is an HTML document; read as HTML",)
    return said, ()
