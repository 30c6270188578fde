"""Spinners of our own: one engine a file. They make labelled spun text for training and for leave-one-spinner-out."""

from __future__ import annotations

from pipeline.learn.spinners.edits import Edit, Engine, Spun, spin
from pipeline.learn.spinners.inflation import Inflation
from pipeline.learn.spinners.lexis import Lexis
from pipeline.learn.spinners.multiword_terms import MultiwordTerms
from pipeline.learn.spinners.name_breaking import NameBreaking
from pipeline.learn.spinners.pivot import Pivot
from pipeline.learn.spinners.polished import Polished
from pipeline.learn.spinners.spintax import Spintax
from pipeline.learn.spinners.thesaurus_swap import ThesaurusSwap

__all__ = ["Edit", "Engine", "Lexis", "Spun", "engines", "spin"]


def engines(lexis: Lexis) -> dict[str, Engine]:
    """All engines by name."""
    return {
        "thesaurus-swap": ThesaurusSwap(lexis),
        "multiword-terms": MultiwordTerms(lexis),
        "pivot": Pivot(lexis),
        "inflation": Inflation(lexis),
        "spintax": Spintax(lexis),
        "name-breaking": NameBreaking(lexis),
        "polished": Polished(lexis),
    }
