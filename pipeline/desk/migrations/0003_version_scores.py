"""Versions keep what was judged, for statistics of decisions on them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0002_log_and_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="version",
            name="claims",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="version",
            name="links",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="version",
            name="quality",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="version",
            name="risk",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="version",
            name="spin",
            field=models.FloatField(default=0.0),
        ),
        migrations.AddField(
            model_name="version",
            name="verdict",
            field=models.CharField(blank=True, max_length=6),
        ),
    ]
