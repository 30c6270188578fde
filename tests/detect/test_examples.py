"""Every rule has examples that fire and hard negatives that stay silent: examples/<file name of the detector>.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.clean import Cleaner
from pipeline.detect import Detectors, registry
from pipeline.detect.detector import Detector
from pipeline.records import Detection, Page
from pipeline.settings import Limits
from tests.detect.articles import article

FOLDER = Path(__file__).parent / "examples"
DETECTORS = registry.detectors()
ENGINE = Detectors()
CLEANER = Cleaner(Limits())


def file_of(detector: Detector) -> Path:
    """The examples of a detector."""
    return FOLDER / (type(detector).__module__.rsplit(".", 1)[-1].replace("_", "-") + ".toml")


def cases(key: str) -> list[Any]:
    """(detector, case) for all detectors."""
    return [
        pytest.param(detector, case, id=f"{file_of(detector).stem}-{number}")
        for detector in DETECTORS
        for number, case in enumerate(tomllib.loads(file_of(detector).read_text())[key])
    ]


def detect(case: dict[str, Any]) -> Detection:
    """All that is found in the article of a case."""
    if "html" in case:
        page = Page(id="0", source="test", kind="html", content=case["html"], url=case.get("url"))
        return ENGINE.detect(CLEANER.clean(page))
    text = "\n".join([case["text"]] * case.get("repeat", 1))
    return ENGINE.detect(
        article(text, case.get("title"), case.get("language", "en"), tuple(case.get("image_alts", ())))
    )


@pytest.mark.parametrize(("detector", "case"), cases("fires"))
def test_fires(detector: Detector, case: dict[str, Any]) -> None:
    """A bad example gives evidence with the quote, its place and the likely original."""
    detection = detect(case)
    assert not detection.failures
    names = {case["rule"]} if "rule" in case else {rule.name for rule in detector.rules}
    pattern = case.get("quote_pattern", re.escape(case["quote"]))
    found = [e for e in detection.evidence if e.name in names and re.fullmatch(pattern, e.quote)]
    assert found, [(e.name, e.quote) for e in detection.evidence]
    if "suggestion" in case:
        assert case["suggestion"] in found[0].suggestions
    assert all(0 < e.strength <= 1 and e.message for e in found)


@pytest.mark.parametrize(("detector", "case"), cases("silent"))
def test_stays_silent(detector: Detector, case: dict[str, Any]) -> None:
    """A hard negative gives no evidence of this detector."""
    detection = detect(case)
    assert not detection.failures
    names = {rule.name for rule in detector.rules}
    assert [(e.name, e.quote) for e in detection.evidence if e.name in names] == []
    assert case["why"]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: file_of(d).stem)
def test_has_examples_each_way(detector: Detector) -> None:
    """A detector without an example that fires, or without a hard negative, is not finished."""
    examples = tomllib.loads(file_of(detector).read_text())
    assert examples["fires"]
    assert examples["silent"]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: file_of(d).stem)
def test_page_has_its_sections(detector: Detector) -> None:
    """The docstring, which editors read, says what, why, what not, an example each way, and the source."""
    page = registry.page_of(detector)
    for section in (
        "What it flags:",
        "Why an editor should care:",
        "What it must not flag:",
        "Bad:",
        "Good:",
        "Source:",
    ):
        assert section in page


def test_no_examples_without_a_detector() -> None:
    """An examples file that belongs to no detector is a leftover."""
    assert {path.stem for path in FOLDER.glob("*.toml")} == {file_of(detector).stem for detector in DETECTORS}
