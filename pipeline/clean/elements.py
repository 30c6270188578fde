"""What HTML elements are, from elements.tsv: run along in a line, part lines, or are not seen at all."""

from __future__ import annotations

from pathlib import Path


def read() -> list[tuple[str, str, bool]]:
    """Element, layout, whether it nests."""
    lines = Path(__file__).with_name("elements.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[2:])
    return [(element, layout, nests == "yes") for element, layout, nests in rows]


ELEMENTS = read()
UNSEEN = frozenset(element for element, layout, _ in ELEMENTS if layout == "unseen")
INLINE = frozenset(element for element, layout, _ in ELEMENTS if layout == "inline")
NOT_NESTING = frozenset(element for element, _, nests in ELEMENTS if not nests)
"""Elements whose end tag may be missing without nesting what follows."""
