"""Keys that people choose."""

from __future__ import annotations

import pytest

from pipeline.desk.errors import Invalid
from pipeline.desk.shown.keys import ACTIONS, chosen, keys_for


def test_only_what_differs_is_kept() -> None:
    """And gives the action its key; all off leaves none."""
    usual = {action: key for action, (key, _) in ACTIONS.items()}
    assert chosen(usual) == {}
    assert chosen(usual | {"approve": "g"}) == {"approve": "g"}
    assert {key.action: key.key for key in keys_for({"approve": "g"})} == usual | {"approve": "g"}
    assert {key.key for key in keys_for(chosen(usual | {"off": "1"}))} == {""}


@pytest.mark.parametrize(
    "wrong", [{"approve": "r"}, {"approve": "1"}, {"approve": "ab"}, {"approve": " "}, {"approve": "\x07"}]
)
def test_what_is_no_key(wrong: dict[str, str]) -> None:
    """Two actions on one key, digits (they are reasons), more than one letter, nothing to see."""
    with pytest.raises(Invalid):
        chosen(wrong)
