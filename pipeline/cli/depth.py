"""The option ``--depth``, the same for every verb."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import typer

from pipeline.detect import language_model
from pipeline.settings import Depth, Settings

DepthOption = Annotated[
    Depth | None,
    typer.Option(
        help="Who reads for spun text: counts (fast), a language model too (deep), or it where they leave doubt (auto)."
    ),
]


def at_depth(settings: Settings, depth: Depth | None) -> Settings:
    """`settings` with the depth asked for, if any. Says on stderr what an automatic depth must do without."""
    settings = msgspec.structs.replace(settings, depth=depth or settings.depth)
    lacking = language_model.missing() if settings.depth == "auto" else None
    if lacking:
        print(f"unspun: {lacking}; going on with the fast tier alone", file=sys.stderr)
    return settings
