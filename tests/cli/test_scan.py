"""``unspun scan`` as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from pipeline.records import Assessment

ROOT = Path(__file__).parent.parent.parent
SPUN = "Ketamine Fundamentals Explained\n\n" + (
    "It may not be secure for check here people with a history of compound abuse and side results of the immune "
    "framework. " * 4
)
CLEAN = "How we help\n\n" + (
    "Our nurses visit people at home and talk with them about the week. They bring a bag and a good ear. " * 12
)


def unspun(*arguments: object, folder: Path = ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)],
        cwd=folder, input=stdin, capture_output=True, text=True, check=False,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"},
    )  # fmt: skip


def lines(output: str) -> list[Assessment]:
    """The assessments of a JSON Lines output."""
    return [msgspec.json.decode(line, type=Assessment) for line in output.splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with a spun page, a clean page and an empty one."""
    (tmp_path / "a.txt").write_text(SPUN)
    (tmp_path / "b.txt").write_text(CLEAN)
    (tmp_path / "c.html").write_text("")
    return tmp_path


def test_one_line_a_page_in_order(pages: Path) -> None:
    """JSON Lines: every page is there, in order, the unusable one as an error; exit code 1 says that one is flagged."""
    done = unspun("scan", ".", "--format", "jsonl", folder=pages)
    found = lines(done.stdout)
    assert [(Path(a.source).name, a.verdict) for a in found] == [("a.txt", "hold"), ("b.txt", "pass"), ("c.html", None)]
    assert found[2].error is not None
    assert (done.returncode, done.stderr) == (1, "")


def test_exit_codes(pages: Path) -> None:
    """0 nothing flagged, 1 something flagged, 2 the run failed; --exit-zero for schedulers."""
    assert unspun("scan", pages / "b.txt").returncode == 0
    assert unspun("scan", pages / "a.txt").returncode == 1
    assert unspun("scan", pages / "a.txt", "--exit-zero").returncode == 0
    assert unspun("scan", pages / "nowhere.txt").returncode == 2
    assert unspun("scan").returncode == 2


def test_only_flagged_leaves_out_what_passes_and_keeps_errors(pages: Path) -> None:
    """Nothing is lost: an error is not a pass."""
    found = lines(unspun("scan", pages, "-f", "jsonl", "--only-flagged").stdout)
    assert [Path(a.source).name for a in found] == ["a.txt", "c.html"]


def test_standard_input_and_lists(pages: Path) -> None:
    """- reads a page from standard input; --from-list reads paths."""
    (found,) = lines(unspun("scan", "-", "-f", "jsonl", stdin=SPUN).stdout)
    assert found.verdict == "hold"
    (pages / "list").write_text("# mine\na.txt\n\nb.txt\n")
    done = unspun("scan", "--from-list", "list", "-f", "jsonl", folder=pages)
    assert [a.verdict for a in lines(done.stdout)] == ["hold", "pass"]


@pytest.mark.parametrize("format", ["terminal", "jsonl", "csv", "parquet", "html", "sarif"])
def test_every_format_writes_its_file(pages: Path, format: str) -> None:
    """-o writes the file, and stdout stays empty."""
    done = unspun("scan", pages, "-f", format, "-o", pages / "out")
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert (pages / "out").stat().st_size > 200


def test_a_mistake_in_the_settings_is_one_line(pages: Path) -> None:
    """No traceback: the file, the key, the nearest known key; exit code 2."""
    (pages / "unspun.toml").write_text("[limits]\npage_byte = 1\n")
    done = unspun("scan", "a.txt", folder=pages)
    assert done.returncode == 2
    assert done.stderr == "unspun: unspun.toml: unknown key 'limits.page_byte'; did you mean 'page_bytes'?\n"


def test_a_policy_can_be_overridden(pages: Path) -> None:
    """unspun.toml changes a threshold, and the assessment says that it was another policy."""
    (pages / "unspun.toml").write_text("[policy.thresholds]\nreview = 0.999\nhold = 1.0\n")
    (found,) = lines(unspun("scan", "a.txt", "-f", "jsonl", folder=pages).stdout)
    assert found.verdict == "pass"
    assert found.versions.policy.startswith("1+")


def test_explain_shows_the_evidence_in_place(pages: Path) -> None:
    """explain prints the text with the finding, the suggestion and the reason."""
    done = unspun("explain", pages / "a.txt")
    assert done.returncode == 1, done.stderr
    assert "compound abuse" in done.stdout
    assert "substance abuse" in done.stdout
    assert "check here" in done.stdout


def test_rules_lists_and_explains() -> None:
    """rules lists every rule; rules CODE prints its page; an unknown code is said."""
    assert "SP101" in unspun("rules").stdout
    assert "What it must not flag:" in unspun("rules", "lk101").stdout
    assert "no rule 'XX1'" in unspun("rules", "XX1").stderr


def test_help_has_examples_for_every_verb() -> None:
    """Whoever asks for help sees how it is called."""
    for verb in ("scan", "explain", "rules", "evaluate"):
        assert f"unspun {verb}" in unspun(verb, "--help").stdout.replace("Usage: unspun", "")
