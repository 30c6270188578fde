"""Gold pages as the claim model learns from them."""

from __future__ import annotations

from pathlib import Path

from pipeline.flow import Engine
from pipeline.learn import gold
from pipeline.learn.claim_corpus import NONE, SUPPORTED, UNSUPPORTED, labelled, more_types

GOLD = Path(__file__).parents[2] / "samples" / "gold"
ENGINE = Engine()


def test_labels_are_those_of_the_marks() -> None:
    """As many sentences of each label as there are marked spans, each a sentence long; types where they are stated."""
    page = next(p for p in gold.read(GOLD / "f") if p.path.name.startswith("09"))
    whole = next(labelled(ENGINE, page, {}))
    assert whole.labels.count(SUPPORTED) == len(page.supported)
    assert 0 < whole.labels.count(UNSUPPORTED) <= len(page.unsupported)
    assert whole.labels.count(NONE) > 0
    assert all((kind is None) or label == UNSUPPORTED for kind, label in zip(whole.types, whole.labels, strict=True))
    assert sum(kind is not None for kind in whole.types) >= 10


def test_excerpts_repeat_the_page() -> None:
    """Each sentence of a page stands in one excerpt, with its label."""
    page = next(p for p in gold.read(GOLD / "g") if p.path.name.startswith("18"))
    whole, *excerpts = labelled(ENGINE, page, {})
    assert [label for part in excerpts for label in part.labels] == whole.labels
    assert all(part.excerpt for part in excerpts)
    assert all(len(part.read) == len(part.labels) for part in (whole, *excerpts))


def test_further_types_are_of_pages_that_are_there() -> None:
    """The table of types names gold pages and sentences of theirs."""
    pages = {page.name: page for page in gold.read(GOLD)}
    types = more_types(GOLD / "claim-types.tsv")
    assert types
    for name, claims in types.items():
        page = pages[name]
        learnt = next(labelled(ENGINE, page, types))
        assert sum(kind is not None for kind in learnt.types) >= 0.9 * len(claims), name
