"""Finds the detectors: every module in the four axis folders holds exactly one.

A module with no detector, a file name that is not its rule's, a repeated code or name, an empty docstring: each is a
RuleError when Unspun starts, naming the file.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from pipeline.detect.detector import Detector, Rule
from pipeline.errors import RuleError
from pipeline.records import AXES


@cache
def detectors() -> tuple[Detector, ...]:
    """One instance of each detector, ordered by the code of its first rule. Raises RuleError."""
    found = [detector_of(module) for module in modules()]
    seen: dict[str, str] = {}
    for detector in found:
        for rule in detector.rules:
            for key in (rule.code, rule.name):
                if key in seen:
                    raise RuleError(f"{type(detector).__module__}: {key} is already used in {seen[key]}")
                seen[key] = type(detector).__module__
    return tuple(sorted(found, key=lambda detector: (AXES.index(detector.rules[0].axis), detector.rules[0].code)))


def rules() -> tuple[Rule, ...]:
    """All rules of all detectors, in the detectors' order."""
    return tuple(rule for detector in detectors() for rule in detector.rules)


def page_of(detector: Detector) -> str:
    """The rule page of a detector: its module's docstring."""
    return inspect.cleandoc(importlib.import_module(type(detector).__module__).__doc__ or "")


def modules() -> Iterator[ModuleType]:
    """The modules of the axis folders."""
    for axis in AXES:
        folder = importlib.import_module(f"pipeline.detect.{axis}")
        for info in pkgutil.iter_modules(folder.__path__):
            yield importlib.import_module(f"{folder.__name__}.{info.name}")


def detector_of(module: ModuleType) -> Detector:
    """The one detector of a module, with its defaults. Raises RuleError for a module that breaks the house rules."""
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and hasattr(value, "rules")
    ]
    where = module.__name__
    if len(classes) != 1:
        raise RuleError(f"{where}: holds {len(classes)} detectors; a detector module holds exactly one")
    detector = classes[0]()
    if not isinstance(detector, Detector) or not detector.rules:
        raise RuleError(f"{where}: {classes[0].__name__} has no rules or no find method")
    if not module.__doc__:
        raise RuleError(f"{where}: no docstring; it is the rule's page")
    folder, file_name = module.__name__.split(".")[-2:]
    base = file_name.replace("_", "-")
    for rule in detector.rules:
        if rule.axis != folder:
            raise RuleError(f"{where}: {rule.code} is on axis {rule.axis}, the file is in {folder}/")
        if rule.name != base and not (len(detector.rules) > 1 and rule.name.startswith(base + "-")):
            raise RuleError(f"{where}: {rule.code} is named {rule.name}; the file name says {base}")
    return detector
