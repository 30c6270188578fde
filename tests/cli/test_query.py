"""``unspun query`` as its users run it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_scan import unspun
from tests.report.test_query import PAGE


def test_a_letter_on_stdout_and_in_a_file(tmp_path: Path) -> None:
    """Plain text on stdout, Markdown in a file; exit code 0 either way."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    done = unspun("query", page)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Dear author," in done.stdout
    done = unspun("query", page, "--format", "markdown", "-o", tmp_path / "letter.md")
    assert (done.returncode, done.stdout) == (0, "")
    assert "**About" in (tmp_path / "letter.md").read_text()


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """An empty page, or a record that is not there, is an error with exit code 2."""
    (tmp_path / "empty.html").write_text("")
    assert unspun("query", tmp_path / "empty.html").returncode == 2
    (tmp_path / "page.txt").write_text(PAGE)
    done = unspun("query", tmp_path / "page.txt", "--record", 2)
    assert done.returncode == 2
    assert "has no record 2" in done.stderr
