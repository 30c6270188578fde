"""SARIF 2.1.0: for code-scanning dashboards and editors (OASIS standard, 27 March 2020).

A span of evidence counts characters of the cleaned text, not of the source file, so it stands in `properties`
(`textStart`, `textEnd`); a region is given only where the evidence knows its line in the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from pipeline import __version__
from pipeline.records import Assessment, Evidence
from pipeline.report.output import WholeFile
from pipeline.report.report import Report, RuleInfo
from pipeline.report.safe_text import well_formed

Level = Literal["error", "warning", "note"]
STRONG = 0.7
"""Strength from which evidence on a held page is an error."""
MODERATE = 0.4

_HEAD = b'{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":['
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
# RFC 3986: all that may stand unescaped in a URI, and % for what is escaped already.
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~"
_BARE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


class SarifReport(Report):
    """Streams results; the rules, which SARIF wants described, and the errors follow at the end."""

    def __init__(self, file: WholeFile, rules: Sequence[RuleInfo]) -> None:
        self._file = file
        self._rules = {rule.code: rule for rule in rules}
        self._order = {code: index for index, code in enumerate(self._rules)}
        self._notifications: list[dict[str, Any]] = []
        self._first = True
        self._file.stream.write(_HEAD)

    def add(self, assessment: Assessment) -> None:
        """Write one result for each piece of evidence."""
        assessment = well_formed(assessment)
        for item in assessment.evidence:
            if item.rule not in self._rules:
                self._rules[item.rule] = RuleInfo(code=item.rule, name=item.name, axis=item.axis, message=item.name)
                self._order[item.rule] = len(self._order)
            encoded = msgspec.json.encode(result(assessment, item) | {"ruleIndex": self._order[item.rule]})
            self._file.stream.write(encoded if self._first else b",\n" + encoded)
            self._first = False
        if assessment.error:
            self._notifications.append(notification(assessment))

    def close(self, *, complete: bool = True) -> None:
        """Write the rules and errors, and give the file its name."""
        driver = {"name": "unspun", "version": __version__, "rules": [described(r) for r in self._rules.values()]}
        invocation = {"executionSuccessful": complete, "toolExecutionNotifications": self._notifications}
        tail = {"tool": {"driver": driver}, "invocations": [invocation], "columnKind": "unicodeCodePoints"}
        with self._file as stream:
            stream.write(b"]," + msgspec.json.encode(tail)[1:] + b"]}\n")


def described(rule: RuleInfo) -> dict[str, Any]:
    """One reportingDescriptor."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.message or rule.name},
        "properties": {"tags": [rule.axis]},
    }


def result(assessment: Assessment, item: Evidence) -> dict[str, Any]:
    """One result, without its ruleIndex."""
    message = item.message or item.name
    if item.suggestions:
        message += f" Suggested: {', '.join(item.suggestions)}."
    properties: dict[str, Any] = {"axis": item.axis, "strength": item.strength, "quote": item.quote}
    if item.start is not None and item.end is not None:
        properties |= {"textStart": item.start, "textEnd": item.end}
    identity = "\0".join((item.rule, item.quote, assessment.source))
    return {
        "ruleId": item.rule,
        "level": level(assessment, item),
        "message": {"text": message},
        "locations": [location(assessment.source, item)],
        "partialFingerprints": {"ruleQuoteSource/v1": sha256(identity.encode()).hexdigest()},
        "properties": properties | {"pageId": assessment.id, "verdict": assessment.verdict},
    }


def level(assessment: Assessment, item: Evidence) -> Level:
    """Error for strong evidence on a held page; on a page that passes, never more than a note."""
    if assessment.verdict == "hold" and item.strength >= STRONG:
        return "error"
    if assessment.verdict in ("hold", "review") and item.strength >= MODERATE:
        return "warning"
    return "note"


def location(source: str, item: Evidence | None = None) -> dict[str, Any]:
    """Where the page is; with a line of the source where the evidence knows it."""
    uri, record = artifact(source)
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    line = item.related.get("line") if item else None
    if item and isinstance(line, int) and not isinstance(line, bool) and line >= 1:
        physical["region"] = {"startLine": line, "snippet": {"text": item.quote}}
    place: dict[str, Any] = {"physicalLocation": physical}
    if record:
        place["logicalLocations"] = [{"name": record, "fullyQualifiedName": source, "kind": "record"}]
    return place


def artifact(source: str) -> tuple[str, str]:
    """`source` as a percent-encoded URI, and the record within it ("" where it is not ``file#record``)."""
    if _URL.match(source):
        return quote(_BARE_PERCENT.sub("%25", source), safe=_URL_SAFE), ""
    path, _, record = source.partition("#")
    if path.startswith("/"):
        return "file://" + quote(path), record
    first, slash, rest = path.partition("/")  # a colon in the first segment would read as a scheme
    return quote(first, safe="") + quote(slash + rest), record


def notification(assessment: Assessment) -> dict[str, Any]:
    """One error: a page without a verdict, or a rule that failed on a page."""
    assert assessment.error
    error = assessment.error
    return {
        "level": "error" if assessment.verdict is None else "warning",
        "message": {"text": f"{assessment.source}: {error.message}"},
        "descriptor": {"id": f"{error.stage}/{error.code}"},
        "locations": [location(assessment.source)],
        "properties": {"limit": error.limit} if error.limit else {},
    }


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:
    """A SARIF report to `out` or stdout."""
    return SarifReport(WholeFile(out), rules)
