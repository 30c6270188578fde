"""Wrong passwords are counted, by name and by address; after too many, nobody gets in there for a while.

Five for one name from one address, twenty from one address, thirty for one name from wherever, within a quarter of an
hour. While it lasts, the right password is refused too, so that a guesser learns nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.desk.models import LoginFailure

WINDOW = timedelta(minutes=15)
LIMITS = {"both": 5, "address": 20, "name": 30}


def is_blocked(name: str, address: str, now: datetime) -> bool:
    """Whether log-ins under this name from this address are refused at the moment."""
    return any(
        LoginFailure.objects.filter(key=key, at__gt=now - WINDOW).count() >= LIMITS[kind]
        for kind, key in _keys(name, address).items()
    )


def failed(name: str, address: str, now: datetime) -> None:
    """Count a wrong password, and forget old ones."""
    LoginFailure.objects.filter(at__lte=now - WINDOW).delete()
    LoginFailure.objects.bulk_create(LoginFailure(key=key, at=now) for key in _keys(name, address).values())


def succeeded(name: str, address: str) -> None:
    """Forget the wrong passwords of somebody who knew the right one in the end."""
    LoginFailure.objects.filter(key=_keys(name, address)["both"]).delete()


def _keys(name: str, address: str) -> dict[str, str]:
    name = name.replace("\0", "").casefold()[:100]
    return {"both": f"both:{name}@{address}", "address": f"address:{address}", "name": f"name:{name}"}
