"""Styles that hide are told from styles that do not."""

from __future__ import annotations

import pytest

from pipeline.clean.visibility import concealed_names, conceals, faint_names


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("display: none", True),
        ("DISPLAY:NONE !important", True),
        ("font-size:0", True),
        ("font-size: 0px;", True),
        ("font-size: 0.9em", False),
        ("font-size:10px", False),
        ("text-indent:-9999px", True),
        ("margin-left:-20px", False),
        ("position:absolute;top:-400px", True),
        ("margin-top:-120px;padding-top:120px", False),
        ("margin-right:-336px;width:336px;float:left", False),
        ("--margin-top: -145px", False),
        ("margin-top:-9999px", True),
        ("opacity:0", True),
        ("opacity:0.8", False),
        ("opacity:0;transform:translateY(20px)", False),
        ("color:red", False),
    ],
)
def test_inline_style(style: str, expected: bool) -> None:
    """Concealed for good, not small, faint, or about to fade in."""
    assert conceals(style) is expected


def test_style_sheet() -> None:
    """Simple selectors of unconditional rules; nothing from @media, from combinators, or from comments."""
    sheet = """/* .a{display:none} */ .b, p.c , #d { color: red; display:none } .e .f{display:none}
    @media print { .g{display:none} } .h{display:block} .i{visibility:hidden}"""
    assert concealed_names([sheet]) == {".b", ".c", "#d", ".i"}


def test_a_margin_that_overlaps_does_not_fade() -> None:
    """Sections are pulled over one another by hundreds of pixels; thousands take them off the page."""
    sheet = ".a{margin-top:-120px} .b{top:-400px} .c{margin-top:-9999px}"
    assert faint_names([sheet], "#ffffff") == {".b", ".c"}


@pytest.mark.parametrize("pump", ["/*", "@a{", "{", "}", "x{display:none}", "display:none", "@m{x{display:none"])
def test_pumped_sheets_cost_little(pump: str) -> None:
    """A megabyte of pumped CSS is no more than a scan (the test times out otherwise)."""
    concealed_names([pump * (1_000_000 // len(pump))])
