"""The public contract."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import msgspec
import pytest

from pipeline import assess_text
from pipeline.cli.rules import rules_page, schema
from pipeline.records import Assessment

ROOT = Path(__file__).parent.parent


def test_schema_is_current() -> None:
    """docs/assessment.schema.json is what the records say; `make docs` writes it."""
    assert (ROOT / "docs/assessment.schema.json").read_bytes() == schema()


def test_rule_docs_are_current() -> None:
    """docs/rules.md is what the detectors say; `make docs` writes it."""
    assert (ROOT / "docs/rules.md").read_text(encoding="utf-8") == rules_page()


def test_an_assessment_fits_its_schema() -> None:
    """A real assessment, as JSON, is valid under the published schema, and comes back equal."""
    assessment = assess_text("About Sleep\n\nA history of compound abuse rules it out. It cures everyone.")
    data = msgspec.json.encode(assessment)
    jsonschema.Draft202012Validator(msgspec.json.decode(schema())).validate(msgspec.json.decode(data))
    assert msgspec.json.decode(data, type=Assessment) == assessment


def test_records_cannot_be_changed() -> None:
    """A record is immutable."""
    assessment = assess_text("Some text.")
    with pytest.raises(AttributeError):
        assessment.risk = 0.0  # type: ignore[misc]
