"""A version: an assessment as it was when the page came in. Rules change, evidence does not."""

from __future__ import annotations

import zlib

import msgspec
from django.db import models

from pipeline.desk.models.item import Item
from pipeline.records import Assessment


class Version(models.Model):
    """One assessment of an item, whole. Never changed after it is written.

    `content_hash` is the sha256 of the page's bytes (`Assessment.id`), `text_hash` that of title and cleaned text,
    `reasons_hash` that of verdict and reasons: a decision is reopened only when one of the last two differs.
    `verdict` ("error" for none), `risk` and the scores are as in it, for statistics; `stored` is its JSON, deflated.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, db_index=True)
    text_hash = models.CharField(max_length=64, db_index=True)
    reasons_hash = models.CharField(max_length=64)
    verdict = models.CharField(max_length=6, blank=True)
    risk = models.FloatField(default=0.0)
    spin = models.FloatField(default=0.0)
    links = models.FloatField(default=0.0)
    claims = models.FloatField(default=0.0)
    quality = models.FloatField(default=0.0)
    made_by = models.TextField()
    at = models.DateTimeField()
    stored = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="version_number"),)

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def assessment(self) -> Assessment:
        """The assessment, as it was stored."""
        return msgspec.json.decode(zlib.decompress(self.stored), type=Assessment)


class SourcePage(models.Model):
    """The text of the page that a version was made from, by line: ``[[reason for removal, text], …]``, deflated."""

    version = models.OneToOneField(Version, models.PROTECT, primary_key=True, related_name="page")
    stored = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"page of {self.version}"
