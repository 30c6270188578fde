"""Mojibake is undone, and nothing else is touched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.mojibake import SEGMENT_CHARS, repaired

TYPOGRAPHY = "“Curly” ‘quotes’, ﬁ ligatures, ＦＵＬＬ width, non-breaking\xa0space, e\u0301, …, &amp;, &lt;"


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("patientâ€™s relief", "patient’s relief"),
        ("fiancÃ©e", "fiancée"),
        ("Â£5 Â© 2010", "£5 © 2010"),
        ("ÃƒÂ©", "é"),
        ("donâ\x80\x99t", "don’t"),
        ("don\x92t", "don’t"),
    ],
)
def test_mojibake_is_undone(bad: str, good: str) -> None:
    """UTF-8 read as windows-1252, once or twice, and control characters that were quotes."""
    assert repaired(f"fine\n{bad}\nfine") == (f"fine\n{good}\nfine", 1)


@pytest.mark.parametrize(
    "text", ["SÃO PAULO", "naïve Â", "âge, château", "Ångström, Ñandú, Ð", "IL Y MARQUÉ…", TYPOGRAPHY]
)
def test_sound_text_is_untouched(text: str) -> None:
    """Letters that mojibake is made of have honest uses; typography stays as on the page."""
    assert repaired(text) == (text, 0)


def test_typography_survives_beside_mojibake() -> None:
    """Repairing a line repairs its encoding only."""
    assert repaired(f"{TYPOGRAPHY} cafÃ©")[0] == f"{TYPOGRAPHY} café"


@given(st.text(st.characters(max_codepoint=0x2FF, exclude_characters="\x85\x1c\x1d\x1e\u2028")))
def test_lines_keep_their_place(text: str) -> None:
    """Repair never adds or drops a line."""
    assert repaired(text)[0].count("\n") == text.count("\n")


@pytest.mark.parametrize("pattern", ["Ã©", "Ã", "â€", "Ãâ€™ ", "Â\x80", "Ã\x83"])
def test_floods_are_repaired_in_linear_time(pattern: str) -> None:
    """Half a megabyte of nothing but telltales, on one line, stays within a second or two."""
    began = time.process_time()
    repaired(pattern * (500_000 // len(pattern)))
    assert time.process_time() - began < 5


def test_long_lines_are_repaired_in_pieces() -> None:
    """A minified page is one line; its mojibake is repaired wherever it is."""
    text = "cafÃ© " + "x" * SEGMENT_CHARS * 3 + " cafÃ©"
    assert repaired(text)[0].count("café") == 2
