"""What the desk keeps. One file a table, or two that are never used apart."""

from __future__ import annotations

from pipeline.desk.models.event import Event
from pipeline.desk.models.finding import Finding, FindingLabel
from pipeline.desk.models.item import Item, State
from pipeline.desk.models.lease import Lease
from pipeline.desk.models.person import LoginFailure, Preference
from pipeline.desk.models.saved_view import SavedView
from pipeline.desk.models.version import SourcePage, Version

__all__ = [
    "Event",
    "Finding",
    "FindingLabel",
    "Item",
    "Lease",
    "LoginFailure",
    "Preference",
    "SavedView",
    "SourcePage",
    "State",
    "Version",
]
