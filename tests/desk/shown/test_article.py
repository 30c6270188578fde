"""The article view, as data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.services.label import fingerprints
from pipeline.desk.shown.article import shown, without_overruled
from pipeline.desk.shown.marks import Piece
from pipeline.records import Evidence
from tests.desk.assessments import TEXT, assessment


def test_pieces_are_the_text_with_its_evidence() -> None:
    """Joined they are the blocks; the narrowest evidence gives the look; codes stand behind the last word."""
    view = shown(assessment(), {})
    assert ["".join(piece.text for piece in block.pieces) for block in view.blocks] == TEXT.split("\n\n")
    assert view.blocks[1].pieces[1] == Piece(
        text="compound abuse", ranks="0", axis="spin", names="tortured phrase", begins=True, labels=(("SP101", "spin"),)
    )
    assert [(card.rank, card.rule, card.where) for card in view.cards] == [(0, "SP101", "text"), (1, "CL101", "text")]


def test_what_is_fine_here_is_listed_not_marked() -> None:
    """What is wrong stays marked, so that it can be seen; neither gets into the letter."""
    names = fingerprints(assessment().evidence)
    view = shown(assessment(), {names[0]: "fine", names[1]: "wrong"})
    assert [card.rule for card in view.cards] == ["CL101"]
    assert [card.rule for card in view.fine] == ["SP101"]
    assert not any(piece.axis == "spin" for block in view.blocks for piece in block.pieces)
    left = without_overruled(assessment(), {names[0]: "fine", names[1]: "wrong"})
    assert (left.evidence, left.claims) == ((), ())


def test_removed_lines_carry_the_evidence_about_them() -> None:
    """Evidence without a place in the text is marked where its words stand in what was removed."""
    found = Evidence(
        rule="LK104", name="hidden-link", axis="links", quote="cheap pills", message="hidden", strength=0.8
    )
    view = shown(assessment(evidence=(found,)), {}, [("", "About sleep"), ("hidden", "buy cheap pills now")])
    assert [(line.removed, [(p.text, p.axis) for p in line.pieces]) for line in view.lines] == [
        ("", [("About sleep", "")]),
        ("hidden", [("buy ", ""), ("cheap pills", "links"), (" now", "")]),
    ]


@given(st.lists(st.tuples(st.integers(-5, 120), st.integers(-5, 120)), max_size=12))
def test_no_span_breaks_the_view(spans: list[tuple[int, int]]) -> None:
    """Overlapping, empty, reversed or outside the text: the text is whole all the same."""
    evidence = tuple(
        Evidence(rule="SP101", name="x", axis="spin", quote="q", message="m", strength=0.5, start=a, end=b)
        for a, b in spans
    )
    view = shown(assessment(evidence=evidence), {})
    assert ["".join(piece.text for piece in block.pieces) for block in view.blocks] == TEXT.split("\n\n")
