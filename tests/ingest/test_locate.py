"""Which files an argument stands for."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from pipeline.ingest import read
from pipeline.settings import Settings
from tests.ingest.conftest import codes

SETTINGS = Settings()


def names(paths: list[Path], **options: Path) -> list[str]:
    """The file names that are read, in order."""
    return [Path(page.source).name for page in read(paths, SETTINGS, **options)]


def test_folder_is_read_below_in_sorted_order(tmp_path: Path) -> None:
    """Files come by name, folders in their place; hidden files and unknown suffixes are left out."""
    for name in (
        "b.txt",
        "a/z.html",
        "a/.hidden.html",
        ".git/x.html",
        "c.md.gz",
        "notes.docx",
        "c.zip",
        "data.parquet.gz",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert names([tmp_path]) == ["z.html", "b.txt", "c.md.gz"]


def test_symlink_loop_ends(tmp_path: Path) -> None:
    """A link to a folder above is entered once, and its files come once."""
    (tmp_path / "a.html").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.html").symlink_to(tmp_path / "nothing")
    assert names([tmp_path]) == ["a.html"]


def test_missing_path_is_a_failure_and_reading_goes_on(tmp_path: Path) -> None:
    """A path that is not there is named with code "missing"; the next file is read."""
    (tmp_path / "a.html").write_bytes(b"x")
    pages = list(read([tmp_path / "nothing.html", tmp_path / "a.html"], SETTINGS))
    assert codes(pages) == ["missing", ""]
    assert pages[0].source.endswith("nothing.html")


@pytest.mark.parametrize("path", ["a\0b", "x" * 5_000])
def test_impossible_path_is_a_failure(path: str) -> None:
    """A path that no file can have is a failure, not a crash."""
    assert len(codes(read([path], SETTINGS))) == 1
    assert all(codes(read([path], SETTINGS)))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_a_failure(tmp_path: Path) -> None:
    """A file without permission is a failure with the system's word for it."""
    path = tmp_path / "a.html"
    path.write_bytes(b"x")
    path.chmod(0)
    (page,) = read([path], SETTINGS)
    assert page.failure
    assert "ermission" in page.failure.message


def test_name_that_is_not_utf8_can_be_written_down(tmp_path: Path) -> None:
    """A file name of stray bytes is escaped, so that records with it serialise."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.html"))
    path.write_bytes(b"x")
    (page,) = read([tmp_path], SETTINGS)
    assert page.data == b"x"
    assert page.source.encode().endswith(b"caf\\xe9.html")


def test_list_names_paths_one_a_line(tmp_path: Path) -> None:
    """Blank lines and comments are skipped, missing entries are failures, a list that is missing is one too."""
    (tmp_path / "a.html").write_bytes(b"x")
    (tmp_path / "list").write_text(f"# the list\n\n{tmp_path / 'a.html'}\r\n  {tmp_path / 'b.html'}  \n")
    assert names([], from_list=tmp_path / "list") == ["a.html", "b.html"]
    assert codes(read([], SETTINGS, from_list=tmp_path / "list")) == ["", "missing"]
    assert codes(read([], SETTINGS, from_list=tmp_path / "none")) == ["missing"]


def test_list_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--from-list -`` reads the paths from standard input."""
    (tmp_path / "a.html").write_bytes(b"x")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{tmp_path / 'a.html'}\n".encode())))
    assert names([], from_list=Path("-")) == ["a.html"]


@pytest.mark.parametrize(
    ("data", "sources"),
    [
        (b"<p>one page</p>", ["<stdin>"]),
        (b"plain words", ["<stdin>"]),
        (b'{"text": "a"}\n{"text": "b"}\n', ["<stdin>#1", "<stdin>#2"]),
    ],
)
def test_standard_input_is_sniffed(data: bytes, sources: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` is a page or JSON Lines, by its first bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [page.source for page in read(["-"], SETTINGS)] == sources
