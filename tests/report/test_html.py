"""The HTML report, as a file: what stands in it before any script runs."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.records import Assessment
from pipeline.report import RuleInfo, html, open_report
from pipeline.report.html import HtmlReport
from pipeline.report.html_data import page_data
from pipeline.report.output import WholeFile
from tests.report.conftest import OVERLAPPING, SPUN, page, seen
from tests.report.test_report import hostile, interrupted, rule


class Outline(HTMLParser):
    """The elements of a document, and the text of each script and style."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[str] = []
        self._within = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within in ("script", "style"):
            self.blocks.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each `tag`."""
        return [attributes for name, attributes in self.elements if name == tag]


def written(assessments: Sequence[Assessment], out: Path, rules: Sequence[RuleInfo] = ()) -> str:
    """The markup of a report over `assessments`."""
    with open_report("html", out, rules=rules) as report:
        for assessment in assessments:
            report.add(assessment)
    return out.read_text(encoding="utf-8")


def data_of(markup: str) -> list[dict[str, Any]]:
    """The page data within `markup`."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', markup, re.DOTALL)
    assert found
    pages = json.loads(found[1])
    assert isinstance(pages, list)
    return pages


def test_the_policy_allows_this_style_and_this_script_alone(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """default-src none, hashes that fit the blocks, and nothing inline besides."""
    outline = Outline(written(assessments, tmp_path / "out.html"))
    policy = outline.named("meta")[1]["content"] or ""
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    style, script = (b64encode(sha256(block.encode()).digest()).decode() for block in outline.blocks[:2])
    assert f"style-src 'sha256-{style}'" in policy
    assert f"script-src 'sha256-{script}'" in policy
    for _, attributes in outline.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_the_file_needs_no_network(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """No element loads anything, and no link leads out of the file."""
    outline = Outline(written(assessments, tmp_path / "out.html"))
    assert {name for name, _ in outline.elements}.isdisjoint({"img", "link", "iframe", "object", "base", "form"})
    assert not [a for _, a in outline.elements if "src" in a]
    assert all((a.get("href") or "").startswith("#") for a in outline.named("a"))


def test_without_javascript_table_and_summary_stand(
    assessments: Sequence[Assessment], rules: list[RuleInfo], tmp_path: Path
) -> None:
    """Rows, headline, charts with text alternatives, errors and rules are in the markup."""
    markup = written(assessments, tmp_path / "out.html", rules)
    assert "4 of 8 pages need an editor" in markup
    assert markup.count("<tr data-page=") == 7
    assert "Pages by verdict: 2 hold, 2 review, 3 pass, 1 error" in markup
    assert 'aria-label="Spin scores: 2 of 7 pages at 0.5 or more"' in markup
    assert "page_bytes under [limits]" in markup
    assert "a fixed term rendered word by word" in markup


def test_the_most_urgent_page_comes_first(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """Held before review before passed, then by risk; rows and data are in the same order."""
    markup = written(tuple(reversed(assessments)), tmp_path / "out.html")
    pages = data_of(markup)
    assert [p["verdict"] for p in pages] == ["hold", "hold", "review", "review", "pass", "pass", "pass"]
    assert [p["risk"] for p in pages] == [0.97, 0.91, 0.55, 0.48, 0.09, 0.03, 0.02]
    assert re.findall(r'data-page="(\d)" data-verdict="(\w+)"', markup)[2] == ("2", "review")


def test_past_the_cap_the_least_urgent_go_and_the_report_says_so(
    assessments: Sequence[Assessment], tmp_path: Path
) -> None:
    """The summary still counts them all."""
    with HtmlReport(WholeFile(tmp_path / "out"), (), max_pages=3) as report:
        for assessment in assessments:
            report.add(assessment)
    markup = (tmp_path / "out").read_text(encoding="utf-8")
    assert [p["risk"] for p in data_of(markup)] == [0.97, 0.91, 0.55]
    assert "The 3 pages most at risk are listed; 4 less risky ones are counted" in markup
    assert "4 of 8 pages need an editor" in markup


def test_memory_is_bounded_by_bytes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long pages reach the cap before many pages do; one page is always kept."""
    monkeypatch.setattr(html, "MAX_BYTES", 50_000)
    pages = [page(f"{n}", "word " * 4000, verdict="review", risk=n / 10) for n in range(9)]
    assert [p["risk"] for p in data_of(written(pages, tmp_path / "out"))] == [0.8, 0.7]


def test_an_interrupted_run_says_so(assessments: Sequence[Assessment], tmp_path: Path) -> None:
    """A reader must not take part of a run for all of it."""
    with pytest.raises(KeyboardInterrupt):
        interrupted("html", tmp_path / "out", assessments[0])
    assert "The run was interrupted" in (tmp_path / "out").read_text(encoding="utf-8")


def test_attack_strings_add_no_element(bad_inputs: Path, tmp_path: Path) -> None:
    """Whatever the pages say, the elements of the document are those of the report."""
    lines = (bad_inputs / "xss-payloads/Intruder/xss-payload-list.txt").read_text(encoding="utf-8", errors="replace")
    payloads = [line for line in lines.splitlines() if line.strip()][::8]
    payloads += [p for case in (bad_inputs / "bleach-xss/tests/data").iterdir() for p in case.read_text().split("--")]
    calm = Outline(written([hostile("calm")] * len(payloads), tmp_path / "calm", [rule("calm")]))
    odd = Outline(written([hostile(p) for p in payloads], tmp_path / "odd", [rule("<script>alert(1)</script>")]))
    assert [name for name, _ in odd.elements] == [name for name, _ in calm.elements]
    assert [sorted(attributes) for _, attributes in odd.elements] == [sorted(a) for _, a in calm.elements]


def test_page_data_cuts_by_code_points(assessments: Sequence[Assessment]) -> None:
    """Segments join to the text of each block, beyond the basic plane too; ranks point at the evidence."""
    for assessment in assessments:
        data = page_data(assessment)
        for block, (kind, cut) in zip(assessment.blocks, data["blocks"], strict=True):
            assert kind == block.kind
            assert "".join(text for text, _, _ in cut) == assessment.text[block.start : block.end]
    cut = page_data(OVERLAPPING)["blocks"][0][1]
    rules = [e["rule"] for e in page_data(OVERLAPPING)["evidence"]]
    (inner,) = [ranks for text, ranks, _ in cut if text == "swelling"]
    assert [rules[rank] for rank in inner] == ["CL101", "CL102", "SP102"]


def test_evidence_about_the_title_is_marked_there() -> None:
    """It is listed as in the title, and the title's segments carry it."""
    data = page_data(SPUN)
    (rank,) = [n for n, e in enumerate(data["evidence"]) if e["where"] == "title"]
    assert data["title"][-1] == ["7 Things You Should Know", [rank], [rank]]


def test_evidence_past_the_cap_is_counted() -> None:
    """A page with thousands of odd words is cut to its strongest, and says how many it has."""
    one = seen("word", "SP102", "word", "m", 0.1)
    many = msgspec.structs.replace(SPUN, evidence=SPUN.evidence + (one,) * 2000)
    data = page_data(many)
    assert (len(data["evidence"]), data["evidenceTotal"], data["unmarked"]) == (500, 2010, 1510)
    assert data["evidence"][0]["quote"] == "compound abuse"


def test_a_very_long_text_is_cut_with_a_note() -> None:
    """The page view stays quick, and says how much is left out."""
    long = page("s", *(["x" * 90_000] * 4), verdict="hold", risk=1.0)
    blocks = page_data(long)["blocks"]
    assert len(blocks) == 4
    assert blocks[-1][1][0][0].endswith("more characters")
