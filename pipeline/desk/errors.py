"""What can go wrong on the desk, in words an editor can act on.

::

    DeskError            (an UnspunError: the command prints it as one line)
    ├── HomeError        the desk's folder is missing, damaged or already there
    ├── NotAllowed       the role of this person does not permit it
    ├── Invalid          a value that cannot be used: an unknown action, too long a note
    └── Conflict         the item is not as it was when the page was shown; nothing was changed
        ├── Stale        …it has a newer version, or somebody has decided it
        └── Leased       …somebody else is at it (`holder`, `until`)
"""

from __future__ import annotations

from datetime import datetime

from pipeline.errors import UnspunError


class DeskError(UnspunError):
    """Base of all errors of the desk."""


class HomeError(DeskError):
    """The folder of a desk that cannot be used."""


class NotAllowed(DeskError):
    """A role that does not permit an action."""


class Invalid(DeskError):
    """A value that cannot be used."""


class Conflict(DeskError):
    """The item is not as it was when it was shown. Nothing was changed."""


class Stale(Conflict):
    """A newer version, or a decision by somebody else."""


class Leased(Conflict):
    """Somebody else is at the item."""

    def __init__(self, holder: str, until: datetime) -> None:
        super().__init__(f"{holder} is at this item until {until:%H:%M} UTC, or longer while it stays open there")
        self.holder = holder
        self.until = until
