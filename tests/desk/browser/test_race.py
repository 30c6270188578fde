"""Two browsers after one item."""

from __future__ import annotations

import pytest

from pipeline.desk.models import Event, Item
from pipeline.desk.models.event import DECISIONS
from tests.desk.assessments import put
from tests.desk.browser.conftest import Sit
from tests.desk.conftest import Desk

pytestmark = pytest.mark.slow
RACES = 200
SEND = """
([item, action]) => {
  const said = new FormData();
  said.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  said.append("version", "1");
  said.append("action", action);
  window.answered = fetch(`/items/${item}/decide`, {method: "POST", body: said, redirect: "manual"})
    .then((answer) => answer.type === "opaqueredirect" ? "decided" : String(answer.status));
}
"""


def test_two_browsers_race_for_one_item(desk: Desk, sit: Sit) -> None:
    """200 times, both send at once: each time one decides and the other is refused (409); the log has one decision."""
    desk.person("maria")
    desk.person("jo")
    items = [put(f"pages/{number}.txt").item.pk for number in range(RACES)]
    seats = [(sit(), "approve"), (sit(), "reject")]
    for (seat, _), name in zip(seats, ("maria", "jo"), strict=True):
        seat.log_in(name)
    won = {"approve": 0, "reject": 0}
    for number, item in enumerate(items):
        order = seats if number % 2 else seats[::-1]
        for seat, action in order:
            seat.page.evaluate(SEND, [item, action])
        answers = {action: seat.page.evaluate("window.answered") for seat, action in order}
        assert sorted(answers.values()) == ["409", "decided"]
        (event,) = Event.objects.filter(item=item, kind__in=DECISIONS)
        assert answers[event.kind] == "decided"
        won[event.kind] += 1
    assert Item.objects.filter(state="open").count() == 0
    assert min(won.values()) > 0, "both must have had a chance"
    for seat, _ in seats:
        seat.heard.clear()  # Chromium reports each refusal (409) as an error
