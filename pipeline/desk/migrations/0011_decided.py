"""What the dashboard counts of decided items, without their rows."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0004_narrow_indexes"),
        ("desk", "0010_api_webhooks_opinions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                models.F("decided_at"),
                models.F("changed_at"),
                models.F("state"),
                models.F("verdict"),
                models.F("risk"),
                models.F("spin"),
                models.F("links"),
                models.F("claims"),
                models.F("quality"),
                models.F("arrived_at"),
                models.F("assignee"),
                models.F("version"),
                condition=models.Q(("decided_at__isnull", False)),
                name="item_decided",
            ),
        ),
    ]
