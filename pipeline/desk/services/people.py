"""People of the desk: added, moved to another role, let go. Nobody is ever deleted: the log names them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from pipeline.desk import manage, roles
from pipeline.desk.errors import Invalid
from pipeline.desk.models import ApiToken
from pipeline.desk.services.audit import administered


def everybody() -> QuerySet[User]:
    """All people, by name, with their groups."""
    return User.objects.prefetch_related("groups").order_by("username")


def role_of(person: User) -> str:
    """The highest role of somebody; empty where they have none."""
    names = {group.name for group in person.groups.all()}
    return next((role for role in reversed(roles.ROLES) if role in names), "")


def add(name: str, password: str, role: str, who: User, now: datetime) -> User:
    """Somebody new. Raises Invalid, in words, where name, password or role cannot be used."""
    roles.demand(who, roles.MANAGE)
    with transaction.atomic():
        person = manage.add_person(name, password, role)
        administered(who, now, "added a person", person=person.get_username(), role=role)
    return person


def set_role(person_id: int, role: str, who: User, now: datetime) -> User:
    """Give somebody another role. The last administrator keeps theirs."""
    roles.demand(who, roles.MANAGE)
    if role not in roles.ROLES:
        raise Invalid(f"unknown role {role!r}; known: {', '.join(roles.ROLES)}")
    with transaction.atomic():
        person = _locked(person_id)
        before = role_of(person)
        if role != roles.ADMINISTRATOR:
            _keep_an_administrator(person)
        person.is_staff = person.is_superuser = role == roles.ADMINISTRATOR
        person.save(update_fields=["is_staff", "is_superuser"])
        person.groups.set([Group.objects.get(name=role)])
        administered(who, now, "changed a role", person=person.get_username(), before=before, after=role)
    return person


def set_active(person_id: int, active: bool, who: User, now: datetime) -> User:
    """Let somebody in, or out: at once, with all their sessions and tokens."""
    roles.demand(who, roles.MANAGE)
    with transaction.atomic():
        person = _locked(person_id)
        if not active:
            _keep_an_administrator(person)
            ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
        person.is_active = active
        person.save(update_fields=["is_active"])
        administered(who, now, "let in" if active else "let out", person=person.get_username())
    return person


def set_password(person_id: int, password: str, who: User, now: datetime) -> User:
    """Give somebody a new password, which ends their sessions. Raises Invalid where it is too weak."""
    roles.demand(who, roles.MANAGE)
    with transaction.atomic():
        person = _locked(person_id)
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages)) from None
        person.set_password(password)
        person.save(update_fields=["password"])
        administered(who, now, "set a password", person=person.get_username())
    return person


def _locked(person_id: int) -> User:
    person = User.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Invalid("there is no such person")
    return person


def _keep_an_administrator(person: User) -> None:
    """Raise Invalid where `person` is the last who can administer the desk."""
    # All of them are locked: of two that go at the same moment one waits, and then is the last.
    left = User.objects.select_for_update().filter(is_active=True, groups__name=roles.ADMINISTRATOR)
    if role_of(person) == roles.ADMINISTRATOR and {one.pk for one in left} <= {person.pk}:
        raise Invalid("the desk needs an administrator; make somebody else one first")
