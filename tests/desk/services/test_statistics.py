"""What the dashboard counts."""

from __future__ import annotations

from datetime import timedelta

from pipeline.desk.models import FindingLabel, Item
from pipeline.desk.services.decide import decide
from pipeline.desk.services.label import fingerprints, label
from pipeline.desk.services.statistics import statistics
from pipeline.desk.services.undo import undo
from pipeline.records import Scores
from tests.desk.assessments import assessment, put
from tests.desk.conftest import START, Desk


def test_an_empty_desk_has_statistics(desk: Desk) -> None:
    """Nothing is divided by nothing."""
    found = statistics(desk.now, 7)
    assert (found.waiting, found.decided, found.rules, found.opinions.kappa) == (0, 0, [], None)
    assert len(found.volume) == 7


def test_decisions_are_held_against_verdicts_axes_and_rules(desk: Desk) -> None:
    """Ten flagged pages: seven rejected, two approved, one open again. Only what stands is counted."""
    maria = desk.person("maria")
    for number in range(10):
        item = put(f"pages/{number}.txt").item
        decide(
            item.pk, 1, "approve" if number < 2 else "reject", maria, desk.now + timedelta(hours=2), reasons=["spun"]
        )
    undo(item.pk, maria, desk.now + timedelta(hours=3))
    passing = put("pages/fine.txt", verdict="pass", scores=Scores(), evidence=(), reasons=()).item
    decide(passing.pk, 1, "approve", maria, desk.now + timedelta(days=2))
    evidence = assessment().evidence
    label(item.pk, 1, fingerprints(evidence)[0], FindingLabel.Label.WRONG, maria, desk.now)
    found = statistics(desk.now + timedelta(days=2), 7)
    assert found.matrix["hold"] == {"approved": 2, "rejected": 7, "changes": 0}
    assert found.matrix["pass"] == {"approved": 1, "rejected": 0, "changes": 0}
    spin, links, *_ = found.axes
    assert (spin.decided, spin.overruled, links.decided) == (9, 2, 0)
    assert {(rule.code, rule.decided, rule.overruled) for rule in found.rules} == {("SP101", 9, 2), ("CL101", 9, 2)}
    assert {rule.code: rule.wrong for rule in found.rules} == {"SP101": 1, "CL101": 0}
    assert [number for _, number in found.waited] == [0, 9, 0, 1, 0, 0]
    assert (found.waiting, found.decided, found.reasons) == (1, 10, [("spun", 10)])
    assert [(came, decided) for _, came, decided in found.volume][-3:] == [(11, 10), (0, 0), (0, 1)]


def test_the_backlog_is_by_age(desk: Desk) -> None:
    """Each open item is in one place; what is decided is in none."""
    for hours in (0, 2, 5, 30, 100, 400):
        item = put(f"pages/{hours}.txt").item
        Item.objects.filter(pk=item.pk).update(changed_at=START - timedelta(hours=hours))
    found = statistics(START + timedelta(minutes=1), 7)
    assert [by_verdict["hold"] for _, by_verdict in found.backlog] == [1] * 6
    assert found.waiting == 6


def test_the_rule_that_erred_often_stands_above_the_one_that_erred_twice(desk: Desk) -> None:
    """Two of two is less certain than ten of twelve."""
    maria = desk.person("maria")
    spin, claim = assessment().evidence
    for number in range(14):
        evidence = (spin,) if number < 12 else (claim,)
        item = put(f"pages/{number}.txt", evidence=evidence).item
        decide(item.pk, 1, "reject" if number < 2 else "approve", maria, desk.now)
    assert [rule.code for rule in statistics(desk.now, 7).rules] == ["SP101", "CL101"]
