"""The page as it came in, from what was kept and what was removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.services.source_text import source_lines
from pipeline.flow import default_engine
from pipeline.ingest import read
from pipeline.records import RawPage
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[3] / "samples" / "pages"


@pytest.mark.parametrize(
    "name", ["01-spun-restless-legs-wiki-article.txt", "10-comment-spam-under-honest-bunions.html"]
)
def test_body_and_removed_lines_stand_in_the_order_of_the_page(name: str) -> None:
    """All blocks in order, all removed texts, each once; for a flattened page, those of its lines that were not
    glued or cut when it came."""
    (page,) = read([SAMPLES / name], Settings())
    assessment = default_engine().assess(page)
    lines = source_lines(page, assessment, Settings())
    assert [text for reason, text in lines if not reason] == [
        assessment.text[b.start : b.end] for b in assessment.blocks
    ]
    assert sorted(line for line in lines if line[0]) == sorted((r.reason, r.text) for r in assessment.removed)
    if name.endswith(".txt"):
        came = [" ".join(line.split()) for line in page.data.decode().splitlines() if line.strip()]
        shown = [text for _, text in lines]
        whole = [line for line in came if line in shown]
        assert len(whole) > len(shown) / 2
        assert [text for text in shown if text in whole] == whole


def test_a_page_that_was_not_assessed_has_none() -> None:
    """Nothing of it is shown."""
    page = RawPage(source="x", data=b"\0\1\2" * 50)
    assert source_lines(page, default_engine().assess(page), Settings()) == []
