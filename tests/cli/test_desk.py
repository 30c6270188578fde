"""``unspun desk`` and ``unspun intake``, as their users run them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.test_scan import CLEAN, SPUN, unspun

PASSWORD = "a word for the desk"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a desk that is not there yet."""
    for name in [name for name in os.environ if name.startswith("UNSPUN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UNSPUN_DESK_HOME", str(tmp_path / "desk"))
    monkeypatch.setenv("UNSPUN_DESK_PASSWORD", PASSWORD)
    return tmp_path / "desk"


def test_init_makes_a_desk_once(desk: Path) -> None:
    """Its key for its owner alone; a second time is refused, and nothing is lost."""
    done = unspun("desk", "init")
    assert done.returncode == 0, done.stderr
    key = desk / "secret.key"
    assert (key.stat().st_mode & 0o777, desk.stat().st_mode & 0o777) == (0o600, 0o700)
    before = key.read_text()
    again = unspun("desk", "init")
    assert again.returncode == 2
    assert again.stderr.startswith("unspun: ")
    assert "there is a desk already" in again.stderr
    assert key.read_text() == before


@pytest.mark.parametrize("password", ["short", "password123", "administrator"])
def test_no_weak_password(desk: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Too short, too common, or the name itself: refused, with the reason, and there is no default."""
    monkeypatch.setenv("UNSPUN_DESK_PASSWORD", password)
    done = unspun("desk", "init", "--admin", "administrator")
    assert (done.returncode, done.stdout) == (2, "")
    assert "password" in done.stderr


def test_nothing_to_ask_a_password_of(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal the variable is named."""
    monkeypatch.delenv("UNSPUN_DESK_PASSWORD")
    assert "set UNSPUN_DESK_PASSWORD" in unspun("desk", "init").stderr


def test_without_a_desk(desk: Path) -> None:
    """Serving and taking in name the command that makes one."""
    for verb in (("desk", "serve"), ("intake", ".")):
        done = unspun(*verb)
        assert (done.returncode, "`unspun desk init` makes one" in done.stderr) == (2, True), verb


def test_intake_says_what_became_of_the_pages(desk: Path, tmp_path: Path) -> None:
    """New, unchanged, changed; --again assesses all; a page that is not there is an error, not an item."""
    assert unspun("desk", "init").returncode == 0
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(SPUN)
    (pages / "b.txt").write_text(CLEAN)
    assert unspun("intake", pages).stdout == "2 new\n"
    assert unspun("intake", pages).stdout == "2 unchanged\n"
    assert unspun("intake", pages, "--again").stdout == "2 unchanged\n"
    (pages / "b.txt").write_text(CLEAN + "They like the weather. " * 3)
    assert unspun("intake", "pages", folder=tmp_path).stdout == "1 changed, 1 unchanged\n", (
        "the same file, by another path"
    )
    done = unspun("intake", pages / "c.txt")
    assert (done.returncode, done.stdout) == (2, "no pages\n")
    assert "no such file" in done.stderr


def test_a_database_that_is_no_postgresql(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another kind, or none that answers, is one clear line."""
    assert unspun("desk", "init").returncode == 0
    for url, said in (
        ("mysql://a/b", "postgres://"),
        ("nonsense", "postgres://"),
        ("postgres://x@127.0.0.1:1/x", "does not answer"),
    ):
        monkeypatch.setenv("UNSPUN_DATABASE_URL", url)
        done = unspun("desk", "serve")
        assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr
