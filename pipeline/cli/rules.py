"""``unspun rules``: what Unspun looks for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from pipeline.detect import registry
from pipeline.detect.detector import Rule
from pipeline.errors import UnspunError
from pipeline.records import AXES, SCHEMA_VERSION, Assessment

DOCS = Path("docs")
HEAD = """# Rules

Generated from the detectors by `unspun rules --write-docs`; change the detector, not this page.
Weights and thresholds are in pipeline/triage/policy.toml.
"""


def rules(
    code: Annotated[str | None, typer.Argument(help="A rule's code or name.", show_default=False)] = None,
    write_docs: Annotated[
        bool, typer.Option("--write-docs", help="Write docs/rules.md and docs/assessment.schema.json.")
    ] = False,
) -> None:
    """List the rules, or print one rule's page.

    [bold]Examples[/bold]

      unspun rules

      unspun rules LK101

      unspun rules tortured-phrase
    """
    if write_docs:
        if not DOCS.is_dir():
            raise UnspunError("no docs/ folder here: --write-docs is for a checkout of the project")
        (DOCS / "rules.md").write_text(rules_page(), encoding="utf-8")
        (DOCS / "assessment.schema.json").write_bytes(schema())
        return
    console = Console(highlight=False)
    if code is None:
        console.print(table())
        return
    for detector in registry.detectors():
        for rule in detector.rules:
            if code.lower() in (rule.code.lower(), rule.name):
                console.print(f"{rule.code} {rule.name} ({rule.axis}): {rule.message}\n", markup=False)
                console.print(registry.page_of(detector), markup=False)
                return
    raise UnspunError(f"no rule {code!r}; `unspun rules` lists them")


def table() -> Table:
    """The rules as a table."""
    shown = Table(box=None, pad_edge=False)
    for column in ("code", "name", "axis", "what it says"):
        shown.add_column(column, overflow="fold")
    for rule in registry.rules():
        shown.add_row(rule.code, rule.name, rule.axis, rule.message)
    return shown


def rules_page() -> str:
    """docs/rules.md, whole."""
    parts = [HEAD]
    for axis in AXES:
        parts.append(f"\n## {axis}\n")
        for detector in registry.detectors():
            if detector.rules[0].axis == axis:
                names = "\n".join(entry(rule) for rule in detector.rules)
                parts.append(f"\n{names}\n\n{registry.page_of(detector)}\n")
    return "".join(parts)


def entry(rule: Rule) -> str:
    """The heading of one rule."""
    return f"### {rule.code} {rule.name}\n*{rule.message}*"


def schema() -> bytes:
    """docs/assessment.schema.json, whole: the public contract of ``--format jsonl``."""
    described = msgspec.json.schema(Assessment)
    described["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    described["title"] = f"Unspun assessment, schema {SCHEMA_VERSION}"
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"
