"""A real browser: the Chromium of the system, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.desk.conftest import PASSWORD, Desk
from tests.desk.served import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WAIT = 15_000


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


class Seat:
    """Somebody at a browser. `heard` is what went wrong in it: errors, blocked content, dialogs, foreign requests."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.heard: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("console", lambda said: self.heard.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith(address) else self.heard.append(f"request {asked.url}"),
        )

    def go(self, path: str) -> None:
        """Open a page of the desk."""
        self.page.goto(self.address + path)

    def log_in(self, name: str, password: str = PASSWORD) -> None:
        """Through the form."""
        self.go("/login")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("main:has(.filters)")

    def press(self, key: str, then: str) -> None:
        """A key, and what must be there afterwards."""
        self.page.keyboard.press(key)
        self.page.wait_for_selector(then)


Sit = Callable[..., Seat]


@pytest.fixture
def sit(desk: Desk, chromium: Browser) -> Iterator[Sit]:
    """Put somebody at a browser of their own, before the desk that is served; nothing may go wrong in it."""
    seats: list[Seat] = []
    with serving(desk) as address:

        def give(**options: Any) -> Seat:
            seat = Seat(chromium.new_context(**options), address)
            seats.append(seat)
            return seat

        yield give
        for seat in seats:
            seat.context.close()
    assert [heard for seat in seats for heard in seat.heard] == []
