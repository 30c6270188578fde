"""The HTML report in a real browser: its script runs, and nothing that a page says does.

Needs chromium on the PATH; only the standard library drives it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.records import Assessment
from pipeline.report import RuleInfo, open_report
from tests.report.test_report import hostile, rule

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.slow,
]

Browse = Callable[..., str]

# Each would set the document's title or add an element with this id if any of it were run or rendered.
OWNED = "owned-by-page"
PAYLOADS = (
    f"<script>document.title='{OWNED}'</script>",
    f"</script><script>document.title='{OWNED}'</script>",
    f"<!--<script></script><b id={OWNED}>",
    f"<img src=x onerror=\"document.title='{OWNED}'\" id={OWNED}>",
    f"\"><svg onload=document.title='{OWNED}' id={OWNED}>",
    f"javascript:document.title='{OWNED}'",
    f"</title></style></textarea><b id={OWNED}>x</b>",
    f"' autofocus onfocus=document.title='{OWNED}' id='{OWNED}",
    f"{{{{constructor.constructor(\"document.title='{OWNED}'\")()}}}}",
    f"\u2028<b id={OWNED}>\x00</b>",
    f"&lt;b id={OWNED}&gt;",
)


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Open a file (with a fragment, perhaps) and give the document as it is when its script has run."""

    def dump(path: Path, fragment: str = "") -> str:
        assert CHROMIUM
        command = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000", "--dump-dom",
            path.as_uri() + fragment,
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, timeout=100, check=True).stdout.decode()

    return dump


def written(assessments: Sequence[Assessment], out: Path, rules: Sequence[RuleInfo]) -> Path:
    """A report over `assessments`."""
    with open_report("html", out, rules=rules) as report:
        for assessment in assessments:
            report.add(assessment)
    return out


def test_the_script_brings_the_table_to_life(
    assessments: Sequence[Assessment], rules: list[RuleInfo], tmp_path: Path, browse: Browse
) -> None:
    """Titles are links into the file, headers are buttons, the filter is shown and has counted the rows."""
    document = browse(written(assessments, tmp_path / "r.html", rules))
    assert document.count('<a class="title" href="#page-') == 7
    assert document.count('<button type="button">') == 8
    assert '<p id="status" role="status">7 pages</p>' in document
    assert '<div class="toolbar" id="toolbar">' in document


def test_a_page_opens_with_its_evidence_marked(
    assessments: Sequence[Assessment], rules: list[RuleInfo], tmp_path: Path, browse: Browse
) -> None:
    """An address with a page shows its title, text with marks and labels, evidence, claims and what was removed."""
    document = browse(written(assessments, tmp_path / "r.html", rules), "#page-0")
    view = document[document.index('<div id="page">') : document.index('<div id="tip"')]
    assert '<mark class="spin" tabindex="0" role="button"' in view
    assert ">compound abuse</mark>" in view
    assert '<span class="label spin" aria-hidden="true">SP101</span>' in view
    assert ">7 Things You Should Know</mark>" in view
    assert "Evidence, strongest first (10)" in view
    assert "Health claims (3)" in view
    assert "Removed from the page (3)" in view
    assert "<title>Ketamine for Novices: 7 Things You Should Know – Unspun report</title>" in document


@pytest.mark.parametrize("fragment", ["", "#page-0", "#page-3"])
def test_no_payload_runs_or_renders(fragment: str, tmp_path: Path, browse: Browse) -> None:
    """In title, text, quote, message, source, link, notes and rules: shown as text, in the table and in the view."""
    pages = [hostile(payload) for payload in (" ".join(PAYLOADS), *PAYLOADS)]
    document = browse(written(pages, tmp_path / "r.html", [rule(PAYLOADS[0])]), fragment)
    head, _, rest = document.partition("</title>")
    assert "Unspun report" in head
    assert not head.endswith(f">{OWNED}")
    assert f'id="{OWNED}"' not in rest
    assert "<svg onload" not in rest
    assert f"document.title='{OWNED}'" in rest
    assert "default-src 'none'" in document


def test_the_policy_stops_what_escaping_would_miss(
    assessments: Sequence[Assessment], rules: list[RuleInfo], tmp_path: Path, browse: Browse
) -> None:
    """A script and a handler put into the file by hand do not run: the policy holds by itself."""
    path = written(assessments, tmp_path / "r.html", rules)
    planted = f"<script>document.title='{OWNED}'</script><img src=x onerror=\"document.title='{OWNED}'\"></body>"
    path.write_text(path.read_text(encoding="utf-8").replace("</body>", planted), encoding="utf-8")
    head = browse(path).partition("</title>")[0]
    assert not head.endswith(OWNED)
    assert "4 of 8 pages" in head


def test_collected_payloads_do_not_run(bad_inputs: Path, tmp_path: Path, browse: Browse) -> None:
    """Some hundred known attack strings: no dialog holds the browser up, and no element of theirs appears."""
    lines = (bad_inputs / "xss-payloads/Intruder/xss-payload-list.txt").read_text(encoding="utf-8", errors="replace")
    payloads = [line for line in lines.splitlines() if line.strip()][::20]
    joined = hostile(" ".join(payloads[:200]))
    document = browse(written([joined, *map(hostile, payloads)], tmp_path / "r.html", [rule("x")]), "#page-0")
    before = document[: document.index('<div id="tip"')]
    for tag in ("<script", "<iframe", "<img", "<object", "<embed", "<link", "<base", "<form"):
        assert tag not in before
