"""What is counted on the page as a whole is what each line would count by itself."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.text_features import (
    HELD,
    MAX_WORDS,
    Lexicon,
    char_classes,
    char_counts,
    holding,
    word_ids,
    words_of,
)


@given(st.lists(st.text("w.com:/20 19@©", min_size=1, max_size=8), min_size=1, max_size=6))
def test_marks_are_found_in_the_line_that_holds_them(texts: list[str]) -> None:
    """What is searched for on the whole page is never found across two lines."""
    lengths = np.array([len(text) for text in texts])
    for marks in HELD:
        assert holding(texts, lengths, marks).tolist() == [any(mark in text for mark in marks) for text in texts]


PAGES = st.lists(st.text(min_size=1).map(lambda s: " ".join(s.split())).filter(bool), min_size=1, max_size=9)


@given(PAGES)
def test_words_are_looked_up_line_by_line(texts: list[str]) -> None:
    """Numbers of words, found on the page as a whole, are those of the words of each line; no word is number 0."""
    lexicon = Lexicon({"a": 1.0, "the": 1.0})
    texts = [*texts, "The a ... x", "a " * (MAX_WORDS + 5), "..."]
    ids, lengths = word_ids(texts, lexicon)
    words = words_of(texts)
    assert lengths.tolist() == [len(line) for line in words]
    assert ids.tolist() == [lexicon.ids.get(word, 0) for line in words for word in line]
    assert (words[-3], len(words[-2]), words[-1]) == (["the", "a", "x"], MAX_WORDS, [""])


@given(PAGES)
def test_characters_are_counted_line_by_line(texts: list[str]) -> None:
    """The histogram of the page gives each line's own counts, and the words that begin in capitals."""
    lengths = np.array([len(text) for text in texts])
    codes = np.array([ord(char) for text in texts for char in text], dtype=np.uint32)
    counts, capitals = char_counts(codes, np.cumsum(lengths) - lengths, lengths)
    classes = [char_classes().take([ord(char) for char in text], mode="clip") for text in texts]
    for bit in range(8):
        assert counts[bit].tolist() == [((line >> bit) & 1).sum() for line in classes]
    is_upper = [(line & 1).astype(bool) for line in classes]
    begins = [np.array([not at or text[at - 1].isspace() for at in range(len(text))]) for text in texts]
    assert capitals.tolist() == [(upper & at).sum() for upper, at in zip(is_upper, begins, strict=True)]
