"""Bytes → text: who is believed, and what is said."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Unreadable
from pipeline.ingest.encodings import known, to_text

ENGLISH = "<p>The patient’s “relief” — a naïve café, £5 and more words to read here.</p>\n"
POLISH = "Leczenie depresji i lęku może pomóc wielu osobom żyjącym z bólem.\n"
RUSSIAN = "Лечение депрессии и тревоги помогает многим людям.\n"
JAPANESE = "うつ病の治療は患者のために重要です。\n"


def meta(label: str) -> bytes:
    """A head that declares `label`."""
    return f'<html><head><meta charset="{label}"></head>'.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark_goes_before_everything(encoding: str) -> None:
    """A mark is believed against any declaration, and is not part of the text."""
    data = ("\ufeff" + ENGLISH).encode(encoding)
    assert to_text(data, "windows-1251") == (ENGLISH, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_told_by_its_zeros(encoding: str) -> None:
    """Latin text in UTF-16 is recognised, and that is said."""
    text, notes = to_text(ENGLISH.encode(encoding), None)
    assert text == ENGLISH
    assert encoding in notes[0]


def test_utf16_declared_outside_is_believed_for_what_is_no_utf8() -> None:
    """Text without zeros needs the header; ASCII under such a header is ASCII."""
    assert to_text((JAPANESE * 3).encode("utf-16-le"), "utf-16le")[0] == JAPANESE * 3
    assert to_text(b"<p>plain</p>", "utf-16")[0] == "<p>plain</p>"
    assert to_text(meta("utf-16") + b"caf\xe9", None)[0].endswith("café")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (ENGLISH, ["latin-1", "ISO-8859-1", "us-ascii", "windows-1252"]),
        (POLISH, ["cp1250", "iso-8859-2"]),
        (RUSSIAN, ["windows-1251", "koi8-r"]),
        (JAPANESE, ["Shift_JIS", "x-sjis", "euc-jp", "iso-2022-jp"]),
        ("抑郁症的治疗。", ["gb2312", "GBK", "gb18030"]),
        ("抑鬱症", ["big5"]),
        ("우울증", ["ks_c_5601-1987", "euc-kr"]),
    ],
)
def test_declarations_are_believed_where_the_bytes_allow(text: str, labels: list[str]) -> None:
    """Declared outside or in the page, in any of the names browsers know."""
    for label in labels:
        encoding = known(label)
        assert encoding
        data = text.encode(encoding)
        assert to_text(data, label) == (text, ())
        assert to_text(meta(label) + data, None)[0].endswith(text)


def test_valid_utf8_wins_over_a_wrong_declaration() -> None:
    """And it is said; for plain ASCII there is nothing to say."""
    text, notes = to_text(ENGLISH.encode(), "iso-8859-1")
    assert text == ENGLISH
    assert notes == ("declared as iso-8859-1, but it is valid UTF-8 and was read as that",)
    assert to_text(b"plain", "iso-8859-1") == ("plain", ())


def test_declaration_outside_goes_before_the_one_inside() -> None:
    """The HTTP header is believed before <meta>, as browsers do."""
    data = meta("windows-1252") + RUSSIAN.encode("cp1251")
    assert to_text(data, "windows-1251")[0].endswith(RUSSIAN)


def test_plain_text_cannot_declare_its_encoding() -> None:
    """A tag quoted in a text is not a declaration."""
    assert to_text(meta("koi8-r") + b"caf\xe9", None, may_declare=False)[0].endswith("café")


def test_windows_1252_under_a_utf8_label_is_read_and_said() -> None:
    """The commonest wrong declaration."""
    text, notes = to_text(meta("utf-8") + ENGLISH.encode("cp1252"), None)
    assert text.endswith(ENGLISH)
    assert notes == ("declared as utf-8, but it is not; read as cp1252",)


def test_one_bad_byte_does_not_make_utf8_something_else() -> None:
    """Mostly sound UTF-8 stays UTF-8; the bad byte is replaced and counted."""
    data = ENGLISH.encode() * 5
    text, notes = to_text(data + b"\xff", None)
    assert text == ENGLISH * 5 + "\ufffd"
    assert notes == ("byte sequences that are not valid utf-8, replaced: 1",)


def test_genuine_replacement_characters_are_not_counted() -> None:
    """What was lost before is not counted as lost here."""
    assert to_text("a\ufffdb".encode(), None) == ("a\ufffdb", ())
    assert to_text(("a\ufffdb" + ENGLISH * 5).encode() + b"\xff", None)[1][0].endswith("replaced: 1")


@pytest.mark.parametrize(
    ("text", "encoding"), [(ENGLISH, "cp1252"), (POLISH, "cp1250"), (RUSSIAN, "cp1251"), (JAPANESE, "shift_jis"),
     (JAPANESE, "euc_jp"), ("Le traitement de la dépression est très important, même pour les âgés.\n", "cp1252")],
)  # fmt: skip
def test_undeclared_encodings_are_detected(text: str, encoding: str) -> None:
    """A page's worth of text is enough, and what it was read as is said."""
    found, notes = to_text((text * 20).encode(encoding), None)
    assert found == text * 20
    assert notes[0].startswith("no encoding declared; read as ")


def test_a_few_accents_are_windows_1252() -> None:
    """On so few bytes a detector guesses Chinese."""
    assert to_text("It’s café time".encode("cp1252"), None)[0] == "It’s café time"


@pytest.mark.parametrize(
    "label", ["", "nonsense", "utf-7", "rot13", "base64", "idna", "unicode-escape", "a\0b", "é", "x" * 5_000]
)
def test_labels_that_no_page_is_in_are_not_believed(label: str) -> None:
    """Python knows codecs that hide or blow up text; none is used."""
    assert known(label) is None
    assert to_text(ENGLISH.encode(), label)[0] == ENGLISH


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(500), random.Random(2).randbytes(5_000), b"\0" * 1_000,
     b"\x7fELF\2\1\1" + b"\0" * 100],
)  # fmt: skip
def test_binary_data_are_refused(data: bytes) -> None:
    """An image or a program under the name of a page."""
    with pytest.raises(Unreadable) as error:
        to_text(data, None)
    assert error.value.code == "binary"


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_same_text_in_every_encoding(text: str) -> None:
    """However a page is encoded and says so, its text is the same."""
    text = "Some English words first. " + text
    for encoding, declared in (("utf-8", None), ("utf-8", "utf-8"), ("cp1252", "latin-1")):
        data = text.encode(encoding)
        if encoding == "utf-8" or not is_valid_utf8(data):
            assert to_text(data, declared)[0] == text
    for encoding, mark in (
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-8", codecs.BOM_UTF8),
    ):
        assert to_text(mark + text.encode(encoding), "windows-1252")[0] == text


def is_valid_utf8(data: bytes) -> bool:
    """Whether windows-1252 bytes happen to be UTF-8 with something above ASCII."""
    try:
        return not data.decode().isascii()
    except UnicodeDecodeError:
        return False
