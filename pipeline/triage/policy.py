"""policy.toml → a typed policy, with the overrides of unspun.toml merged in."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from pipeline.errors import SettingsError
from pipeline.records import Axis
from pipeline.settings import convert
from pipeline.triage import composites

SHIPPED = Path(__file__).with_name("policy.toml")
WHERE = "[policy] in unspun.toml"


class Named(Protocol):
    """What triage needs to know of a rule."""

    @property
    def name(self) -> str: ...
    @property
    def axis(self) -> Axis: ...


class Thresholds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Risk from which on a page is for review, and from which on it is held. 0 < review <= hold <= 1."""

    review: float
    hold: float


class AxisWeights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a full score on an axis is an alarm by itself, each in [0, 1]."""

    spin: float
    links: float
    claims: float
    quality: float


class RulePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rule's evidence weighs; `reason` is the sentence for the author, with ``{examples}``.

    `free` is the summed strength that weighs nothing: one odd phrase must not flag a page, density must.
    """

    group: str
    weight: float
    reason: str
    free: float = 0.0
    per: Literal["page", "1000 words"] = "page"


class SignalPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a signal in [0, 1] adds to an axis by itself: weight × its value, in points."""

    axis: Axis
    weight: float


class Composite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Points for findings that mean more together."""

    when: str
    axis: Axis
    points: float


class PolicyFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of policy.toml."""

    version: str
    thresholds: Thresholds
    axes: AxisWeights
    groups: dict[str, float]
    rules: dict[str, RulePolicy]
    signals: dict[str, SignalPolicy] = {}
    composites: dict[str, Composite] = {}


def load(overrides: Mapping[str, Any], rules: Iterable[Named]) -> tuple[PolicyFile, str]:
    """The policy and its version: the shipped one's, or that and a digest of the overrides.

    Raises SettingsError for unknown keys, rules and groups, and for thresholds out of order.
    """
    shipped = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    policy = convert(merge(shipped, overrides), PolicyFile, WHERE if overrides else str(SHIPPED))
    known = {rule.name for rule in rules}
    for name in policy.rules:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise SettingsError(f"{WHERE}: no rule {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    for name in known - set(policy.rules):
        raise SettingsError(f"{SHIPPED}: no entry for rule {name!r}")
    for name, rule in policy.rules.items():
        if rule.group not in policy.groups:
            raise SettingsError(f"{WHERE}: rule {name!r} is in group {rule.group!r}, which has no cap under groups")
    for name, composite in policy.composites.items():
        composites.parse(composite.when, known, f"{WHERE}: composites.{name}")
    if not 0 < policy.thresholds.review <= policy.thresholds.hold <= 1:
        raise SettingsError(f"{WHERE}: thresholds must be 0 < review <= hold <= 1")
    digest = sha256(msgspec.json.encode(policy, order="sorted")).hexdigest()[:8]
    return policy, f"{policy.version}+{digest}" if overrides else policy.version


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below` with the keys of `above` laid over it, table by table."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = merge(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged
