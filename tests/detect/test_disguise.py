"""Disguised words are seen through, and places stay those of the text as it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect.disguise import Bare, undisguised


def test_spans_are_those_of_the_text_as_it_is() -> None:
    """A span of the bare text covers the same words with what is put into them."""
    text = "may not suit che\u200bck\u00ad here people"
    bare = Bare.of(text)
    start = bare.text.index("check here")
    assert text[slice(*bare.span(start, start + 10))] == "che\u200bck\u00ad here"


def test_plain_text_is_left_alone() -> None:
    """Also emoji and scripts that need joiners."""
    for text in ("check here", "👩\u200d⚕️ said", "می\u200cخواهم"):
        assert Bare.of(text).text is text


def test_letters_apart() -> None:
    """Single letters with gaps are one word; initials and short runs are not."""
    assert undisguised("buy v i a g r a now") == "buy viagra now"
    assert undisguised("Dr A B Smith") == "Dr A B Smith"


@given(st.text(alphabet="ab \u200b\u00ad\u200d\u2060é", max_size=40))
def test_offsets_belong_to_their_characters(text: str) -> None:
    """Every character of the bare text stands at its offset, and places go there and back."""
    bare = Bare.of(text)
    assert "".join(text[offset] for offset in bare.offsets) == bare.text
    assert [bare.place(offset) for offset in bare.offsets] == list(range(len(bare.text)))
