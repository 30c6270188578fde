"""The model store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline import model_store
from pipeline.detect import discriminator
from pipeline.detect.deep_models import DEEP, MIDDLE
from pipeline.errors import ModelError
from pipeline.learn import crossval

FACTS = {"features": ["a", "b"], "data": {"made up": "0"}, "libraries": {}, "seed": 1}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty models folder."""
    monkeypatch.setattr(model_store, "root", lambda: tmp_path)
    return tmp_path


def test_what_is_saved_is_loaded(store: Path) -> None:
    """Arrays and manifest come back; the newest version wins, by number and not by letter."""
    model_store.save("m", "1.9.0", {"w": np.zeros(2)}, {}, **FACTS)
    model_store.save("m", "1.10.0", {"w": np.ones(2)}, {}, **FACTS)
    model = model_store.load("m", ["a", "b"])
    assert model.manifest.version == "1.10.0"
    assert model.arrays["w"].tolist() == [1, 1]


def test_a_changed_file_is_refused(store: Path) -> None:
    """A model file that is not the one in its manifest is an error that says so."""
    folder = model_store.save("m", "1.0.0", {"w": np.zeros(2)}, {}, **FACTS)
    np.savez(folder / "model.npz", w=np.ones(2))
    with pytest.raises(ModelError, match=r"not the file that manifest\.json describes"):
        model_store.load("m")


def test_other_features_are_refused(store: Path) -> None:
    """A model trained on other features than the code computes is an error that names them."""
    model_store.save("m", "1.0.0", {"w": np.zeros(2)}, {}, **FACTS)
    with pytest.raises(ModelError, match="other features than this code computes \\(b, c\\)"):
        model_store.load("m", ["a", "c"])


def test_a_missing_model_is_said(store: Path) -> None:
    """A model that is not there is an error that names it and the folder."""
    with pytest.raises(ModelError, match="'nope'"):
        model_store.load("nope")


def test_pickles_are_never_loaded(store: Path) -> None:
    """An object array, which needs pickle, cannot be saved."""
    with pytest.raises(ValueError, match="allow_pickle"):
        model_store.save("m", "1.0.0", {"w": np.array([object()], dtype=object)}, {}, **FACTS)


def test_every_shipped_model_has_its_card() -> None:
    """One version of each, and a card that begins with its name and version."""
    for folder in sorted(path for path in model_store.root().iterdir() if path.is_dir()):
        [version] = folder.iterdir()
        first = (version / "card.md").read_text(encoding="utf-8").split("\n")[0]
        assert first == f"# {folder.name} {version.name}"


@pytest.mark.parametrize("name", [MIDDLE, DEEP, crossval.folds_of(MIDDLE), crossval.folds_of(DEEP)])
def test_judges_heard_the_networks_that_ship(name: str) -> None:
    """What a judge was trained on the word of is what it hears."""
    data = model_store.load(name).manifest.data
    for network in (discriminator.NAME, discriminator.CORRECTOR, discriminator.PROBE):
        if network != discriminator.PROBE or name.startswith(DEEP):
            assert data[network] == discriminator.digest(network)
        else:
            assert network not in data


def test_a_mapped_array_is_opened_without_reading_it(store: Path) -> None:
    """A large array stands beside the model; another size is refused, and so is a file the manifest does not name."""
    folder = model_store.save("m", "1.0.0", {}, {}, mapped={"big.npy": np.arange(10)}, **FACTS)
    opened = model_store.open_array("m", "big.npy")
    assert isinstance(opened, np.memmap)
    assert opened.tolist() == list(range(10))
    np.save(folder / "big.npy", np.arange(11))
    for name in ("big.npy", "other.npy"):
        with pytest.raises(ModelError, match=r"not the file that manifest\.json describes"):
            model_store.open_array("m", name)
