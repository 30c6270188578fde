"""Arguments → files: folders walked in sorted order, lists read line by line, loops and hidden files left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.ingest.formats import is_readable_name
from pipeline.ingest.refusals import refused
from pipeline.ingest.streams import STDIN, open_raw
from pipeline.records import RawPage

LIST_LINE_BYTES = 64_000  # far above PATH_MAX (4,096 bytes on Linux)


def files(paths: Iterable[str | Path], from_list: Path | None = None) -> Iterator[str | RawPage]:
    """Each file to read, as a path or ``-``; what is not there or cannot be listed comes as a refusal.

    In a folder only names of known formats are taken. A file named outright is always taken.
    """
    for path in paths:
        yield from expand(str(path))
    if from_list is not None:
        yield from listed(from_list)


def listed(path: Path) -> Iterator[str | RawPage]:
    """The files that a list names, one a line; blank lines and lines starting with # are skipped."""
    try:
        with open_raw(str(path)) as lines:
            while line := lines.readline(LIST_LINE_BYTES):
                entry = os.fsdecode(line.strip())
                if entry and not entry.startswith("#"):
                    yield from expand(entry)
    except OSError as error:
        yield refused(shown(str(path)), error)


def expand(path: str) -> Iterator[str | RawPage]:
    """`path` itself, or the files below it when it is a folder."""
    try:
        is_folder = path != STDIN and Path(path).is_dir()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield refused(shown(path), OSError(str(error)))
        return
    if is_folder:
        yield from below(path)
    else:
        yield path


def below(folder: str) -> Iterator[str | RawPage]:
    """The files of known formats below `folder`, by name. Each real folder is entered once, so links cannot loop."""
    entered: set[tuple[int, int]] = set()
    ahead = [folder]
    while ahead:
        path = ahead.pop()
        try:
            if not Path(path).is_dir():
                if Path(path).is_file() and is_readable_name(path):
                    yield path
                continue
            status = Path(path).stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208 - names only
        except OSError as error:
            yield refused(shown(path), error)
            continue
        ahead.extend(str(Path(path, name)) for name in reversed(names))


def shown(path: str) -> str:
    """`path` as it stands in records: bytes of the name that are not UTF-8 are written as escapes."""
    return "<stdin>" if path == STDIN else path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
