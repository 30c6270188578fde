"""Unspun: which health articles are spun, which carry link spam, which claim what nobody supports, and why.

>>> from pipeline import assess_text
>>> assess_text("Ketamine for Beginners\\n\\nIt may not be safe for people with a history of compound abuse.").verdict
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.flow import Engine, assess_html, assess_text

__version__ = "0.1.0"
__all__ = ["Engine", "__version__", "assess_html", "assess_text"]


def __getattr__(name: str) -> Any:
    """Load the pipeline on first use, so that ``unspun --help`` and the workers' supervisor stay light."""
    if name in ("Engine", "assess_html", "assess_text"):
        from pipeline import flow

        return getattr(flow, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
