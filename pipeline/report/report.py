"""What a report is, and what it may be told about the rules."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from pipeline.errors import UnspunError
from pipeline.records import Assessment, Axis, Record


class ReportError(UnspunError):
    """A report that cannot be written: the message names the file or format, and what to do."""


class RuleInfo(Record, frozen=True):
    """What a report may say about a rule beyond its evidence."""

    code: str
    name: str
    axis: Axis
    message: str


class Report(Protocol):
    """Takes assessments as they come; complete once closed. Used with ``with``, so that Ctrl-C closes it too."""

    def add(self, assessment: Assessment) -> None:
        """Report one assessment."""
        ...

    def close(self, *, complete: bool = True) -> None:
        """Write what is still to be written. `complete` is false when the run broke off before its last page."""
        ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close(complete=exc_type is None)
