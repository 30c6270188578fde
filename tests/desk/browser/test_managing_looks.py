"""Dashboard, second opinion and administration under axe, in every look; nothing wider than the window."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from pipeline.desk.services import second_opinion, tokens, webhooks
from pipeline.desk.services.decide import decide
from tests.desk.assessments import put
from tests.desk.browser.conftest import Seat
from tests.desk.browser.test_accessible import ALL, violations, widest
from tests.desk.conftest import Desk
from tests.desk.served import serving

pytestmark = pytest.mark.slow
PAGES = ("/dashboard", "/dashboard?days=365", "/second-opinion", "/people", "/tokens", "/webhooks")
ENVIRONMENT = {"UNSPUN_DESK_SECOND_OPINION": "1", "UNSPUN_DESK_WEBHOOK_HOSTS": "hooks.example"}


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
        {"color_scheme": "dark", "viewport": {"width": 1360, "height": 900}},
        {"color_scheme": "light", "viewport": {"width": 320, "height": 600}},
    ],
    ids=["light", "dark", "narrow"],
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    desk: Desk, chromium: Browser, monkeypatch: pytest.MonkeyPatch, look: dict[str, Any]
) -> None:
    """With something of everything on them, long words too."""
    from django.conf import settings

    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", ["hooks.example"])
    monkeypatch.setattr(settings, "DESK_SECOND_OPINION", 1.0)
    root, maria, jo = desk.person("root", "administrator"), desk.person("maria" + "a" * 100), desk.person("jo")
    now = timezone.now()
    webhooks.add("https://hooks.example/" + "in" * 100, now, who=root)
    tokens.create(maria, "w" * 60, now, who=root)
    items = [put(f"pages/{number}.txt", title="W" * 200).item for number in range(4)]
    for item in items:
        decide(item.pk, 1, "reject", maria, now, reasons=["spun"])
    for item in items[:2]:
        second_opinion.give(item.pk, 1, "approve", jo, now)
    with serving(desk, **ENVIRONMENT) as address:
        seat = Seat(chromium.new_context(**look), address)
        seat.log_in("root")
        found = []
        for path in PAGES:
            seat.go(path)
            if path.startswith("/dashboard"):
                seat.page.locator(".chart summary").first.click()
            found += violations(seat, ALL)
            if seat.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(widest(seat))
        found += seat.heard
        seat.context.close()
    assert not found, "\n".join(found)
