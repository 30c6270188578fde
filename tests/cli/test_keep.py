"""The option --keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.keep import keeping
from pipeline.errors import SettingsError
from pipeline.settings import Settings
from tests.cli.test_scan import unspun

PROSE = "The nurse checks the pulse and writes it down, and the doctor reads it in the morning. " * 5
PAGE = f"<html><body><article><h2>Signs</h2><p>{PROSE}</p><h2>Care</h2><p>{PROSE}</p></article></body></html>"


def test_kinds_are_read_with_or_without_spaces() -> None:
    """Without the option, what unspun.toml says stands; an empty one keeps nothing but the text."""
    assert keeping(Settings(), "title, byline").keep == ("title", "byline")
    assert keeping(Settings(keep=("byline",)), None).keep == ("byline",)
    assert keeping(Settings(), "").keep == ()


def test_an_unknown_kind_is_named() -> None:
    """With those that there are."""
    with pytest.raises(SettingsError, match="no such kind 'footers'; known: title, headings, captions, byline"):
        keeping(Settings(), "headings,footers")


@pytest.mark.parametrize(("arguments", "kept"), [((), True), (("--keep", "captions"), False)])
def test_headings_are_body_only_where_they_are_kept(tmp_path: Path, arguments: tuple[str, ...], kept: bool) -> None:
    """What is not kept is removed, with its kind as the reason; no word is lost."""
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    made = json.loads(unspun("scan", page, "--format", "jsonl", "--exit-zero", *arguments).stdout)
    assert ("Care" in made["text"].split("\n\n")) == kept
    assert ({"text": "Care", "reason": "heading"} in made["removed"]) != kept
