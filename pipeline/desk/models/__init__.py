"""What the desk keeps. One file a table, or two that are never used apart."""

from __future__ import annotations

from pipeline.desk.models.api_token import ApiToken
from pipeline.desk.models.event import Event
from pipeline.desk.models.finding import Finding, FindingLabel
from pipeline.desk.models.item import Item, State
from pipeline.desk.models.lease import Lease
from pipeline.desk.models.person import LoginFailure, Preference
from pipeline.desk.models.saved_view import SavedView
from pipeline.desk.models.second_opinion import SecondOpinion
from pipeline.desk.models.version import SourcePage, Version
from pipeline.desk.models.webhook import Delivery, Webhook

__all__ = [
    "ApiToken",
    "Delivery",
    "Event",
    "Finding",
    "FindingLabel",
    "Item",
    "Lease",
    "LoginFailure",
    "Preference",
    "SavedView",
    "SecondOpinion",
    "SourcePage",
    "State",
    "Version",
    "Webhook",
]
