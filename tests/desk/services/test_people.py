"""People: added, moved, let out; and the desk never without an administrator."""

from __future__ import annotations

import pytest
from django.test import Client

from pipeline.desk import roles
from pipeline.desk.errors import Invalid, NotAllowed
from pipeline.desk.models import Event
from pipeline.desk.services import people
from tests.desk.conftest import PASSWORD, Desk


def test_a_role_is_changed_whole(desk: Desk) -> None:
    """Up and down again: nothing of the higher role is left behind."""
    root, maria = desk.person("root", "administrator"), desk.person("maria")
    people.set_role(maria.pk, "administrator", root, desk.now)
    maria = type(maria).objects.get(pk=maria.pk)
    assert roles.may(maria, roles.MANAGE)
    people.set_role(maria.pk, "reader", root, desk.now)
    maria = type(maria).objects.get(pk=maria.pk)
    assert {p for p in roles.permissions("administrator") if roles.may(maria, p)} == set(roles.permissions("reader"))
    did = [(event.data["before"], event.data["after"]) for event in Event.objects.filter(actor=root)]
    assert did == [("editor", "administrator"), ("administrator", "reader")]


def test_the_last_administrator_stays(desk: Desk) -> None:
    """Neither let out nor demoted, by themselves or another; with a second one there, both can be done."""
    root = desk.person("root", "administrator")
    for attempt in (
        lambda: people.set_active(root.pk, False, root, desk.now),
        lambda: people.set_role(root.pk, "editor", root, desk.now),
    ):
        with pytest.raises(Invalid, match="needs an administrator"):
            attempt()
    second = people.add("second", PASSWORD, "administrator", root, desk.now)
    people.set_active(root.pk, False, second, desk.now)
    with pytest.raises(Invalid, match="needs an administrator"):
        people.set_role(second.pk, "reader", second, desk.now)


def test_who_is_let_out_is_out_at_once(desk: Desk) -> None:
    """The session that is open shows the log-in; a new password ends it, too."""
    root, maria = desk.person("root", "administrator"), desk.person("maria")
    browser = Client()
    browser.login(username="maria", password=PASSWORD)
    assert browser.get("/").status_code == 200
    people.set_password(maria.pk, f"{PASSWORD} anew", root, desk.now)
    assert browser.get("/").status_code == 302
    assert browser.login(username="maria", password=f"{PASSWORD} anew")
    people.set_active(maria.pk, False, root, desk.now)
    assert browser.get("/").status_code == 302
    assert not browser.login(username="maria", password=f"{PASSWORD} anew")


def test_what_is_refused(desk: Desk) -> None:
    """Weak passwords, names that are taken or hostile, unknown roles and people; and anybody but administrators."""
    root, chief = desk.person("root", "administrator"), desk.person("cleo", "chief editor")
    for name, password, role in (
        ("maria", "12345678", "editor"), ("maria", "maria123", "editor"), ("root", PASSWORD, "editor"),
        ("<script>", PASSWORD, "editor"), ("", PASSWORD, "editor"), ("maria", PASSWORD, "king"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            people.add(name, password, role, root, desk.now)
    with pytest.raises(Invalid):
        people.set_password(chief.pk, "short", root, desk.now)
    with pytest.raises(Invalid):
        people.set_role(chief.pk + 99, "reader", root, desk.now)
    with pytest.raises(NotAllowed):
        people.set_role(chief.pk, "administrator", chief, desk.now)
    assert not Event.objects.filter(kind=Event.Kind.ADMIN).exists()
    assert people.role_of(chief) == "chief editor"
