"""unspun.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings, load


def written(folder: Path, text: str) -> Path:
    """A settings file."""
    path = folder / "unspun.toml"
    path.write_text(text)
    return path


def test_defaults_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No unspun.toml in the folder means the shipped settings."""
    monkeypatch.chdir(tmp_path)
    assert load() == Settings()


def test_the_file_of_the_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """unspun.toml in the working directory counts without being named."""
    written(tmp_path, "[limits]\nlinks = 7\n")
    monkeypatch.chdir(tmp_path)
    assert load().limits.links == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("disabel = []", "unknown key 'disabel'; did you mean 'disable'?"),
        ("[limits]\npage_byte = 1", "unknown key 'limits.page_byte'; did you mean 'page_bytes'?"),
        ("[limits]\npage_bytes = 'big'", "Expected `int`, got `str` - at `$.limits.page_bytes`"),
        ("[limits", "not valid TOML"),
        ("zzz = 1", "known: columns, depth, disable, keep, limits, locate, policy"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    """The error names the file, the key, and the nearest known key."""
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        load(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    """A settings file given by name and not there is an error, not the defaults."""
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "no.toml")
