"""Cross-validation: no page is judged by what saw its article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.detect import Detectors, deep_models, spin_models
from pipeline.detect.deep_models import DEEP, MIDDLE
from pipeline.detect.tiers import Tiers
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
    assert sum(getattr(d, "using", None) is not None for d in made.running) == 4
    assert all(getattr(d, "using", None) is None for d in detectors.running)
    assert made.claim_model is not None
    assert detectors.claim_model is None
    assert crossval.detectors_for(replace(PAGES[0], content="other"), detectors) is detectors


def test_the_deep_folds_are_the_fast_ones() -> None:
    """A page that the fast judges of a fold did not see, the deep ones did not see either."""
    assert all(len(crossval.deep_fold_models(name)) == crossval.FOLDS for name in (MIDDLE, DEEP))


def test_out_of_fold_at_every_depth() -> None:
    """Under tiers the models of all of them are the fold's."""
    detectors = Detectors()
    detectors.tiers = Tiers(spin_models.load(), deep_models.load(MIDDLE), deep_models.load(DEEP), "deep")
    made = crossval.detectors_for(PAGES[0], detectors)
    used = [d.using for d in made.running if getattr(d, "using", None) is not None]
    fold = crossval.fold_models()[0][crossval.fingerprint(PAGES[0])]
    assert len(used) == 4
    for using in used:
        assert isinstance(using, Tiers)
        assert using.fast is crossval.fold_models()[1][fold]
        assert using.middle is crossval.deep_fold_models(MIDDLE)[fold]
        assert using.deep is crossval.deep_fold_models(DEEP)[fold]
        assert using.first == "deep"


def test_claim_folds_are_those_of_all_pages() -> None:
    """HTML pages teach claims too, so the claim folds are their own."""
    folds, models = crossval.claim_fold_models()
    pages = gold.read(GOLD)
    assigned = crossval.assign(page.group for page in pages)
    assert folds == {crossval.fingerprint(page): assigned[page.group] for page in pages}
    assert len(models) == crossval.FOLDS
