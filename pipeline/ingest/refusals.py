"""What cannot be read, as a record: named, counted, and passed on like any page."""

from __future__ import annotations

from pipeline.errors import InputError, LimitExceeded, Unreadable
from pipeline.records import Failure, RawPage


def refused(source: str, error: Exception) -> RawPage:
    """The page that stands for what `source` could not give."""
    if isinstance(error, InputError):
        limit = error.limit if isinstance(error, LimitExceeded) else None
        return RawPage(source=source, failure=Failure(stage="ingest", code=error.code, message=str(error), limit=limit))
    if isinstance(error, OSError):
        code = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        message = "no such file or folder" if code == "missing" else f"cannot be read: {error.strerror or error}"
        return RawPage(source=source, failure=Failure(stage="ingest", code=code, message=message))
    message = f"{type(error).__name__}: {error}"
    return RawPage(source=source, failure=Failure(stage="ingest", code="defect", message=message))


def cut_off(name: str, number: int, error: InputError) -> RawPage:
    """The page that stands for record `number` of a container that cannot be read on from there."""
    if error.code == "truncated":
        error = Unreadable(f"the file ends inside record {number}: {error}", error.code)
    elif isinstance(error, Unreadable):
        error = Unreadable(f"record {number} and what follows it cannot be read: {error}", error.code)
    return refused(f"{name}#{number}", error)


def over(limit: str, what: str, allowed: int, unit: str = "bytes") -> LimitExceeded:
    """The error for `what` having more than `allowed` of `unit`."""
    return LimitExceeded(limit, f"{what} has at least {allowed + 1:,} {unit}", f"{allowed:,}")
