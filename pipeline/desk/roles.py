"""Who may do what: four roles, each a Django group, each with all that the one before it may do.

This table is the only place that says so: the migration makes the groups from it, views and services ask for a
permission by its name here, and the matrix in the tests is written against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.desk.errors import NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

READ = "view_item"
DECIDE = "decide_item"
LABEL = "label_finding"
BULK = "decide_many"
TAKE_OVER = "take_over"
UNDO_ANY = "undo_any"
ASSIGN = "assign_item"
EXPORT = "export_log"
SUBMIT = "submit_page"
MANAGE = "manage_desk"

NAMES = {
    DECIDE: "Can decide items and undo own decisions",
    LABEL: "Can label findings",
    BULK: "Can decide many items at once",
    TAKE_OVER: "Can take over an item from another editor",
    UNDO_ANY: "Can undo decisions of others",
    ASSIGN: "Can assign items",
    EXPORT: "Can export the log",
    SUBMIT: "Can submit pages",
    MANAGE: "Can manage people, tokens and webhooks",
}
"""Permissions that Django does not make by itself, with their names in its admin."""

READER, EDITOR, CHIEF, ADMINISTRATOR = "reader", "editor", "chief editor", "administrator"
ADDED = {
    READER: (READ,),
    EDITOR: (DECIDE, LABEL, SUBMIT, TAKE_OVER),
    CHIEF: (BULK, UNDO_ANY, ASSIGN, EXPORT),
    ADMINISTRATOR: (MANAGE,),
}
"""What each role may do beyond the one before it."""
ROLES = tuple(ADDED)


def permissions(role: str) -> tuple[str, ...]:
    """All permissions of a role."""
    upto = ROLES.index(role) + 1
    return tuple(permission for name in ROLES[:upto] for permission in ADDED[name])


def may(person: User | AnonymousUser, permission: str) -> bool:
    """Whether somebody has a permission of this table."""
    return bool(person.is_active and person.has_perm(f"desk.{permission}"))


def demand(person: User | AnonymousUser, permission: str) -> None:
    """Raise NotAllowed where somebody has not the permission."""
    if not may(person, permission):
        raise NotAllowed(f"your role does not permit this ({NAMES.get(permission, 'read the desk').lower()})")
