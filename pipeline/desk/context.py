"""What every page knows: who looks at it, and their keys."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from pipeline.desk import roles
from pipeline.desk.services.preferences import keys_of
from pipeline.desk.shown.keys import keys_for


def every_page(request: HttpRequest) -> dict[str, Any]:
    """`key.<action>` is the key of an action; empty where somebody turned the keys off."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    keys = keys_for(keys_of(user))
    return {
        "keys": keys,
        "key": {key.action: key.key for key in keys},
        "may_export": roles.may(user, roles.EXPORT),
        "may_manage": roles.may(user, roles.MANAGE),
        "may_decide": roles.may(user, roles.DECIDE),
    }
