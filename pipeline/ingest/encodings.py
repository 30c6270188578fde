"""Bytes → text. In this order: byte order mark, UTF-16 by its zeros, valid UTF-8, what is declared, detection.

Valid UTF-8 is looked at before the declaration because text in another encoding that happens to be valid UTF-8
is all but impossible, and wrong declarations are common. Labels mean what browsers take them to mean (WHATWG
Encoding Standard): "latin-1" is windows-1252.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipeline.errors import Unreadable

WHATWG = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
}
"""Python's name of a declared encoding → the one browsers use (encoding.spec.whatwg.org, table of labels)."""
SPELLINGS = {"x-sjis": "cp932", "windows-31j": "cp932", "ks_c_5601-1987": "cp949", "x-gbk": "gb18030"}
NO_PAGES = frozenset({"utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""Text encodings of Python that no page is in, and that hide or blow up text."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
META_BYTES = 2_048
WIDE = ("utf-16", "utf-32")
ESCAPED = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
"""Encodings that write everything in ASCII bytes, so that they look like UTF-8."""

SAMPLE_BYTES = 4_096
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
CONTROLS_ALLOWED = 8
CONTROL_SHARE = 0.02
"""More control bytes than both in a sample: not text. Compressed and machine-code data have about 10 %."""

DETECTION_BYTES = 16_384
CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "iso8859_2", "cp932", "euc_jp",
    "gb18030", "big5", "cp949", "cp874",
]  # fmt: skip
WESTERN_SHARE = 0.04
"""Share of bytes above 127 in undeclared text up to which it is taken for windows-1252: English with typographic
quotes has 1–2 %, and on so few bytes detectors guess Chinese or Czech. Czech and Polish have 6–15 %."""

FEW_BYTES = 32
"""Bytes above 127 below which detection is a lottery. Alone and in pairs they are accents and quotes; in longer runs
damage, which is better shown than read as some Cyrillic."""
HIGH_RUN = re.compile(rb"[\x80-\xff]{3}")

SOUND_SHARE = 0.9
"""Share of sound characters above ASCII from which text that is not quite UTF-8 is still UTF-8."""

Notes = tuple[str, ...]


def to_text(data: bytes, declared: str | None, *, may_declare: bool = True) -> tuple[str, Notes]:
    """The text in `data`, and notes on what was found or replaced.

    `declared` is the encoding named outside the page; `may_declare` lets a <meta> inside it speak where there is
    none. Raises Unreadable for binary data.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return decoded(data[len(bom) :], encoding)
    if wide := wide_encoding(data[:SAMPLE_BYTES]):
        text, notes = decoded(data, wide)
        return text, (f"{wide} without a byte order mark, told by its zeros", *notes)
    if declared and (outside := known(declared)) and outside.startswith(WIDE) and not is_utf8(data):
        return decoded(data, outside)
    refuse_binary(data[:SAMPLE_BYTES])
    label = declared or (meta_charset(data) if may_declare else None)
    return by_declaration(data, label)


def by_declaration(data: bytes, label: str | None) -> tuple[str, Notes]:
    """The text in `data`, for which `label` is declared; the declaration holds where the bytes allow it."""
    encoding = known(label) if label else None
    if encoding and encoding.startswith(WIDE):
        encoding = "utf-8"  # who can read the label in ASCII is not reading UTF-16 (WHATWG, prescan)
    notes: Notes = (f"unknown encoding {label[:40]!r} was declared",) if label and not encoding else ()
    if encoding in ESCAPED and (b"\x1b" in data or b"~{" in data):
        return decoded(data, encoding)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        if encoding not in (None, "utf-8") and not text.isascii():
            notes += (f"declared as {label}, but it is valid UTF-8 and was read as that",)
        return text, notes
    if encoding not in (None, "utf-8"):
        try:
            return data.decode(encoding), notes
        except UnicodeDecodeError:
            pass
    text, more = by_detection(data, encoding)
    return text, notes + more


def by_detection(data: bytes, declared: str | None) -> tuple[str, Notes]:
    """The text in `data`, which is neither sound UTF-8 nor sound in the encoding declared."""
    as_utf8 = data.decode("utf-8", "replace")
    bad = as_utf8.count("\ufffd")
    above = len(as_utf8) - len(as_utf8.encode("ascii", "ignore"))
    if bad <= (1 - SOUND_SHARE) * above:
        return decoded(data, "utf-8")
    if declared not in (None, "utf-8"):
        return decoded(data, declared)
    encoding = detected(data)
    text, notes = decoded(data, encoding)
    said = f"declared as {declared}, but it is not; " if declared else "no encoding declared; "
    return text, (f"{said}read as {encoding}", *notes)


def detected(data: bytes) -> str:
    """The likeliest encoding of `data`, from its first stretch of bytes above 127."""
    first = next(re.finditer(rb"[\x80-\xff]", data)).start()
    sample = data[max(0, first - 200) : first + DETECTION_BYTES]
    above = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if above <= WESTERN_SHARE * len(sample) or (above < FEW_BYTES and not HIGH_RUN.search(sample)):
        return "cp1252"
    if above < FEW_BYTES:
        return "utf-8"
    found = from_bytes(sample, steps=5, chunk_size=512, cp_isolation=CANDIDATES, preemptive_behaviour=False)
    best = found.best()
    western = any(match.encoding == "cp1252" and match.chaos <= best.chaos for match in found) if best else True
    return "cp1252" if western or not best else best.encoding


def decoded(data: bytes, encoding: str) -> tuple[str, Notes]:
    """`data` in `encoding`; bytes that do not belong there are replaced by U+FFFD, counted and said."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    count = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0)
    return text, (f"byte sequences that are not valid {encoding}, replaced: {count:,}",)


def is_utf8(data: bytes) -> bool:
    """Whether `data` is valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def known(label: str) -> str | None:
    """Python's name for a declared encoding as browsers understand it; None for one that no page is in."""
    label = label.strip().lower()
    try:
        codec = codecs.lookup(SPELLINGS.get(label, label))
    except (LookupError, ValueError, UnicodeError):
        return None
    if not getattr(codec, "_is_text_encoding", True) or codec.name in NO_PAGES:
        return None
    return WHATWG.get(codec.name, codec.name)


def meta_charset(data: bytes) -> str | None:
    """The encoding that the page's head declares."""
    match = META_CHARSET.search(data, 0, META_BYTES)
    return match[1].decode("ascii") if match else None


def wide_encoding(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 of mostly Latin text, told by where its zeros are."""
    if len(sample) < 4 or b"\0" not in sample:
        return None
    zeros = [sample[offset::4].count(0) / max(1, len(sample[offset::4])) for offset in range(4)]
    low = [share < 0.05 for share in zeros]
    high = [share > 0.5 for share in zeros]
    if low[0] and all(high[1:]):
        return "utf-32-le"
    if low[3] and all(high[:3]):
        return "utf-32-be"
    if low[0] and low[2] and high[1] and high[3]:
        return "utf-16-le"
    if low[1] and low[3] and high[0] and high[2]:
        return "utf-16-be"
    return None


def refuse_binary(sample: bytes) -> None:
    """Raise Unreadable when `sample`, the first bytes of a page, is no text."""
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    if controls > max(CONTROLS_ALLOWED, CONTROL_SHARE * len(sample)):
        raise Unreadable("this is binary data, not a page", "binary")
