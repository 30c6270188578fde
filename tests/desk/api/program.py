"""A program that uses the API, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pipeline.desk.services import tokens


class Program:
    """Asks with a token; CSRF is checked as for a browser."""

    def __init__(self, token: str | None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    @classmethod
    def of(cls, person: User, now: datetime | None = None) -> Program:
        """A program that acts for somebody."""
        return cls(tokens.create(person, "tests", now or timezone.now(), who=None)[1])

    def get(self, path: str, **parameters: Any) -> HttpResponse:
        """Read."""
        return self.client.get(f"/api/v1/{path}", parameters, headers=self.headers)  # type: ignore[return-value]

    def post(self, path: str, body: Any = None, **extra: Any) -> HttpResponse:
        """Write."""
        extra = {"content_type": "application/json", **extra}
        return self.client.post(f"/api/v1/{path}", body, headers=self.headers, **extra)  # type: ignore[return-value]
