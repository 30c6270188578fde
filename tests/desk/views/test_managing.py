"""The pages of administrators, as a browser without scripts uses them."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from pipeline.desk.models import Delivery, Event
from pipeline.desk.services.decide import decide
from tests.desk.api.program import Program
from tests.desk.assessments import put
from tests.desk.conftest import PASSWORD, Desk


def test_a_token_is_shown_once_and_works(desk: Desk) -> None:
    """On the answer to the form, and on no page after it; revoked by its button."""
    browser = desk.client(desk.person("root", "administrator"))
    desk.person("importer")
    made = browser.post("/tokens", {"person": "importer", "name": "CMS", "days": "30"}).content.decode()
    token = re.search(r'value="(unspun_[\w-]+)"', made)
    assert token
    assert Program(token.group(1)).get("items").status_code == 200
    after = browser.get("/tokens").content.decode()
    assert token.group(1) not in after
    where = re.search(r'action="(/tokens/\d+/revoke)"', after)
    assert where
    browser.post(where.group(1))
    assert Program(token.group(1)).get("items").status_code == 401
    for wrong in ({"person": "nobody"}, {"days": "-1"}, {"days": "9999"}, {"name": ""}):
        assert browser.post("/tokens", {"person": "importer", "name": "x", "days": "1"} | wrong).status_code == 400


def test_somebody_new_logs_in(desk: Desk) -> None:
    """Added by the form, in the role that was chosen; a refusal says why."""
    root = desk.person("root", "administrator")
    browser = desk.client(root)
    browser.post("/people", {"name": "maria", "password": PASSWORD, "role": "chief editor"})
    assert User.objects.get(username="maria").groups.get().name == "chief editor"
    refused = browser.post("/people", {"name": "jo", "password": "password", "role": "editor"})
    assert refused.status_code == 400
    assert "too common" in refused.content.decode()
    alone = browser.post(f"/people/{root.pk}/active", {"active": "0"})
    assert (alone.status_code, "needs an administrator" in alone.content.decode()) == (400, True)


def test_what_became_of_a_delivery_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting, tried and refused, with the reason; the secret only when the webhook is added."""
    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", ["hooks.example"])
    root = desk.person("root", "administrator")
    browser = desk.client(root)
    assert "whsec_" in browser.post("/webhooks", {"url": "https://hooks.example/in"}).content.decode()
    decide(put().item.pk, 1, "reject", root, timezone.now())
    page = browser.get("/webhooks").content.decode()
    assert "whsec_" not in page
    assert "waiting" in page
    Delivery.objects.update(attempts=2, status=503, error="it is busy")
    assert "it is busy" in browser.get("/webhooks").content.decode()
    assert browser.post("/webhooks", {"url": "https://other.example/"}).status_code == 400


def test_the_dashboard_says_it_in_numbers_too(desk: Desk) -> None:
    """Every picture has its table; an empty desk has a dashboard; a period that is none is the usual one."""
    root = desk.person("root", "administrator")
    browser = desk.client(root)
    assert browser.get("/dashboard").status_code == 200
    decide(put().item.pk, 1, "approve", root, timezone.now())
    page = browser.get("/dashboard?days=7").content.decode()
    assert page.count('<figure class="chart">') == page.count("<summary>The numbers</summary>") == 5
    assert "SP101 tortured-phrase" in page
    assert browser.get("/dashboard?days=1000000").context["days"] == 28
    assert Event.objects.filter(kind=Event.Kind.ADMIN).count() == 0
