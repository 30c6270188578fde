"""Gates: words that a pattern needs, looked up instead of searched for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.detect import claim_features, severity, source_features, sourcing, word_flags
from pipeline.detect.claim_terms import LONGEST, opening_word, tokens
from pipeline.detect.matchers import normalise
from pipeline.detect.sentences import sentences
from pipeline.learn import gold

GOLD = Path(__file__).parents[2] / "samples" / "gold"
RISKS = {risk["name"]: set(risk["triggers"].split()) for risk in tomllib.loads(severity.FILE.read_text())["risk"]}
PATTERNS = {
    **{
        name: (needed, pattern.search)
        for name, (needed, pattern) in (sourcing.PATTERNS | source_features.WORDINGS).items()
        if name in ("study and year", "sized study", "author and year", "named study", "says", "same")
    },
    **claim_features.PATTERN_FORMS,
}
HELD_BACK = {"named study", "sized study", "says", "same", "testimonial", "author and year"}
"""Patterns whose words are part of what they mean: the gate keeps some matches out, on purpose."""


def gold_sentences() -> Iterator[tuple[str, list[str]]]:
    """Sentences of gold text pages, with their tokens."""
    for page in gold.read(GOLD):
        for line in page.content.split("\n") if page.kind == "text" else ():
            for start, end in sentences(line, 0, len(line)):
                yield line[start:end][:LONGEST], tokens(normalise(line[start:end]))


def test_a_gate_needs_a_word_of_each_set() -> None:
    """And a set that is given again is the same set."""
    one, other = ("xylitol", "erythritol"), ("gum", "gums")
    gates = word_flags.Gates([word_flags.gate(one), word_flags.gate(one, other), word_flags.gate()])
    flags = word_flags.of_words([["xylitol", "gum"], ["erythritol"], ["gums"], []])
    assert gates.passed(flags).tolist() == [
        [True, True, True],
        [True, False, True],
        [False, False, True],
        [False, False, True],
    ]
    assert gates.pairs(flags)[:2] == [[0, 0], [0, 1]]
    assert word_flags.gate(one) == word_flags.gate(reversed(one))


def test_no_gate_keeps_out_what_its_pattern_would_find() -> None:
    """In all sentences of gold, a pattern that matches has passed its gate: gates save time and change nothing."""
    every = list(gold_sentences())
    flags = word_flags.of_words([words for _, words in every])
    lost = []
    for name, (needed, find) in PATTERNS.items():
        passed = word_flags.Gates([needed]).passed(flags)[:, 0]
        if name not in HELD_BACK:
            lost += [(name, text) for (text, _), ok in zip(every, passed, strict=True) if not ok and find(text)]
    for form in severity.FORMS:
        passed = word_flags.Gates([form.gate]).passed(flags)[:, 0]
        for (text, words), ok in zip(every, passed, strict=True):
            if not ok and not RISKS[form.risk].isdisjoint(words) and form.pattern.search(text):
                lost.append((form.risk, text))
    assert lost == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (claim_features.INSTRUCTION, claim_features.INSTRUCTION_WORDS),
        (source_features.GOES_ON, source_features.CONTINUERS),
    ],
)
def test_opening_words_are_those_of_their_pattern(pattern: re.Pattern[str], words: frozenset[str]) -> None:
    """A sentence that begins as the pattern says begins with one of the words."""
    assert [text for text, found in gold_sentences() if pattern.match(text) and opening_word(found) not in words] == []
