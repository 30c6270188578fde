"""What was taken from elsewhere is what it is said to be."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["pipeline/desk/static/desk/vendor", "tests/desk/browser/vendor"])
def test_the_hashes_are_those_of_the_files(folder: str) -> None:
    """Every file in a vendor folder has its line, and its line its sha256."""
    said = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", said, re.M))
    files = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in (ROOT / folder).iterdir() if path.suffix == ".js"
    }
    assert lines == files
