"""Paths → raw pages: each file is located, opened and handed to the reader of its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import Unreadable
from pipeline.ingest import page
from pipeline.ingest.formats import reader_for, suffix_of
from pipeline.ingest.locate import files, shown
from pipeline.ingest.refusals import refused
from pipeline.ingest.streams import opened
from pipeline.records import RawPage
from pipeline.settings import Settings

TRAILING = "the bytes after the gzip data are not gzip and were not read"


def read(paths: Iterable[str | Path], settings: Settings, *, from_list: Path | None = None) -> Iterator[RawPage]:
    """The raw pages of files, folders, archives and standard input (``-``), one at a time, in order.

    `from_list` names a file with more paths, one a line (``-``: standard input). Raises nothing for what is
    missing, damaged, hostile or over a limit: each such file or record is one RawPage with `failure`.
    """
    for file in files(paths, from_list):
        if isinstance(file, RawPage):
            yield file
        else:
            yield from pages_of(file, settings)


def pages_of(path: str, settings: Settings) -> Iterator[RawPage]:
    """The raw pages of one file."""
    name = shown(path)
    try:
        with opened(path, name, suffix_of(path)) as source:
            reader = reader_for(source)
            yield from reader(source, settings)
            if source.inflated and source.inflated.trailing and reader is not page.pages:
                yield refused(name, Unreadable(TRAILING, "trailing"))
    except Exception as error:  # one bad file must not end the run; a defect of ours is labelled as one
        yield refused(name, error)
