"""Lexicons and the matcher."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect import matchers
from pipeline.detect.matchers import Matcher, lexicon, normalise, rows
from pipeline.errors import RuleError

NAMES = sorted(path.stem for path in matchers.FOLDER.glob("*.tsv"))


@given(st.text())
def test_normalising_keeps_every_code_point_in_its_place(text: str) -> None:
    """Offsets in normalised text are offsets in the text."""
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet=[*map(chr, matchers.PLAIN), *"aBé中"], max_size=20))
def test_marks_are_read_as_plain_ones_whatever_stands_beside_them(text: str) -> None:
    """ASCII text and other text take different ways to the same end."""
    assert normalise(text) == text.translate(matchers.PLAIN).lower()


def test_of_phrases_that_begin_together_the_longest_wins() -> None:
    """And of those that end together, the one that begins first."""
    matcher = Matcher(["claim-cues", "health-words"])
    phrases = [entry.phrase for entry in lexicon("claim-cues")]
    short, long = next((one, two) for one in phrases for two in phrases if two.startswith(f"{one} "))
    hits = matcher.find(f"so {long} there")["claim-cues"]
    assert [hit.entry.phrase for hit in hits] == [long], short


@given(st.text(alphabet="comp ounduse abİ’'sß\n.", max_size=60))
def test_hits_are_whole_words_and_do_not_overlap(text: str) -> None:
    """Each hit is the phrase itself, stands between word boundaries, and overlaps no other of its lexicon."""
    text = f"{text} compound abuse{text}"
    low = normalise(text)
    for hits in Matcher(NAMES).find(low).values():
        ends = 0
        for hit in hits:
            assert low[hit.start : hit.end] == hit.entry.phrase
            assert hit.start >= ends
            ends = hit.end
            assert not (hit.start and low[hit.start - 1].isalnum() and low[hit.start].isalnum())
            assert not (hit.end < len(low) and low[hit.end].isalnum() and low[hit.end - 1].isalnum())


@pytest.mark.parametrize("name", NAMES)
def test_every_lexicon_reads(name: str) -> None:
    """Every shipped lexicon has provenance, licence, a header, and no phrase twice."""
    assert lexicon(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phrase\nx\n", "provenance"),
        ("# provenance: p\nphrase\nx\n", "licence"),
        ("# provenance: p\n# licence: l\n", "header"),
    ],
)
def test_a_lexicon_without_provenance_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A list whose origin nobody knows does not get in."""
    path = tmp_path / "x.tsv"
    path.write_text(text)
    with pytest.raises(RuleError, match=said):
        rows(path)


def test_a_repeated_phrase_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase with two entries would hide one of them."""
    (tmp_path / "twice.tsv").write_text("# provenance: p\n# licence: l\nphrase\tx\nA b\t1\na B\t2\n")
    monkeypatch.setattr(matchers, "FOLDER", tmp_path)
    with pytest.raises(RuleError, match="'a b' is there twice"):
        lexicon("twice")


def test_the_longest_phrase_wins() -> None:
    """Of overlapping phrases of one lexicon the longest is kept."""
    (hit,) = Matcher(["inflated-connectors"]).find("this as well as also that")["inflated-connectors"]
    assert hit.entry.phrase == "as well as also"
