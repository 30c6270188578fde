"""Text from strangers, made safe to show: what it must not do to a terminal, a line or a file."""

from __future__ import annotations

import re

import msgspec

from pipeline.records import Assessment

# C0 without tab and newline, DEL, C1: terminal control. Bidi marks, embeddings, overrides and isolates: they
# show text in another order than it has ("Trojan Source", CVE-2021-42574). U+2028/9: line ends to some readers only.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """`text` without control characters and bidi controls; lone surrogates become U+FFFD."""
    return _SURROGATE.sub(REPLACEMENT, _UNPRINTABLE.sub("", text))


def one_line(text: str) -> str:
    """`text` printable and on one line, runs of white space folded to one space."""
    return " ".join(printable(text).split())


def shorten(text: str, width: int) -> str:
    """`text` on one line of at most `width` characters, cut at a word where there is one."""
    line = one_line(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    head, _, _ = line[:width].rpartition(" ")
    return (head if len(head) > width // 2 else cut).rstrip() + "…"


def well_formed(assessment: Assessment) -> Assessment:
    """`assessment` itself, or, where a string in it has lone surrogates (a file name that is not UTF-8), a copy
    with U+FFFD in their place: one character for one, so that spans still hold."""
    try:
        msgspec.json.encode(assessment)
    except UnicodeEncodeError:
        return msgspec.convert(_without_surrogates(msgspec.to_builtins(assessment)), Assessment)
    return assessment


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return _SURROGATE.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
