"""Detect: an article in; evidence, claims and signals out."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from pipeline.detect import registry, tiers
from pipeline.detect.claim_model import ClaimModel
from pipeline.detect.detector import Detector, Rule, Signal
from pipeline.detect.matchers import Matcher
from pipeline.detect.reading import Reading
from pipeline.detect.spin_models import SpinModels
from pipeline.detect.tiers import Tiers
from pipeline.errors import SettingsError
from pipeline.records import Article, Claim, Detection, Evidence, Failure
from pipeline.settings import Depth

__all__ = ["Detectors", "Rule"]

READ_LANGUAGES = ("en", "und")
"""Languages that the rules read; for others only detectors with `any_language` run, and not-english says so."""


class Detectors:
    """The detectors that run, with their lexicons in one matcher.

    `disable` names rules (by code or name) that stay silent; `depth` says who reads for spun text. Raises SettingsError
    for a rule that does not exist, and ModelError for a depth whose model is not there.
    """

    models: dict[str, str]
    tiers: Tiers | None
    """All tiers, where another than the fast one may read."""
    claim_model: ClaimModel | None = None
    """Judges the claims; None is the shipped model."""

    def __init__(self, disable: Iterable[str] = (), depth: Depth = "fast") -> None:
        self.rules = registry.rules()
        known = {key for rule in self.rules for key in (rule.code, rule.name)}
        for key in disable:
            if key not in known:
                raise SettingsError(f"disable: no rule {key!r}; `unspun rules` lists them")
        off = set(disable)
        self.silent = {rule.code for rule in self.rules if rule.code in off or rule.name in off}
        self.running = [d for d in registry.detectors() if not all(rule.code in self.silent for rule in d.rules)]
        self.tiers = tiers.at(depth) if any(hasattr(detector, "using") for detector in self.running) else None
        self.running = self.using(self.tiers).running
        self.matcher = Matcher(name for detector in self.running for name in getattr(detector, "lexicons", ()))
        self.models = {name: version for d in self.running for name, version in getattr(d, "models", {}).items()}
        if self.tiers:
            self.models |= self.tiers.versions()

    def using(self, models: SpinModels | Tiers | None) -> Detectors:
        """The same detectors, those that use spin models on `models`; None stands for the shipped fast ones."""
        made = copy(self)
        running: list[Any] = [*self.running]
        made.running = [replace(d, using=models) if hasattr(d, "using") else d for d in running]
        return made

    def judging(self, model: ClaimModel) -> Detectors:
        """The same detectors, claims judged by `model`."""
        made = copy(self)
        made.claim_model = model
        return made

    def detect(self, article: Article) -> Detection:
        """Run every detector over `article`. One that raises is named in `failures`; the others still speak."""
        reading = Reading(article, self.matcher, self.claim_model)
        english = article.language in READ_LANGUAGES
        evidence: list[Evidence] = []
        signals: dict[str, float] = {"words": len(reading.words), "sentences": len(reading.sentences)}
        failures: list[Failure] = []
        for detector in self.running:
            if not english and not getattr(detector, "any_language", False):
                continue
            try:
                for found in list(detector.find(reading)):
                    if isinstance(found, Signal):
                        signals[found.name] = round(found.value, 4)
                    elif found.rule not in self.silent:
                        evidence.append(found)
            except MemoryError:
                raise
            except Exception as error:
                failures.append(failed(detector, error))
        claims: tuple[Claim, ...] = ()
        try:
            claims = reading.claims if english else ()
        except MemoryError:
            raise
        except Exception as error:
            message = f"claim ledger failed: {type(error).__name__}: {error}"
            failures.append(Failure(stage="detect", code="rule-failed", message=message))
        evidence.sort(key=lambda e: (e.start is not None, e.start or 0, e.end or 0, e.rule))
        for found in evidence:
            key = f"count.{found.name}"
            signals[key] = signals.get(key, 0) + 1
        return Detection(evidence=tuple(evidence), claims=claims, signals=signals, failures=tuple(failures))


def failed(detector: Detector, error: Exception) -> Failure:
    """The record of a detector that raised: it is not a zero, it is said."""
    names = ", ".join(f"{rule.code} {rule.name}" for rule in detector.rules)
    return Failure(stage="detect", code="rule-failed", message=f"rule {names} failed: {type(error).__name__}: {error}")
