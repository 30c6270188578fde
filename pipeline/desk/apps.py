"""The desk as a Django application."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from pipeline.desk import roles


class DeskConfig(AppConfig):
    """Its label, under which tables and permissions are named."""

    name = "pipeline.desk"
    label = "desk"
    verbose_name = "Review desk"

    def ready(self) -> None:
        """Keep the groups as the table of roles has them."""
        post_migrate.connect(make_groups, sender=self)


def make_groups(**_: Any) -> None:
    """The four groups, each with exactly the permissions of its role."""
    from django.contrib.auth.models import Group, Permission

    for role in roles.ROLES:
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="desk", codename__in=roles.permissions(role))
        )
