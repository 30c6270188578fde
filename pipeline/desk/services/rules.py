"""The rules that ever spoke on this desk, for the filter to offer."""

from __future__ import annotations

from django.db import connection

# From index entry to index entry, instead of over all findings: their number does not matter.
SKIPPING = """
    WITH RECURSIVE known(rule) AS (
        SELECT min(rule) FROM desk_finding
        UNION ALL
        SELECT (SELECT min(rule) FROM desk_finding WHERE rule > known.rule) FROM known WHERE known.rule IS NOT NULL
    )
    SELECT rule, (SELECT name FROM desk_finding WHERE rule = known.rule LIMIT 1) FROM known WHERE rule IS NOT NULL
"""


def code_of(rule: str) -> str:
    """The code of a rule given by code or name; what is neither comes back in capitals, and finds nothing."""
    return next((code for code, name in known_rules() if name == rule.casefold()), rule.upper())


def known_rules() -> list[tuple[str, str]]:
    """Code and name of each, by code."""
    with connection.cursor() as cursor:
        cursor.execute(SKIPPING)
        return [(rule, name) for rule, name in cursor.fetchall()]
