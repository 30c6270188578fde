"""A small dictionary in WordNet's format: a synset above two others, and adjectives around a head."""

from pathlib import Path

import pytest

from pipeline.learn.wordnet import RELATIONS, WordNet

NOUNS = """  1 This is the licence, which is not read.
00000001 03 n 01 ailment 0 002 ~ 00000002 n 0000 ~ 00000003 n 0000 | a bad state
00000002 03 n 02 headache 0 head_pain 0 001 @ 00000001 n 0000 | pain in the head
00000003 03 n 01 cough 0 001 @ 00000001 n 0000 | a noisy breath
"""
ADJECTIVES = """00000011 00 a 01 clear(a) 0 002 & 00000012 s 0000 & 00000013 s 0000 | plain
00000012 00 s 01 lucid 0 001 & 00000011 a 0000 | easily understood
00000013 00 s 01 limpid 0 001 & 00000011 a 0000 | easily seen through
"""


@pytest.fixture
def wordnet(tmp_path: Path) -> WordNet:
    """The small dictionary."""
    for part, text in {"noun": NOUNS, "verb": "", "adj": ADJECTIVES, "adv": ""}.items():
        (tmp_path / f"data.{part}").write_text(text, encoding="utf-8")
    return WordNet(tmp_path)


@pytest.mark.parametrize(
    ("word", "other", "relation"),
    [
        ("headache", "head pain", "synonym"),
        ("headache", "ailment", "hypernym"),
        ("ailment", "cough", "hyponym"),
        ("headache", "cough", "coordinate"),
        ("clear", "lucid", "similar"),
        ("lucid", "limpid", "satellite"),
    ],
)
def test_relations_of_every_kind_are_read(wordnet: WordNet, word: str, other: str, relation: str) -> None:
    assert RELATIONS[wordnet.near(word)[other]] == relation


def test_a_word_is_not_near_itself_and_unknown_words_have_nothing_near(wordnet: WordNet) -> None:
    assert "lucid" not in wordnet.near("lucid")
    assert wordnet.near("kidney") == {}
