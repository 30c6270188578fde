"""Styles that hide are told from styles that do not."""

from __future__ import annotations

import pytest

from pipeline.clean.visibility import concealed_names, conceals


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


@pytest.mark.parametrize("pump", ["/*", "@a{", "{", "}", "x{display:none}", "display:none", "@m{x{display:none"])
def test_pumped_sheets_cost_little(pump: str) -> None:
    """A megabyte of pumped CSS is no more than a scan (the test times out otherwise)."""
    concealed_names([pump * (1_000_000 // len(pump))])
