"""Composite expressions."""

from __future__ import annotations

import itertools

import pytest

from pipeline.errors import SettingsError
from pipeline.triage.composites import parse

KNOWN = ("a", "b", "c-d")


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("a", lambda a, b, c: a),
        ("!a", lambda a, b, c: not a),
        ("a & b | c-d", lambda a, b, c: (a and b) or c),
        ("a & (b | !c-d)", lambda a, b, c: a and (b or not c)),
        ("!(a|b)&c-d", lambda a, b, c: not (a or b) and c),
    ],
)
def test_means_what_it_says(expression: str, meaning: object) -> None:
    """The expression is true exactly where its meaning is, over all sets of rules seen."""
    condition = parse(expression, KNOWN, "here")
    for present in itertools.product((False, True), repeat=3):
        seen = {name for name, there in zip(KNOWN, present, strict=True) if there}
        assert condition(seen) == meaning(*present)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("", "ends where a rule name is expected"),
        ("a &", "ends where a rule name is expected"),
        ("(a", "not closed"),
        ("a b", "'b' is not expected"),
        ("a + b", "cannot read '\\+ b'"),
        ("nope", "no rule 'nope'"),
    ],
)
def test_a_bad_expression_is_explained(expression: str, said: str) -> None:
    """The error says where, and what is wrong."""
    with pytest.raises(SettingsError, match=f"here: .*{said}"):
        parse(expression, KNOWN, "here")
