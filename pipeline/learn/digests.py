"""What a manifest says of where a model came from."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def digests(paths: Iterable[Path]) -> dict[str, str]:
    """File name → sha256 of each file; of a folder, the digest over its files' digests in order of their paths."""
    return {path.name: digest(path) for path in paths}


def digest(path: Path) -> str:
    """The sha256 of a file, or of all files below a folder."""
    if path.is_file():
        return sha256(path.read_bytes()).hexdigest()
    parts = (f"{file.relative_to(path)} {digest(file)}" for file in sorted(path.rglob("*")) if file.is_file())
    return sha256("\n".join(parts).encode()).hexdigest()


def versions(*names: str) -> dict[str, str]:
    """Library → installed version."""
    return {name: importlib.metadata.version(name) for name in names}
