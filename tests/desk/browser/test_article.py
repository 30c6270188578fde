"""The article view in a real browser."""

from __future__ import annotations

import re

import pytest

from pipeline.desk.models import Event, FindingLabel, Lease
from pipeline.desk.services import preferences
from tests.desk.assessments import put
from tests.desk.browser.conftest import Sit
from tests.desk.conftest import Desk

pytestmark = pytest.mark.slow


def test_evidence_by_keyboard_pointer_and_finger(desk: Desk, sit: Sit) -> None:
    """`e` goes from finding to finding; hover, focus and tap each show the reason and the suggestion; Esc closes."""
    desk.person("maria")
    item = put().item
    seat = sit(has_touch=True)
    page, tip = seat.page, seat.page.locator("#tip")
    seat.log_in("maria")
    seat.go(f"/items/{item.pk}")
    seat.press("e", "mark.now:focus")
    assert page.locator("mark:focus").inner_text() == "compound abuse"
    assert "substance abuse" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    seat.press("e", "#card-1.now")
    assert "It cures everything" in page.locator("mark:focus").inner_text()
    page.keyboard.press("Escape")
    page.hover("mark.spin")
    assert "a fixed term" in tip.inner_text()
    page.mouse.move(5, 5)
    page.wait_for_selector("#tip", state="hidden")
    page.locator("mark.spin").tap()
    assert "a fixed term" in tip.inner_text()
    styles = page.evaluate(
        "() => ['spin', 'claims'].map(a => getComputedStyle(document.querySelector(`mark.${a}`)).textDecorationStyle)"
    )
    assert styles == ["wavy", "solid"], "axes are told apart by line, not by colour alone"
    assert [label.inner_text() for label in page.locator(".text .label").all()] == ["SP101", "CL101"]


def test_findings_are_judged_by_key_and_stay_judged(desk: Desk, sit: Sit) -> None:
    """x: wrong; f: fine here, no longer marked; the same again takes it back. Each is a label with its words."""
    desk.person("maria")
    item = put().item
    seat = sit()
    page = seat.page
    seat.log_in("maria")
    seat.go(f"/items/{item.pk}")
    seat.press("e", "mark.now:focus")
    seat.press("x", "#card-0.said-wrong.now")
    label = FindingLabel.objects.get()
    assert (label.label, label.rule, label.quote) == ("wrong", "SP101", "compound abuse")
    assert label.before.endswith("A history of ")
    assert label.after.startswith(" rules it out.")
    seat.press("f", "summary:has-text('Fine here (1)')")
    assert page.locator("mark.spin").count() == 0
    page.reload()
    assert page.locator("mark.spin").count() == 0
    page.click("summary:has-text('Fine here (1)')")
    page.click("details:has(summary:has-text('Fine here')) button:has-text('Fine here')")
    page.wait_for_selector("mark.spin")
    assert not FindingLabel.objects.exists()
    said = Event.objects.filter(kind=Event.Kind.LABEL).order_by("pk").values_list("data__label", flat=True)
    assert list(said) == ["wrong", "fine", ""]


def test_keys_are_off_while_typing_and_can_be_others(desk: Desk, sit: Sit) -> None:
    """n goes to the note, where letters are letters; a key that was changed does its new work, the old one nothing."""
    maria = desk.person("maria")
    item, _ = put().item, put("pages/b.txt").item
    seat = sit()
    page = seat.page
    seat.log_in("maria")
    seat.go("/keys")
    page.fill("#key-approve", "g")
    page.click("button:has-text('Keep')")
    page.wait_for_selector("#messages p")
    assert preferences.keys_of(maria) == {"approve": "g"}
    seat.go(f"/items/{item.pk}")
    seat.press("n", ".dock textarea:focus")
    page.keyboard.type("a rag, jokes: 1")
    seat.press("Escape", ".dock textarea:not(:focus)")
    page.keyboard.press("a")
    page.keyboard.press("Control+g")
    assert page.locator(".dock textarea").input_value() == "a rag, jokes: 1"
    assert page.url.endswith(f"/items/{item.pk}")
    seat.press("g", "#messages p")
    event = Event.objects.get(kind=Event.Kind.APPROVE)
    assert (event.item_id, event.note, event.reasons) == (item.pk, "a rag, jokes: 1", [])
    seat.press("?", "dialog[open]")
    assert page.locator("dialog tr:has-text('Approve') kbd").inner_text() == "g"


def test_the_page_as_it_came_axes_and_the_letter(desk: Desk, sit: Sit) -> None:
    """o shows what was removed in its place with the same marks; a box takes an axis away; l writes to the author."""
    desk.person("maria")
    item = put().item
    seat = sit()
    page = seat.page
    seat.log_in("maria")
    seat.go(f"/items/{item.pk}")
    seat.press("o", ".came")
    assert re.sub(r"\s+", " ", page.locator(".gone").inner_text()) == "comment form Leave a Reply"
    seat.press("o", ".text:not(.came)")
    page.uncheck(".toggle.spin input", force=True)
    assert page.evaluate("getComputedStyle(document.querySelector('mark.spin')).textDecorationLine") == "none"
    assert not page.locator("#card-0").is_visible()
    page.reload()
    assert not page.locator("#card-0").is_visible(), "remembered"
    assert page.locator("a[href*='pills.example']").count() == 0
    page.click("summary:has-text('Links, as text')")
    assert page.locator("td:has-text('http://pills.example/buy')").is_visible()
    seat.press("l", "textarea.letter")
    assert "It cures everything in 3 days" in page.input_value("textarea.letter")


def test_an_item_at_which_somebody_is(desk: Desk, sit: Sit) -> None:
    """Shown in the queue and on the item, which cannot be decided; taking it over lets one, and tells the other."""
    desk.person("maria")
    desk.person("jo")
    item = put().item
    first, second = sit(), sit()
    first.log_in("maria")
    second.log_in("jo")
    first.go(f"/items/{item.pk}")
    first.page.wait_for_selector("#lease[data-until]", state="attached")
    second.go("/")
    assert "maria is at it" in second.page.locator("#queue tbody").inner_text()
    second.go(f"/items/{item.pk}")
    assert "maria is at this item" in second.page.locator(".notice").inner_text()
    assert second.page.locator("#decision").count() == 0
    second.page.click("button:has-text('Take it over')")
    second.page.wait_for_selector("#decision")
    first.page.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    first.page.wait_for_selector(".notice:has-text('jo is at this item')")
    first.page.keyboard.press("r")
    first.page.wait_for_selector("h1:has-text('Nothing was changed')")
    first.heard.clear()  # Chromium reports the refusal (409) as an error
    second.press("r", ".nothing")
    assert [e.actor.username for e in Event.objects.filter(kind="reject")] == ["jo"]  # type: ignore[union-attr]


def test_leaving_lets_go(desk: Desk, sit: Sit) -> None:
    """Who goes back to the queue keeps nobody waiting ten minutes."""
    desk.person("maria")
    item = put().item
    seat = sit()
    seat.log_in("maria")
    seat.go(f"/items/{item.pk}")
    seat.page.wait_for_selector("#lease[data-until]", state="attached")
    assert Lease.objects.exists()
    seat.press("u", "#queue")
    for _ in range(50):
        if not Lease.objects.exists():
            return
        seat.page.wait_for_timeout(100)
    pytest.fail("the lease is still there")
