"""The option ``--keep``, the same for every verb."""

from __future__ import annotations

from typing import Annotated, get_args

import msgspec
import typer

from pipeline.errors import SettingsError
from pipeline.settings import Keep, Settings

KINDS = get_args(Keep)
KeepOption = Annotated[
    str | None,
    typer.Option(
        help=f"Which of {', '.join(KINDS)} are body, with commas between them. [default: headings,captions]",
        show_default=False,
    ),
]


def keeping(settings: Settings, keep: str | None) -> Settings:
    """`settings` with the kinds asked for, if any. Raises SettingsError for one that does not exist."""
    if keep is None:
        return settings
    kinds = tuple(kind for word in keep.split(",") if (kind := word.strip()))
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise SettingsError(f"--keep {keep}: no such kind {unknown[0]!r}; known: {', '.join(KINDS)}")
    return msgspec.structs.replace(settings, keep=kinds)
