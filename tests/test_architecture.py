"""Imports are law."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_import_contracts_hold() -> None:
    """No stage imports a sibling; the way of the data has one direction; Django is nowhere outside the desk."""
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_a_scan_never_imports_scikit_learn() -> None:
    """Start-up: what only training needs is not loaded by the command."""
    code = (
        "import sys; from pipeline import assess_text; assess_text('Some text.');"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'pyarrow') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_install_without_extras_scans() -> None:
    """What the extras bring (the networks' runtime, the desk) is imported only where it is asked for."""
    code = (
        "import sys; sys.modules |= dict.fromkeys(['onnx', 'onnxruntime', 'django', 'waitress', 'psycopg']);"
        "import pipeline.cli; from pipeline import assess_text;"
        "print(assess_text('Sleep\\n\\n' + 'Some text. ' * 90).verdict)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "pass", done.stderr


def test_every_module_of_the_pipeline_stays_readable() -> None:
    """A module past 300 lines is asked to justify itself here."""
    justified = {"pipeline/desk/migrations/0001_initial.py"}  # written by Django
    long = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "pipeline").rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 300
    }
    assert long == justified
