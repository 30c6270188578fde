"""The gold reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import GoldError
from pipeline.learn import gold

ROOT = Path(__file__).parent.parent.parent
HEAD = "kind: made up\naxes: spun=light links=none claims=low\nverdict: review\nnotes: Sibling of 07\n---\n"


def page(folder: Path, body: str, name: str = "03-x.txt") -> gold.GoldPage:
    """A gold page with this body."""
    path = folder / name
    path.write_text(HEAD + body)
    return gold.read_text(path)


def test_marks_become_spans_of_the_page_as_submitted(tmp_path: Path) -> None:
    """Marks go, spun forms stay, offsets point at them; marks may stand inside each other."""
    found = page(
        tmp_path,
        "~~ Home | About\nThe Title\n\n{{U|[[An auto racing||A racing]] heart <<check here>> hurts.}} {{S|It is so.}}\n"
        "^^Los Angeles^^ and ^^Los Angeles^^\n",
    )
    assert (
        found.content
        == "Home | About\nThe Title\n\nAn auto racing heart check here hurts. It is so.\nLos Angeles and Los Angeles\n"
    )
    assert [(found.quote(s), s.original) for s in found.substitutions] == [("An auto racing", "A racing")]
    assert [found.quote(s) for s in found.anchors] == ["check here"]
    assert [found.quote(s) for s in found.unsupported] == ["An auto racing heart check here hurts."]
    assert [found.quote(s) for s in found.supported] == ["It is so."]
    assert [found.quote(s) for s in found.stuffed] == ["Los Angeles", "Los Angeles"]
    assert [found.quote(s) for s in found.furniture] == ["Home | About"]
    assert found.title == "The Title"
    assert (found.spun, found.verdict) == ("light", "review")


def test_siblings_share_a_group(tmp_path: Path) -> None:
    """Two spins of one article must never be torn apart by a split."""
    first, second = page(tmp_path, "T\n"), tmp_path / "07-y.txt"
    second.write_text(HEAD.replace("Sibling of 07", "Sibling of 03") + "T\n")
    assert first.group == gold.read_text(second).group
    assert first.group.endswith("03+07")


@pytest.mark.parametrize(
    ("body", "said"),
    [("T\na }} b\n", ":7: '}}' closes nothing"), ("T\n[[a||b>>\n", "closes '\\[\\['"), ("T\n{{U|a\n", "never closed")],
)
def test_a_broken_page_is_named(tmp_path: Path, body: str, said: str) -> None:
    """The error names file and line."""
    with pytest.raises(GoldError, match=said):
        page(tmp_path, body)


def test_the_whole_corpus_reads() -> None:
    """All pages of samples/gold parse; no mark is left in any text."""
    pages = gold.read(ROOT / "samples/gold")
    assert len(pages) == 122
    assert sum(len(p.substitutions) for p in pages) == 1474
    for p in pages:
        assert p.kind == "html" or not any(
            mark in p.content for mark in ("[[", "]]", "<<", ">>", "{{", "}}", "^^", "||")
        )


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """A scoreboard over nothing is not a zero."""
    with pytest.raises(GoldError, match="no gold pages"):
        gold.read(tmp_path)
