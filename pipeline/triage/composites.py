"""Composites: findings that mean more together, such as ``orphan-anchor & (tortured-phrase | !title-template)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from pipeline.errors import SettingsError

TOKEN = re.compile(r"\s*([a-z][a-z0-9-]*|[&|!()])")
Condition = Callable[[Collection[str]], bool]


def parse(expression: str, known: Collection[str], where: str) -> Condition:
    """The condition that `expression` states over the names of the rules seen.

    ``!`` binds closest, then ``&``, then ``|``. Raises SettingsError for anything else and for unknown rules.
    """
    tokens = tokenise(expression, where)
    condition = either(tokens, known, where)
    if tokens:
        raise SettingsError(f"{where}: {tokens[0]!r} is not expected in {expression!r}")
    return condition


def tokenise(expression: str, where: str) -> list[str]:
    """The tokens of an expression."""
    tokens, at = [], 0
    expression = expression.strip()
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if not match:
            raise SettingsError(f"{where}: cannot read {expression[at:].strip()!r}; use rule names, & | ! ( )")
        tokens.append(match[1])
        at = match.end()
    return tokens


def either(tokens: list[str], known: Collection[str], where: str) -> Condition:
    """``a | b | …``"""
    parts = [both(tokens, known, where)]
    while tokens and tokens[0] == "|":
        tokens.pop(0)
        parts.append(both(tokens, known, where))
    return lambda seen: any(part(seen) for part in parts)


def both(tokens: list[str], known: Collection[str], where: str) -> Condition:
    """``a & b & …``"""
    parts = [one(tokens, known, where)]
    while tokens and tokens[0] == "&":
        tokens.pop(0)
        parts.append(one(tokens, known, where))
    return lambda seen: all(part(seen) for part in parts)


def one(tokens: list[str], known: Collection[str], where: str) -> Condition:
    """A rule name, a negation, or an expression in brackets."""
    if not tokens:
        raise SettingsError(f"{where}: the expression ends where a rule name is expected")
    token = tokens.pop(0)
    if token == "!":
        inner = one(tokens, known, where)
        return lambda seen: not inner(seen)
    if token == "(":
        inner = either(tokens, known, where)
        if not tokens or tokens.pop(0) != ")":
            raise SettingsError(f"{where}: a bracket is not closed")
        return inner
    if token not in known:
        raise SettingsError(f"{where}: no rule {token!r}; `unspun rules` lists them")
    return lambda seen: token in seen
