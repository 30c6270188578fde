"""The keys of the desk: one letter each, others where somebody likes them better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.desk.errors import Invalid

ACTIONS: dict[str, tuple[str, str]] = {
    "next": ("j", "Next item"),
    "previous": ("k", "Previous item"),
    "approve": ("a", "Approve"),
    "reject": ("r", "Reject"),
    "changes": ("c", "Ask for changes"),
    "skip": ("s", "Skip"),
    "note": ("n", "Write a note"),
    "undo": ("z", "Undo my last decision"),
    "evidence": ("e", "Next piece of evidence"),
    "right": ("y", "This finding is right"),
    "wrong": ("x", "This finding is wrong"),
    "fine": ("f", "This finding is fine here"),
    "source": ("o", "The page as it came in, and back"),
    "compare": ("d", "Compare with another submission"),
    "letter": ("l", "Letter to the author"),
    "queue": ("u", "Up to the queue"),
    "search": ("/", "Search"),
    "help": ("?", "Show the keys"),
}
"""Action → usual key and what it does. Keys 1 to 9 are the reasons, and stay so."""
OFF = "off"


@dataclass(frozen=True)
class Key:
    """One action with the key that it has for somebody."""

    action: str
    key: str
    usual: str
    does: str


def keys_for(chosen: Mapping[str, str]) -> list[Key]:
    """All actions with somebody's keys; without keys where they turned them off."""
    off = bool(chosen.get(OFF))
    return [
        Key(action, "" if off else chosen.get(action, usual), usual, does) for action, (usual, does) in ACTIONS.items()
    ]


def chosen(given: Mapping[str, str]) -> dict[str, str]:
    """What somebody chose, as it is stored: only what differs from the usual.

    Raises Invalid for more than one character, a digit, white space, or one key for two actions.
    """
    found = {OFF: "1"} if given.get(OFF) else {}
    taken: dict[str, str] = {}
    for action, (usual, does) in ACTIONS.items():
        key = given.get(action, usual) or usual
        if len(key) != 1 or key.isspace() or key.isdigit() or not key.isprintable():
            raise Invalid(f"{does}: {key!r} is not one letter or sign (digits are the reasons)")
        if key in taken:
            raise Invalid(f"{key!r} cannot be both “{taken[key]}” and “{does}”")
        taken[key] = does
        if key != usual:
            found[action] = key
    return found
