"""A whole shift, from a bare machine to the exported log, by keyboard."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.desk.models import Event, Item
from tests.desk.browser.conftest import Seat
from tests.desk.conftest import Desk
from tests.desk.served import ROOT, serving, unspun

pytestmark = pytest.mark.slow
SAMPLES = ROOT / "samples" / "pages"
KEYS = {"hold": ("r", "rejected"), "review": ("c", "changes"), "pass": ("a", "approved")}


def test_init_intake_decide_undo_export(desk: Desk, chromium: Browser, tmp_path: Path) -> None:
    """The two commands, log in, every sample page decided with one key each, one undone, the log taken away."""
    desk.bare()
    made = unspun(desk, "desk", "init", "--admin", "chief", UNSPUN_DESK_PASSWORD="a word for the desk")
    assert made.returncode == 0, made.stderr
    taken = unspun(desk, "intake", SAMPLES, "--jobs", 1)
    assert (taken.returncode, taken.stdout) == (0, "14 new\n"), taken.stderr
    with serving(desk) as address:
        seat = Seat(chromium.new_context(accept_downloads=True), address)
        page = seat.page
        seat.log_in("chief", "a word for the desk")
        assert page.locator("#queue tbody tr").count() == 14
        seat.press("j", "a.title:focus")
        seat.press("Enter", "#decision")
        decided: dict[str, str] = {}
        for number in range(14):
            page.wait_for_selector("#lease[data-until]", state="attached")
            verdict = page.locator(".stamp .verdict").inner_text().lower()
            source = page.locator(".front .source").inner_text()
            key, decided[source] = KEYS[verdict]
            if verdict == "hold":
                page.keyboard.press("1")
                assert page.locator("[name=reason]:checked").count() == 1
            last = number == 13
            page.keyboard.press(key)
            page.wait_for_function(
                "source => document.querySelector('.front .source')?.innerText !== source"
                " && document.querySelector('#messages p') && document.readyState === 'complete'",
                arg=source,
            )
            assert (page.locator("#queue, .nothing").count() > 0) == last
        assert "Nothing is waiting" in page.locator("#results").inner_text()
        seat.press("z", "#decision")
        undone = page.locator(".front .source").inner_text()
        assert "open again" in page.locator("#messages").inner_text()
        seat.press("u", "#queue")
        page.click("text=Export log")
        with page.expect_download() as download:
            page.click("button:has-text('CSV')")
        download.value.save_as(tmp_path / "log.csv")
        assert seat.heard == []
        seat.context.close()
    rows = list(csv.DictReader((tmp_path / "log.csv").open(newline="", encoding="utf-8")))
    assert {
        row["source"]: row["after"] for row in rows if row["did"] in ("approve", "reject", "ask_for_changes")
    } == decided
    assert [row["source"] for row in rows if row["did"] == "undo"] == [undone]
    assert {row["who"] for row in rows if row["did"] == "reject"} == {"chief"}
    states = dict(Item.objects.values_list("source", "state"))
    assert states == {source: "open" if source == undone else state for source, state in decided.items()}
    assert Event.objects.filter(kind=Event.Kind.REJECT, reasons=["spun"]).count() == list(decided.values()).count(
        "rejected"
    )
