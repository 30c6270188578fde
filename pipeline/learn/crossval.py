"""Out-of-fold detectors: every gold page is judged by models that never saw its article or its siblings.

The fold models are trained with the shipped ones (`spin_training`, `claim_training`) and stored beside them, so that
an evaluation trains nothing. A page that no model ever saw, of another gold set, is judged by the shipped ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any

from pipeline import model_store
from pipeline.detect import Detectors, deep_models, spin_models
from pipeline.detect.claim_model import ALL_FEATURES as CLAIM_FEATURES
from pipeline.detect.claim_model import ClaimModel
from pipeline.detect.deep_models import DEEP, MIDDLE, DeepJudge, DeepModels
from pipeline.detect.spin_models import ALL_FEATURES, Judge, SpinModels
from pipeline.errors import ModelError
from pipeline.flow import Engine
from pipeline.learn.gold import GoldPage
from pipeline.records import Assessment

FOLD_MODEL = "spin-words-folds"
CLAIM_FOLD_MODEL = "claims-folds"
FOLDS = 5
SEED = 0


def assign(groups: Iterable[str]) -> dict[str, int]:
    """Group → fold; the groups of each folder spread evenly over the folds."""
    rng = random.Random(SEED)
    folders: dict[str, list[str]] = {}
    for group in sorted(set(groups)):
        folders.setdefault(group.split("/")[0], []).append(group)
    order = []
    for folder in sorted(folders):
        rng.shuffle(folders[folder])
        order += folders[folder]
    return {group: number % FOLDS for number, group in enumerate(order)}


def folds_of(name: str) -> str:
    """The name of the fold models that belong to the models `name`."""
    return f"{name}-folds"


def fingerprint(page: GoldPage) -> str:
    """What identifies a page whatever its file is called."""
    return sha256(page.content.encode()).hexdigest()[:16]


@cache
def fold_models() -> tuple[dict[str, int], tuple[SpinModels, ...]]:
    """Fingerprint → fold, and the models of each fold. Raises ModelError."""
    model = model_store.load(FOLD_MODEL, ALL_FEATURES)
    judges = [Judge.from_arrays(part(model.arrays, fold)) for fold in range(FOLDS)]
    return model.manifest.parameters["folds"], tuple(SpinModels(*spin_models.tables(), judge) for judge in judges)


@cache
def deep_fold_models(name: str) -> tuple[DeepModels, ...]:
    """The middle or deep models of each fold. Raises ModelError, also where their folds are not the fast models'."""
    model = model_store.load(folds_of(name), deep_models.ALL_FEATURES)
    if model.manifest.parameters["folds"] != fold_models()[0]:
        raise ModelError(f"{folds_of(name)}: other folds than {FOLD_MODEL}; train both anew on the same gold")
    judges = [DeepJudge.from_arrays(part(model.arrays, fold)) for fold in range(FOLDS)]
    return tuple(DeepModels(*spin_models.tables(), judge) for judge in judges)


@cache
def claim_fold_models() -> tuple[dict[str, int], tuple[ClaimModel, ...]]:
    """Fingerprint → fold, and the claim model of each fold. Raises ModelError."""
    model = model_store.load(CLAIM_FOLD_MODEL, CLAIM_FEATURES)
    models = tuple(ClaimModel.from_arrays(part(model.arrays, fold)) for fold in range(FOLDS))
    return model.manifest.parameters["folds"], models


def part(arrays: dict[str, Any], fold: int) -> dict[str, Any]:
    """The arrays of one fold."""
    prefix = f"{fold}_"
    return {key.removeprefix(prefix): value for key, value in arrays.items() if key.startswith(prefix)}


def detectors_for(page: GoldPage, detectors: Detectors) -> Detectors:
    """`detectors` with models that did not see `page`: the fold's, or the shipped ones for a page of no fold."""
    folds, models = fold_models()
    fold = folds.get(fingerprint(page))
    if fold is not None:
        tiers = detectors.tiers
        if tiers:
            middle, deep = (deep_fold_models(name)[fold] for name in (MIDDLE, DEEP))
            tiers = replace(tiers, fast=models[fold], middle=middle, deep=deep if tiers.deep else None)
        detectors = detectors.using(tiers or models[fold])
    folds, claim_models = claim_fold_models()
    fold = folds.get(fingerprint(page))
    return detectors if fold is None else detectors.judging(claim_models[fold])


def assessments(engine: Engine, pages: Iterable[GoldPage]) -> list[Assessment]:
    """One assessment a gold page by `engine`, each under models that did not see the page."""
    shipped = engine.detectors
    found = []
    for page in pages:
        engine.detectors = detectors_for(page, shipped)
        found.append(engine.assess(page.page()))
    engine.detectors = shipped
    return found
