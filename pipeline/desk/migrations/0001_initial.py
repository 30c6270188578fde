"""The tables, as Django wrote them from the models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("source", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("changes", "Changes asked for"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("content_hash", models.CharField(db_index=True, max_length=64)),
                ("title", models.TextField(blank=True)),
                ("language", models.CharField(default="und", max_length=16)),
                ("verdict", models.CharField(blank=True, max_length=6)),
                ("rank", models.FloatField()),
                ("risk", models.FloatField()),
                ("spin", models.FloatField()),
                ("links", models.FloatField()),
                ("claims", models.FloatField()),
                ("quality", models.FloatField()),
                ("reason", models.TextField(blank=True)),
                ("found", models.PositiveIntegerField(default=0)),
                ("arrived_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "permissions": (
                    ("decide_item", "Can decide items and undo own decisions"),
                    ("label_finding", "Can label findings"),
                    ("decide_many", "Can decide many items at once"),
                    ("take_over", "Can take over an item from another editor"),
                    ("undo_any", "Can undo decisions of others"),
                    ("assign_item", "Can assign items"),
                    ("export_log", "Can export the log"),
                    ("submit_page", "Can submit pages"),
                    ("manage_desk", "Can manage people, tokens and webhooks"),
                ),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("keys", models.JSONField(default=dict)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content_hash", models.CharField(db_index=True, max_length=64)),
                ("text_hash", models.CharField(max_length=64)),
                ("reasons_hash", models.CharField(max_length=64)),
                ("made_by", models.TextField()),
                ("at", models.DateTimeField()),
                ("stored", models.BinaryField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="desk.item"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LoginFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(models.F("key"), models.F("at"), name="login_failure")],
            },
        ),
        migrations.CreateModel(
            name="SourcePage",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="page",
                        serialize=False,
                        to="desk.version",
                    ),
                ),
                ("stored", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="item",
            name="version",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="desk.version"
            ),
        ),
        migrations.CreateModel(
            name="FindingLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "label",
                    models.CharField(
                        choices=[("right", "Right"), ("wrong", "Wrong"), ("fine", "Fine here")], max_length=5
                    ),
                ),
                ("rule", models.CharField(max_length=16)),
                ("axis", models.CharField(max_length=8)),
                ("quote", models.TextField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("strength", models.FloatField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="labels", to="desk.item"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="desk.version"),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=16)),
                ("name", models.CharField(max_length=64)),
                ("axis", models.CharField(max_length=8)),
                ("count", models.PositiveIntegerField()),
                ("strength", models.FloatField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="desk.version"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arrived", "arrived"),
                            ("changed", "changed"),
                            ("untouched", "came again"),
                            ("reopened", "reopened"),
                            ("approve", "approved"),
                            ("reject", "rejected"),
                            ("ask_for_changes", "asked for changes"),
                            ("skip", "skipped"),
                            ("undo", "undid a decision"),
                            ("note", "noted"),
                            ("label", "judged a finding"),
                            ("lease", "opened"),
                            ("take_over", "took over"),
                            ("assign", "assigned"),
                            ("admin", "administered"),
                            ("export", "exported"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("before", models.CharField(blank=True, max_length=8)),
                ("after", models.CharField(blank=True, max_length=8)),
                ("reasons", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="desk.item"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="desk.version"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="lease",
                        serialize=False,
                        to="desk.item",
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=1000)),
                ("shared", models.BooleanField(default=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="views", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="view_name")],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="version_number"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("rank"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="item_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.OrderBy(models.F("rank"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="item_all",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(models.F("state"), models.F("changed_at"), name="item_age"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(models.F("assignee"), models.F("state"), name="item_assignee"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="item_decided_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="findinglabel",
            index=models.Index(models.F("rule"), models.F("label"), name="label_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="findinglabel",
            constraint=models.UniqueConstraint(fields=("item", "fingerprint"), name="label_of_finding"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(models.F("rule"), models.F("version"), name="finding_by_rule"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("version", "rule"), name="finding_rule"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(models.F("actor"), models.F("at"), name="event_actor"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(models.F("kind"), models.F("at"), name="event_kind"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="event_number"),
        ),
    ]
