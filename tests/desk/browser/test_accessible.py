"""Every page under axe, light and dark, wide and narrow; nothing wider than the window, not even at 200 % zoom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk.assessments import put
from tests.desk.browser.conftest import Seat, Sit
from tests.desk.conftest import Desk

pytestmark = pytest.mark.slow
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
ALL = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""All that can differ between light and dark."""


def violations(seat: Seat, rules: dict[str, Any]) -> list[str]:
    """What axe finds on the page that is open, in words."""
    seat.page.evaluate(AXE)
    found: dict[str, Any] = seat.page.evaluate("rules => axe.run(document, rules)", rules)
    return [
        f"{seat.page.url}: {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def widest(seat: Seat) -> str:
    """The page and its elements that reach past the window."""
    out = """() => [...document.querySelectorAll("body *")]
      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
      .map((e) => e.tagName + "." + e.className).slice(0, 8).join(" ")"""
    return f"{seat.page.url} {seat.page.evaluate(out)}"


def pages(item: int) -> tuple[str, ...]:
    """All pages of the desk."""
    return (
        "/", "/?q=nothing-like-this", "/?assignee=me", f"/items/{item}", f"/items/{item}?text=source",
        f"/items/{item}/compare", f"/items/{item}/letter", "/bulk", "/keys", f"/items/{item + 2}",
    )  # fmt: skip


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
        {"color_scheme": "dark", "viewport": {"width": 1360, "height": 900}, "reduced_motion": "reduce"},
        {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    ],
    ids=["light", "dark", "narrow"],
)
def test_axe_finds_nothing(desk: Desk, sit: Sit, look: dict[str, Any]) -> None:
    """No violation of WCAG 2.2 AA (contrast, names, roles) or of axe's own good practice, on any page."""
    if desk.is_postgresql:
        pytest.skip("the pages are the same on both databases")
    desk.person("cleo", "chief editor")
    first = put().item
    put("pages/rest.txt", title="Sleep", verdict="review", risk=0.5)
    put("pages/bad.txt", verdict=None, text="", blocks=(), evidence=(), claims=(), reasons=(), title=None)
    seat = sit(**look)
    seat.go("/login")
    rules = COLOURS if look["color_scheme"] == "dark" else ALL
    found = violations(seat, rules)
    seat.log_in("cleo")
    for path in pages(first.pk):
        seat.go(path)
        found += violations(seat, rules)
        if path == f"/items/{first.pk}":
            seat.press("e", "mark.now:focus")
            found += violations(seat, rules)
            seat.press("?", "dialog[open]")
            found += violations(seat, rules)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 680])
def test_nothing_is_wider_than_the_window(desk: Desk, sit: Sit, width: int) -> None:
    """320 pixels is 1280 at 400 %, 680 is 1360 at 200 %: no page scrolls sideways, however long its words are."""
    if desk.is_postgresql:
        pytest.skip("the pages are the same on both databases")
    desk.person("cleo", "chief editor")
    item = put("x/" + "a" * 300, title="W" * 200, reasons=("R" * 300,)).item
    put("pages/rest.txt")
    put("pages/more.txt")
    seat = sit(viewport={"width": width, "height": 600})
    seat.log_in("cleo")
    for path in pages(item.pk):
        seat.go(path)
        assert seat.page.evaluate("document.documentElement.scrollWidth") <= width, widest(seat)


def test_focus_is_seen_and_goes_everywhere(desk: Desk, sit: Sit) -> None:
    """Tab reaches every control of the article in turn, each with a line around it; the first one jumps to the text."""
    if desk.is_postgresql:
        pytest.skip("the pages are the same on both databases")
    desk.person("maria")
    item = put().item
    seat = sit()
    page = seat.page
    seat.log_in("maria")
    seat.go(f"/items/{item.pk}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            """() => {
              const here = document.activeElement;
              const drawn = here.matches(".toggle input, .reasons-picker input") ? here.nextElementSibling : here;
              return [here.tagName + " " + (here.value ?? here.textContent), getComputedStyle(drawn).outlineStyle];
            }"""
        )
        if name.startswith("BODY"):
            break
        assert outline != "none", name
        seen.add(name)
    for wanted in ("MARK compound abuse", "BUTTON approve", "BUTTON skip", "INPUT spun"):
        assert wanted in seen
