"""Articles for tests, from a few lines of text."""

from __future__ import annotations

from pipeline.records import Article, Block, BlockKind


def article(text: str, title: str | None = None, language: str = "en", image_alts: tuple[str, ...] = ()) -> Article:
    """A cleaned article: a block a line; ``# `` makes a heading, ``- `` a list item."""
    blocks, body = [], ""
    for line in text.splitlines():
        if not line.strip():
            continue
        kind: BlockKind = "heading" if line.startswith("# ") else "list_item" if line.startswith("- ") else "paragraph"
        words = line.removeprefix("# ").strip()
        start = len(body) + 2 if body else 0
        body = f"{body}\n\n{words}" if body else words
        blocks.append(Block(start=start, end=len(body), kind=kind))
    return Article(
        id="0",
        source="test",
        kind="text",
        text=body,
        title=title,
        language=language,
        blocks=tuple(blocks),
        image_alts=image_alts,
    )
