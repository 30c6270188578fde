"""Where the shipped models are, and how one is read.

A model is a folder ``models/<name>/<version>/`` with plain arrays (``model.npz``), ``manifest.json``
(digest of the model file, data digests, library versions, feature names), ``metrics.json`` and ``card.md``; large
tables stand beside them as ``.npy`` files that are memory-mapped.
In a checkout the folder is ``models/``; in an installed wheel it is ``pipeline/_models/``. Never a pickle.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from pipeline.errors import ModelError

HERE = Path(__file__).parent


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What ties a model file to what it was made from."""

    name: str
    version: str
    sha256: str
    features: list[str]
    data: dict[str, str]
    libraries: dict[str, str]
    seed: int
    parameters: dict[str, Any] = {}
    files: dict[str, File] = {}
    """Large arrays that stand beside model.npz to be memory-mapped, by file name."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A memory-mapped file of a model: its size is checked whenever it is opened, its digest by a test."""

    bytes: int
    sha256: str


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model as read: its manifest and its arrays by name."""

    manifest: Manifest
    arrays: dict[str, Any]


def root() -> Path:
    """The models folder. Raises ModelError where neither layout has one."""
    for folder in (HERE / "_models", HERE.parent / "models"):
        if folder.is_dir():
            return folder
    raise ModelError(f"no models folder beside {HERE}; reinstall unspun")


def folder_of(name: str) -> Path:
    """The folder of the newest version of model `name`."""
    versions = [path for path in (root() / name).glob("*") if (path / "manifest.json").is_file()]
    if not versions:
        raise ModelError(f"model {name!r} is not in {root()}; reinstall unspun or train it")
    return max(versions, key=lambda path: tuple(int(part) for part in path.name.split(".")))


def load(name: str, features: list[str] | None = None) -> Model:
    """Read the newest version of model `name`.

    Raises ModelError when the file is not the one the manifest describes, or was trained on other features
    than `features`, the ones that the code computes now.
    """
    folder = folder_of(name)
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    data = (folder / "model.npz").read_bytes()
    if sha256(data).hexdigest() != manifest.sha256:
        raise ModelError(f"{folder / 'model.npz'}: not the file that manifest.json describes; reinstall or retrain")
    if features is not None and features != manifest.features:
        odd = sorted(set(features) ^ set(manifest.features)) or ["the order"]
        raise ModelError(f"{folder}: trained on other features than this code computes ({', '.join(odd)}); retrain")
    with np.load(folder / "model.npz", allow_pickle=False) as arrays:
        return Model(manifest=manifest, arrays={key: arrays[key] for key in arrays.files})


def open_array(name: str, file: str) -> Any:
    """Memory-map the array `file` (.npy) of the newest version of model `name`; processes share its pages.

    Reads only the header. Raises ModelError when the file is missing or its size is not the manifest's.
    """
    folder = folder_of(name)
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    path = folder / file
    if file not in manifest.files or not path.is_file() or path.stat().st_size != manifest.files[file].bytes:
        raise ModelError(f"{path}: not the file that manifest.json describes; reinstall or retrain")
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise ModelError(f"{path}: not an array ({error}); reinstall or retrain") from None


def save(
    name: str,
    version: str,
    arrays: dict[str, Any],
    metrics: dict[str, Any],
    mapped: dict[str, Any] | None = None,
    **facts: Any,
) -> Path:
    """Write a model folder (arrays, manifest, metrics) and return it. The card is written by hand, beside it.

    `mapped` are arrays to be memory-mapped, by file name (.npy); `facts` are the other fields of `Manifest`:
    features, data, libraries, seed, parameters.
    """
    folder = root() / name / version
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "model.npz", allow_pickle=False, **arrays)
    files = {}
    for file, array in (mapped or {}).items():
        np.save(folder / file, array, allow_pickle=False)
        content = (folder / file).read_bytes()
        files[file] = File(bytes=len(content), sha256=sha256(content).hexdigest())
    digest = sha256((folder / "model.npz").read_bytes()).hexdigest()
    manifest = Manifest(name=name, version=version, sha256=digest, files=files, **facts)
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    return folder
