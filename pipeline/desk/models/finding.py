"""Which rules spoke in which version, and what editors said of single findings."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pipeline.desk.models.item import Item
from pipeline.desk.models.version import Version


class Finding(models.Model):
    """One rule in one version: for filters and statistics. The findings themselves are in the assessment."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=16)
    name = models.CharField(max_length=64)
    axis = models.CharField(max_length=8)
    count = models.PositiveIntegerField()
    strength = models.FloatField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("version", "rule"), name="finding_rule"),)
        indexes = (models.Index("rule", "version", name="finding_by_rule"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.name}"


class FindingLabel(models.Model):
    """What an editor says of one finding: a label for the classifiers. The latest stands; the log has them all.

    `fingerprint` names the finding in any version of the item: rule, words, and which of equal ones it is.
    `quote`, `before` and `after` are the words marked and those around them.
    """

    class Label(models.TextChoices):
        RIGHT = "right", "Right"
        WRONG = "wrong", "Wrong"
        FINE = "fine", "Fine here"

    item = models.ForeignKey(Item, models.PROTECT, related_name="labels")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    label = models.CharField(max_length=5, choices=Label.choices)
    rule = models.CharField(max_length=16)
    axis = models.CharField(max_length=8)
    quote = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    strength = models.FloatField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("item", "fingerprint"), name="label_of_finding"),)
        indexes = (models.Index("rule", "label", name="label_by_rule"),)

    def __str__(self) -> str:
        return f"{self.rule}: {self.label}"
