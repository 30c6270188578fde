"""An installed wheel works from any directory, its models and word lists inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = "A history of compound abuse rules it out, says the doctor who treats pain and other symptoms of the disease.\n"


def test_the_wheel_scans_a_page_from_another_directory(tmp_path: Path) -> None:
    """Built, unpacked elsewhere and run from there: it finds its own models, and nothing of the checkout."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (tmp_path / "page.txt").write_text(PAGE * 3)
    code = "import pipeline, sys; print(pipeline.__file__, file=sys.stderr); from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "scan", "page.txt", "--format", "jsonl", "--exit-zero"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(site) in done.stderr
    assert "compound abuse" in done.stdout
    assert list(site.glob("pipeline/_models/body-lines/*/model.npz"))
