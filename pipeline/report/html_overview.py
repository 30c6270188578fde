"""The parts of the HTML report that stand without JavaScript: headline, charts, rows, errors, rules.

Every function returns markup; every string from a page passes through `text`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from pipeline.records import AXES, Assessment, Versions
from pipeline.report import html_charts
from pipeline.report.report import RuleInfo
from pipeline.report.safe_text import one_line, shorten
from pipeline.report.tally import Tally

INDEX = "\0index\0"
"""Stands in a row for the page's place in the report, known only at the end."""
_RANK = {"hold": 2, "review": 1, "pass": 0}
_LONGEST = 300
_SHOWN_RULES = 20
# Scores at which a cell of the table is drawn stronger: a quarter, a half and four fifths of the scale.
_STEPS = (0.25, 0.5, 0.8)


def text(value: str) -> str:
    """`value` on one line, printable, escaped for text and for double-quoted attributes."""
    return escape(one_line(value))


def headline(tally: Tally) -> str:
    """What the run amounts to, in one sentence."""
    flagged = tally.verdicts["hold"] + tally.verdicts["review"]
    if not tally.pages:
        return "No pages were assessed"
    if not flagged:
        return f"Nothing flagged in {_pages(tally.pages)}"
    return f"{flagged:,} of {_pages(tally.pages)} need{'s' if flagged == 1 else ''} an editor"


def lede(tally: Tally) -> str:
    """The counts behind the headline."""
    words = {"hold": "on hold", "review": "to review", "pass": "passed", "error": "not assessed"}
    parts = [f"{tally.verdicts[verdict]:,} {word}" for verdict, word in words.items() if tally.verdicts[verdict]]
    pieces = f"{tally.evidence:,} piece{'' if tally.evidence == 1 else 's'} of evidence"
    return " · ".join([*parts, pieces])


def notices(tally: Tally, kept: int, complete: bool) -> str:
    """What a reader must know before trusting the counts: a run broken off, pages left out."""
    lines = []
    if not complete:
        lines.append("The run was interrupted: this report covers the pages assessed until then.")
    judged = tally.pages - tally.verdicts["error"]
    if kept < judged:
        lines.append(
            f"The {_pages(kept)} most at risk are listed; {judged - kept:,} less risky ones are counted in the "
            "summary only. Use the jsonl or parquet format for all of them."
        )
    return "".join(f'<p class="notice">{line}</p>' for line in lines)


def charts(tally: Tally) -> str:
    """Verdicts, axis scores, and the numbers behind both as a table."""
    judged = tally.pages - tally.verdicts["error"]
    multiples = "".join(html_charts.histogram(axis, tally.scores[axis]) for axis in AXES)
    return (
        f"<div><h2>Verdicts</h2>{html_charts.verdicts(tally)}</div>"
        f'<div><h2>Scores of {_pages(judged)}, by axis</h2><div class="multiples">{multiples}</div></div>'
        f"<details><summary>The numbers behind the charts</summary>{html_charts.numbers(tally)}</details>"
    )


def row(assessment: Assessment) -> str:
    """One row of the table of pages."""
    verdict = assessment.verdict or "error"
    reason = shorten(assessment.reasons[0], _LONGEST) if assessment.reasons and verdict != "pass" else ""
    title = shorten(assessment.title or "", _LONGEST) or "Untitled page"
    scores = "".join(_score(axis, getattr(assessment.scores, axis)) for axis in AXES)
    return (
        f'<tr data-page="{INDEX}" data-verdict="{verdict}">'
        f'<td data-key="{_RANK.get(verdict, 3)}"><span class="verdict {verdict}">{verdict.upper()}</span></td>'
        f'<td class="num risk">{assessment.risk:.2f}</td>'
        f'<th scope="row"><span class="title" dir="auto">{text(title)}</span>'
        + (f'<span class="reason" dir="auto">{text(reason)}</span>' if reason else "")
        + f'<span class="source">{text(shorten(assessment.source, _LONGEST))}</span></th>'
        f'{scores}<td class="num axis">{len(assessment.evidence)}</td></tr>'
    )


def _score(axis: str, value: float) -> str:
    step = sum(value >= limit for limit in _STEPS)
    return f'<td class="num axis {axis} s{step}"><span>{value:.2f}</span></td>'


def errors(failed: Sequence[Assessment], tally: Tally) -> str:
    """Pages that could not be assessed and rules that failed; empty when there are none."""
    if not failed:
        return ""
    body = "".join(
        f'<tr><td class="code">{text(a.error.code)}</td><td>{text(shorten(a.error.message, _LONGEST))}</td>'
        f'<td><span class="source">{text(shorten(a.source, _LONGEST))}</span></td>'
        f'<td class="fixed">{"Not assessed" if a.verdict is None else "One rule failed"}</td></tr>'
        for a in failed
        if a.error
    )
    total = sum(tally.failures.values())
    more = f'<p class="muted">The first {len(failed):,} are listed.</p>' if total > len(failed) else ""
    return (
        f'<section class="aside"><h2>Errors ({total:,})</h2><table><thead><tr><th scope="col">Code</th>'
        '<th scope="col">What happened</th><th scope="col">Source</th><th scope="col">Effect</th></tr></thead>'
        f"<tbody>{body}</tbody></table>{more}</section>"
    )


def rules(tally: Tally, known: Mapping[str, RuleInfo]) -> str:
    """The rules that fired on most pages, with what they look for."""
    if not tally.rules:
        return ""
    body = "".join(
        f'<tr><td class="num">{pages:,}</td><td class="code">{text(code)}</td><td class="fixed">{text(name)}</td>'
        f"<td>{text(known[code].message) if code in known else ''}</td></tr>"
        for code, name, pages in tally.top_rules(_SHOWN_RULES)
    )
    return (
        '<section class="aside"><h2>Most frequent rules</h2><table><thead><tr><th scope="col" class="num">Pages</th>'
        '<th scope="col" class="code">Code</th><th scope="col">Rule</th><th scope="col">Looks for</th></tr></thead>'
        f"<tbody>{body}</tbody></table></section>"
    )


def versions(made_by: Versions) -> str:
    """What produced the assessments, for people."""
    models = "".join(f", {name} {version}" for name, version in made_by.models.items())
    policy = f", policy {made_by.policy}" if made_by.policy else ""
    return f"Unspun {made_by.unspun}{policy}{models}"


def colophon(made_by: str, now: datetime) -> str:
    """When and by what the report was made, and what it is not."""
    when = f"{now:%d %B %Y, %H:%M} UTC".lstrip("0")
    return (
        f"Written {when} by {text(made_by or 'Unspun')}. "
        "Evidence is a reason to look, not proof: the verdict is yours. Links are shown as text and lead nowhere."
    )


def _pages(number: int) -> str:
    return f"{number:,} page{'' if number == 1 else 's'}"
