"""The option ``--depth``, the same for every verb."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from pipeline.settings import Depth, Settings

DepthOption = Annotated[
    Depth | None,
    typer.Option(
        help="Who reads for spun text: counts (fast), a small network too (middle), a language model too (deep), "
        "or each where the one before leaves doubt (auto)."
    ),
]


def at_depth(settings: Settings, depth: Depth | None) -> Settings:
    """`settings` with the depth asked for, if any. Says on stderr what an automatic depth must do without."""
    settings = msgspec.structs.replace(settings, depth=depth or settings.depth)
    if settings.depth == "auto":
        from pipeline.detect import discriminator, language_model  # not before: scan starts its workers first

        if lacking := discriminator.missing():
            print(f"unspun: {lacking}; going on with the fast tier alone", file=sys.stderr)
        elif lacking := language_model.missing():
            print(f"unspun: {lacking}; going on without it", file=sys.stderr)
    return settings
