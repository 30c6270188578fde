"""HTML: one self-contained file for editors: a summary, a sortable table, each page with its evidence marked.

Opens without a network. Nothing of a scraped page is rendered: text only, under a content security policy that
allows this file's own style and script by their hashes and nothing else. The most risky pages are kept, up to
`MAX_PAGES` and `MAX_BYTES`; the summary counts them all, and the report says when some were left out.
"""

from __future__ import annotations

import heapq
from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from itertools import count
from pathlib import Path
from string import Template
from typing import NamedTuple

import msgspec

from pipeline.records import Assessment
from pipeline.report import html_overview as overview
from pipeline.report.html_data import page_data
from pipeline.report.output import WholeFile
from pipeline.report.report import Report, RuleInfo
from pipeline.report.safe_text import well_formed
from pipeline.report.tally import Tally

MAX_PAGES = 5_000
MAX_BYTES = 64_000_000
"""Of page data: past this, a browser takes seconds to open the file."""
MAX_ERRORS = 1_000

_STYLES = ("base.css", "overview.css", "page.css")
_SCRIPTS = ("dom.js", "table.js", "page.js", "tip.js", "keys.js")
_URGENCY = {"hold": 2, "review": 1, "pass": 0}
_DATA_MARK = "\0data\0"


class _Kept(NamedTuple):
    """A page in the report. Ordered so that the first to go is the least urgent, and of equals the latest."""

    urgency: int
    risk: float
    age: int
    row: str
    data: bytes


class HtmlReport(Report):
    """Keeps the most risky pages, within bounds, and writes the file when closed."""

    def __init__(self, file: WholeFile, rules: Sequence[RuleInfo], *, max_pages: int = MAX_PAGES) -> None:
        self._file = file
        self._rules = {rule.code: rule for rule in rules}
        self._max_pages = max_pages
        self._tally = Tally()
        self._kept: list[_Kept] = []
        self._size = 0
        self._age = count(0, -1)
        self._errors: list[Assessment] = []
        self._versions = ""

    def add(self, assessment: Assessment) -> None:
        """Keep the page, or its error."""
        assessment = well_formed(assessment)
        self._tally.add(assessment)
        self._versions = self._versions or overview.versions(assessment.versions)
        if assessment.error and len(self._errors) < MAX_ERRORS:
            self._errors.append(assessment)
        if assessment.verdict is None:
            return
        kept = _Kept(
            _URGENCY[assessment.verdict],
            assessment.risk,
            next(self._age),
            overview.row(assessment),
            # "<" ends no script element and opens no comment when it is written as an escape
            msgspec.json.encode(page_data(assessment)).replace(b"<", b"\\u003c"),
        )
        heapq.heappush(self._kept, kept)
        self._size += len(kept.data)
        while len(self._kept) > self._max_pages or (self._size > MAX_BYTES and len(self._kept) > 1):
            self._size -= len(heapq.heappop(self._kept).data)

    def close(self, *, complete: bool = True) -> None:
        """Write the file."""
        self._kept.sort(reverse=True)
        with self._file as stream:
            head, tail = self._render(complete).split(_DATA_MARK)
            stream.write(head.encode() + b"[")
            for index, page in enumerate(self._kept):
                stream.write(b",\n" + page.data if index else page.data)
            stream.write(b"]" + tail.encode())

    def _render(self, complete: bool) -> str:
        style = _assets(_STYLES)
        script = _assets(_SCRIPTS)
        tally = self._tally
        rows = "\n".join(page.row.replace(overview.INDEX, str(index)) for index, page in enumerate(self._kept))
        return Template(_assets(("report.html",))).substitute(
            policy=policy(style, script),
            style=style,
            script=script,
            headline=overview.headline(tally),
            lede=overview.lede(tally),
            notices=overview.notices(tally, len(self._kept), complete),
            charts=overview.charts(tally),
            rows=rows,
            errors=overview.errors(self._errors, tally),
            rules=overview.rules(tally, self._rules),
            colophon=overview.colophon(self._versions, datetime.now(UTC)),
            data=_DATA_MARK,
        )


def policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, by hash; no other load, frame, form or base."""
    return (
        "default-src 'none'; "
        f"style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _assets(names: Sequence[str]) -> str:
    folder = files("pipeline.report") / "assets"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def open_report(out: Path | None, rules: Sequence[RuleInfo]) -> Report:
    """An HTML report to `out` or stdout."""
    return HtmlReport(WholeFile(out), rules)
