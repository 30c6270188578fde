"""API tokens: shown once, kept hashed, with an end.

A token is 256 random bits, so that a plain sha256 keeps it: there is nothing to guess, and every request hashes one.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from pipeline.desk import roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import ApiToken
from pipeline.desk.services.audit import administered

MARK = "unspun_"
"""Every token begins so: scanners for leaked secrets can be told of it."""
SHOWN = len(MARK) + 6
DAYS = 90
MOST_DAYS = 366
LONGEST_NAME = 60
USED_STEP = timedelta(minutes=10)
"""How exact "last used" is: a request does not wait for a write."""


def create(person: User, name: str, now: datetime, *, who: User | None, days: int = DAYS) -> tuple[ApiToken, str]:
    """A new token for `person`, and the words of it, which nobody can see again.

    `who` makes it; None is the command line, which needs no role. Raises Invalid for a name or a time that cannot be
    used.
    """
    _demand(who)
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"a token needs a name of at most {LONGEST_NAME} characters")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"a token lives 1 to {MOST_DAYS} days")
    if not person.is_active:
        raise Invalid(f"{person.get_username()} is not active")
    token = MARK + secrets.token_urlsafe(32)
    with transaction.atomic():
        made = ApiToken.objects.create(
            person=person,
            name=name,
            prefix=token[:SHOWN],
            digest=digest(token),
            made_by=who,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        administered(who, now, "made a token", token=made.prefix, name=name, person=person.get_username(), days=days)
    return made, token


def revoke(token_id: int, now: datetime, *, who: User | None) -> ApiToken:
    """End a token at once. Raises Invalid where there is none, or it is ended already."""
    _demand(who)
    with transaction.atomic():
        token = ApiToken.objects.select_related("person").filter(pk=token_id).first()
        if token is None:
            raise Invalid(f"there is no token {token_id}")
        if not ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=now):
            raise Invalid(f"token {token.prefix}… is revoked already")
        token.revoked_at = now
        administered(who, now, "revoked a token", token=token.prefix, person=token.person.get_username())
    return token


def holder(given: str, now: datetime) -> ApiToken | None:
    """The token with these words, where it stands: neither past its end nor revoked, its person active."""
    if not given.startswith(MARK) or len(given) > 100:
        return None
    stands = ApiToken.objects.select_related("person").filter(
        digest=digest(given), revoked_at=None, expires_at__gt=now, person__is_active=True
    )
    token = stands.first()
    if token is not None and (token.used_at is None or now - token.used_at >= USED_STEP):
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
    return token


def standing(now: datetime) -> Q:
    """The condition on tokens that can be used."""
    return Q(revoked_at=None, expires_at__gt=now)


def all_tokens() -> QuerySet[ApiToken]:
    """All that ever were, newest first."""
    return ApiToken.objects.select_related("person", "made_by").order_by("-pk")


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _demand(who: User | None) -> None:
    if who is not None:
        roles.demand(who, roles.MANAGE)
