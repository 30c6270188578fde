"""CSV with a header row, UTF-8, separated by comma, semicolon or tab. The record number counts the rows below it."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from pipeline.errors import InputError, LimitExceeded, Unreadable
from pipeline.ingest.columns import page_of, wanted
from pipeline.ingest.lines import bounded_lines
from pipeline.ingest.refusals import over, refused
from pipeline.ingest.streams import Source
from pipeline.records import RawPage
from pipeline.settings import Settings

SEPARATORS = ",;\t"


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """A page for each row. Raises Unreadable when no column holds text or HTML."""
    csv.field_size_limit(settings.limits.record_bytes)  # process-wide; `RowLines` is what holds the limit
    lines = RowLines(source, settings.limits.record_bytes)
    header, separator = read_header(lines, settings)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while not lines.ended:
        number += 1
        name = f"{source.name}#{number}"
        lines.spent = 0
        try:
            row = next(rows)
            if row:
                yield page_of(name, fields_of(row, header), settings.columns, settings.limits)
            else:
                number -= 1  # a blank line is no row
        except StopIteration:
            break
        except csv.Error as error:
            yield refused(name, Unreadable(f"not valid CSV: {error}", "malformed"))
        except InputError as error:
            yield refused(name, error)


def read_header(lines: RowLines, settings: Settings) -> tuple[list[str], str]:
    """The column names, and the separator with which one of them is a column of text or HTML."""
    line = next(lines, "")
    bodies = (*settings.columns.html, *settings.columns.text)
    for separator in SEPARATORS:
        try:
            header = next(csv.reader([line], delimiter=separator, strict=True), [])
        except csv.Error as error:
            raise Unreadable(f"the header row is not valid CSV: {error}", "malformed") from None
        names = [name.strip() for name in header]
        if not set(bodies).isdisjoint(names):
            repeated = next((name for name in wanted(settings.columns) if names.count(name) > 1), None)
            if repeated:
                raise Unreadable(f"column {repeated!r} appears twice in the header row", "duplicate-key")
            return names, separator
    raise Unreadable(
        f"the first row names none of the columns {', '.join(bodies)}; add a header row, or name your columns"
        " under [columns] in unspun.toml",
        "missing-field",
    )


def fields_of(row: list[str], header: list[str]) -> dict[str, object]:
    """The row by column name. Raises Unreadable when it has another number of columns than the header."""
    if len(row) != len(header):
        raise Unreadable(f"the row has {len(row)} columns, the header {len(header)}", "malformed")
    return dict(zip(header, row, strict=True))


class RowLines:
    """Lines for `csv.reader`, which asks for more while a quoted field is open: `spent` holds a row to its limit.

    Bytes that are not UTF-8 come as surrogates, and fail where the field is encoded again.
    """

    def __init__(self, source: Source, most: int) -> None:
        self.lines = bounded_lines(source.stream, most)
        self.most = most
        self.spent = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except (StopIteration, InputError):
            self.ended = True
            raise
        if isinstance(line, LimitExceeded):
            raise line
        self.spent += len(line)
        if self.spent > self.most:
            raise over("record_bytes", "the row", self.most)
        return line.decode("utf-8", "surrogateescape")
