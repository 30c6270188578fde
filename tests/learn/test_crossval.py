"""Cross-validation: no page is judged by what saw its article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.detect import Detectors
from pipeline.learn import crossval, gold

GOLD = Path(__file__).parents[2] / "samples" / "gold"
PAGES = [page for page in gold.read(GOLD) if page.kind == "text"]


def test_siblings_share_a_fold_and_folders_are_spread() -> None:
    """A group is in one fold; every fold has pages of every folder."""
    folds = crossval.assign(page.group for page in PAGES)
    for folder in {page.group[0] for page in PAGES}:
        assert {fold for group, fold in folds.items() if group[0] == folder} == set(range(crossval.FOLDS))


def test_the_shipped_folds_are_those_of_this_gold() -> None:
    """The fold judges were trained on the gold that stands here; retrain them when gold changes."""
    folds, models = crossval.fold_models()
    assigned = crossval.assign(page.group for page in PAGES)
    assert folds == {crossval.fingerprint(page): assigned[page.group] for page in PAGES}
    assert len(models) == crossval.FOLDS


def test_a_page_gets_its_folds_models_and_a_stranger_the_shipped_ones() -> None:
    """Only the detectors that use spin models change, and the original detectors stay as they are."""
    detectors = Detectors()
    made = crossval.detectors_for(PAGES[0], detectors)
    assert [type(d) for d in made.running] == [type(d) for d in detectors.running]
    assert sum(getattr(d, "using", None) is not None for d in made.running) == 2
    assert all(getattr(d, "using", None) is None for d in detectors.running)
    assert made.claim_model is not None
    assert detectors.claim_model is None
    assert crossval.detectors_for(replace(PAGES[0], content="other"), detectors) is detectors


def test_claim_folds_are_those_of_all_pages() -> None:
    """HTML pages teach claims too, so the claim folds are their own."""
    folds, models = crossval.claim_fold_models()
    pages = gold.read(GOLD)
    assigned = crossval.assign(page.group for page in pages)
    assert folds == {crossval.fingerprint(page): assigned[page.group] for page in pages}
    assert len(models) == crossval.FOLDS
