"""The policy file and its overrides."""

from __future__ import annotations

import pytest

from pipeline.detect.registry import rules
from pipeline.errors import SettingsError
from pipeline.triage.policy import load

RULES = rules()


def test_the_shipped_policy_has_an_entry_for_every_rule() -> None:
    """Every rule weighs something and has its sentence, which names examples."""
    policy, version = load({}, RULES)
    assert set(policy.rules) == {rule.name for rule in RULES}
    assert all("{examples}" in rule.reason for rule in policy.rules.values())
    assert version == policy.version


def test_an_override_changes_one_key_and_the_version() -> None:
    """unspun.toml lays single keys over the policy; the assessment shows that it was another policy."""
    shipped, _ = load({}, RULES)
    policy, version = load({"rules": {"hard-to-read": {"weight": 0.0}}}, RULES)
    assert policy.rules["hard-to-read"].weight == 0
    assert policy.rules["hard-to-read"].reason == shipped.rules["hard-to-read"].reason
    assert policy.rules["thin-content"] == shipped.rules["thin-content"]
    assert version.startswith(f"{shipped.version}+")


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"treshold": {}}, "unknown key 'treshold'; did you mean 'thresholds'"),
        ({"thresholds": {"hold": 0.1}}, "0 < review <= hold <= 1"),
        ({"rules": {"hard-to-reed": {"weight": 1.0, "group": "quality", "reason": ""}}}, "did you mean 'hard-to-read'"),
        ({"rules": {"hard-to-read": {"group": "nowhere"}}}, "no cap under groups"),
        ({"composites": {"x": {"when": "nope", "axis": "spin", "points": 1.0}}}, "composites.x: no rule 'nope'"),
        ({"thresholds": {"hold": "high"}}, "Expected `float`"),
    ],
)
def test_a_bad_override_is_explained(overrides: dict[str, object], said: str) -> None:
    """The error names the key and what is wrong."""
    with pytest.raises(SettingsError) as error:
        load(overrides, RULES)
    assert said in str(error.value)
