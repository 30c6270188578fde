"""An assessment beside its gold page."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.learn.compare import Comparison, fold, unfold
from pipeline.learn.gold import GoldPage, read_text
from pipeline.records import Assessment, Block, Claim, Evidence, Support, Versions

BODY = (
    "~~ Home\nThe [[Rotten||Bad]] Title\nA history of [[compound||substance]] abuse  <<check here>> counts.\n"
    "~~ Leave a Reply\n{{U|It cures all.}} {{S|It helps (Kyle, 2014).}}\n"
    '===claims\n{"sentence": "It cures all.", "type": "absolute", "missing": "a trial"}\n'
)


def gold_page(folder: Path) -> GoldPage:
    """A gold page."""
    path = folder / "01-x.txt"
    path.write_text("kind: x\naxes: spun=light links=low claims=low\nverdict: hold\nnotes: -\n---\n" + BODY)
    return read_text(path)


def evidence(name: str, quote: str, start: int | None, *suggestions: str) -> Evidence:
    """Evidence on some axis."""
    end = None if start is None else start + len(quote)
    return Evidence(
        rule="X", name=name, axis="spin", quote=quote, message="m", strength=1.0, start=start, end=end,
        suggestions=suggestions,
    )  # fmt: skip


def compare(folder: Path, *found: Evidence, claims: tuple[Claim, ...] = ()) -> Comparison:
    """An assessment that kept both body lines and one line of furniture, with some evidence."""
    lines = ["A history of compound abuse check here counts.", "Leave a Reply", "It cures all. It helps (Kyle, 2014)."]
    blocks, at = [], 0
    for line in lines:
        blocks.append(Block(start=at, end=at + len(line)))
        at += len(line) + 2
    assessment = Assessment(
        id="0", source="x", versions=Versions(unspun="0"), title="The Rotten Title", text="\n\n".join(lines),
        blocks=tuple(blocks), evidence=found, claims=claims,
    )  # fmt: skip
    return Comparison(gold_page(folder), assessment)


def test_body_lines(tmp_path: Path) -> None:
    """Kept: two body lines, the title, one line of furniture."""
    assert compare(tmp_path).body_lines() == (3, 4, 3, 3)


def test_a_span_is_found_where_it_stands_and_in_the_title(tmp_path: Path) -> None:
    """A finding in the body, one in the title, one beside the mark; white space that was folded does not shift any."""
    c = compare(
        tmp_path,
        evidence("odd", "compound abuse", 13),
        evidence("odd", "Rotten", None),
        evidence("odd", "history", 2),
        evidence("anchor", "check here", 28),
    )
    assert c.spans(["odd"], c.gold.substitutions) == (2, 3, 2, 2)
    assert c.spans(["anchor"], c.gold.anchors) == (1, 1, 1, 1)
    assert c.gold.content[c.placed(["anchor"])[0].start :].startswith("check here")


def test_restoration_counts_the_text_as_first_written(tmp_path: Path) -> None:
    """A suggestion is right when putting it in gives the original, whatever words the finding covers."""
    c = compare(tmp_path, evidence("odd", "compound abuse", 13, "drug abuse", "substance abuse"))
    assert c.restored(["odd"], 1) == (1, 0)
    assert c.restored(["odd"], 3) == (1, 1)


def test_claims(tmp_path: Path) -> None:
    """One unsupported claim found, one supported claim called unsupported."""
    at = 46 + 2 + 13 + 2
    claims = tuple(
        Claim(start=at + s, end=at + e, quote="", type="efficacy", support="none") for s, e in ((0, 13), (14, 37))
    )
    assert compare(tmp_path, claims=claims).claims() == ((1, 2, 1, 1), 1, 1)


def test_support_and_type_of_claims(tmp_path: Path) -> None:
    """Support is right when stated claims are cited or named and others are not; types are those of the page."""
    text = "A history of compound abuse check here counts.\n\nLeave a Reply\n\nIt cures all. It helps (Kyle, 2014)."

    def claim(quote: str, support: Support) -> Claim:
        start = text.index(quote)
        return Claim(start=start, end=start + len(quote), quote=quote, type="absolute", support=support)

    right = compare(tmp_path, claims=(claim("It cures all.", "vague"), claim("It helps (Kyle, 2014).", "cited")))
    assert (right.all_claims(), right.support(), right.types()) == ((2, 2, 2, 2), (2, 2), (1, 1))
    wrong = compare(tmp_path, claims=(claim("It cures all.", "named"), claim("Leave a Reply", "none")))
    assert (wrong.all_claims(), wrong.support(), wrong.types()) == ((1, 2, 2, 1), (0, 1), (1, 1))


@given(st.text(alphabet="ab \n\t ", max_size=40))
def test_unfolding_finds_every_character_of_the_folded_text(text: str) -> None:
    """Folded characters keep their place in the source; a space stands for the first of its run."""
    offsets = unfold(text)
    assert len(offsets) == len(fold(text))
    for character, at in zip(fold(text), offsets, strict=True):
        assert text[at] == character or (character == " " and text[at].isspace())
