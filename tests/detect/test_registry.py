"""The registry keeps the house rules."""

from __future__ import annotations

from types import ModuleType

import pytest

from pipeline.detect import Detectors, registry
from pipeline.detect.detector import Rule
from pipeline.detect.registry import detector_of
from pipeline.detect.spin import tortured_phrase
from pipeline.errors import RuleError, SettingsError
from tests.detect.articles import article


def module(name: str, doc: str | None = "A page.", **members: object) -> ModuleType:
    """A made-up detector module."""
    made = ModuleType(name, doc)
    for key, value in members.items():
        if isinstance(value, type):
            value.__module__ = name
        setattr(made, key, value)
    return made


def detector(code: str, name: str, axis: str = "spin") -> type:
    """A made-up detector class."""
    rule = Rule(code=code, name=name, axis=axis, message="m")  # type: ignore[arg-type]
    return type("D", (), {"rules": (rule,), "find": lambda self, reading: iter(())})


def test_finds_every_detector_once() -> None:
    """All four axes are there, and codes follow their axis."""
    codes = [rule.code for rule in registry.rules()]
    assert len(codes) == len(set(codes))
    assert {code[:2] for code in codes} == {"SP", "LK", "CL", "QU"}


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (module("pipeline.detect.spin.empty"), "holds 0 detectors"),
        (module("pipeline.detect.spin.two", A=detector("SP1", "two"), B=detector("SP2", "two")), "holds 2 detectors"),
        (module("pipeline.detect.spin.here", D=detector("SP1", "there")), "the file name says here"),
        (module("pipeline.detect.links.here", D=detector("SP1", "here")), "the file is in links"),
        (module("pipeline.detect.spin.here", None, D=detector("SP1", "here")), "no docstring"),
        (module("pipeline.detect.spin.here", D=type("D", (), {"rules": ()})), "no rules or no find method"),
    ],
)
def test_refuses_a_module_that_breaks_the_rules(made: ModuleType, said: str) -> None:
    """The error says what is wrong."""
    with pytest.raises(RuleError, match=said):
        detector_of(made)


def test_a_disabled_rule_is_silent() -> None:
    """`disable` takes codes and names, and refuses what does not exist."""
    bad = article("A history of compound abuse.")
    assert any(e.rule == "SP101" for e in Detectors().detect(bad).evidence)
    for key in ("SP101", "tortured-phrase"):
        assert not any(e.rule == "SP101" for e in Detectors(disable=[key]).detect(bad).evidence)
    with pytest.raises(SettingsError, match="no rule 'SP999'"):
        Detectors(disable=["SP999"])


def test_a_detector_that_raises_is_named_and_the_others_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure is never a silent zero: it names the rule, and costs only that rule."""

    def broken(self: object, reading: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(tortured_phrase.TorturedPhrase, "find", broken)
    detection = Detectors().detect(article("A history of compound abuse and a cure."))
    (failure,) = detection.failures
    assert failure.message == "rule SP101 tortured-phrase failed: ZeroDivisionError: oh"
    assert any(e.name == "thin-content" for e in detection.evidence)
    assert not any(e.name == "tortured-phrase" for e in detection.evidence)


def test_other_languages_are_not_read() -> None:
    """Rules for English stay silent on a page in another language, and the page says so."""
    detection = Detectors().detect(article("A history of compound abuse cures everybody.", language="fr"))
    assert {e.name for e in detection.evidence} == {"thin-content", "not-english"}
    assert detection.claims == ()
