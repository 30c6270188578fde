"""The association table: what was counted is found, what was not is not, and the shipped file is the manifest's."""

from __future__ import annotations

import re
from hashlib import sha256

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import model_store
from pipeline.detect import associations, spin_models
from pipeline.detect.associations import LEVELS, PAIR, SKIP, TRIGRAM, Associations, keys
from pipeline.detect.company import Company
from pipeline.detect.tokens import COMMA, NUMBER, STOP, TOKEN, tokens
from pipeline.learn import gram_filter


def test_tokens_part_words_numbers_and_marks() -> None:
    """Hyphens split, a possessive stands alone, a contraction does not; spans point into the text."""
    text = "the patient's well-known 1,000.5 mg dose, don't ask."
    words, spans = tokens(text)
    assert words == ["the", "patient", "'s", "well", "known", NUMBER, "mg", "dose", COMMA, "don't", "ask", STOP]
    assert [text[start:end] for start, end in spans][5] == "1,000.5"


@given(st.text(st.sampled_from("abz'sé1.,½ \n-_²"), max_size=40))
def test_the_fast_alternative_changes_no_token(text: str) -> None:
    """The tokens are those of the pattern without its first alternative."""
    slow = re.compile(TOKEN.pattern.partition("|")[2])
    assert tokens(text)[1] == [match.span() for match in slow.finditer(text)]


def test_every_counted_gram_is_found_and_hardly_any_other() -> None:
    """Counts come back as the nearest level; one in 4,096 strangers may answer."""
    rng = np.random.default_rng(0)
    a, b = np.arange(1, 20_001), rng.integers(1, 30_000, 20_000)
    counts = rng.choice(LEVELS, 20_000)
    table = Associations((), {}, np.ones(40_000, dtype=np.float32), gram_filter.build(keys(PAIR, a, b), counts))
    assert np.array_equal(table.count(PAIR, a, b), counts)
    assert (table.count(SKIP, a, b) > 0).mean() < 0.002
    assert (table.count(TRIGRAM, a, b, a) > 0).mean() < 0.002


def test_what_is_asked_together_is_answered_apart() -> None:
    """Arrays of any shape, empty ones too, each get their own counts."""
    table, _, _ = spin_models.tables()
    a, b = np.arange(600).reshape(20, 30), np.arange(1000, 1600).reshape(20, 30)
    asked = keys(PAIR, a, b), keys(SKIP, a[:0], b[:0]), keys(TRIGRAM, b[0], a[0], b[1])
    answers = table.look_up(*asked)
    assert [answer.shape for answer in answers] == [(20, 30), (0, 30), (30,)]
    assert np.array_equal(answers[0], table.count(PAIR, a.ravel(), b.ravel()).reshape(20, 30))
    assert np.array_equal(answers[2], table.count(TRIGRAM, b[0], a[0], b[1]))
    assert len({*answers[0].ravel().tolist()}) > 5


def test_repeated_keys_are_refused() -> None:
    """Keys that are not distinct cannot be placed, and the error says so."""
    with pytest.raises(ValueError, match="distinct"):
        gram_filter.build(np.array([7, 7], dtype=np.uint64), np.array([1.0, 2.0]))


def test_neighbours_attract() -> None:
    """In the shipped table "kidney" goes with "stones" and not with "pebbles"; skip pairs reach over one word."""
    table, _, _ = spin_models.tables()
    kidney, stones, pebbles = table.encode(["kidney", "stones", "pebbles"])
    pair = table.affinity(PAIR, np.array([kidney, kidney]), np.array([stones, pebbles]))
    assert pair[0] > 4 > 1 > pair[1]


@pytest.mark.parametrize("count", [0, 1, 5, 20, 21, 60])
def test_a_topic_is_that_of_the_words_around(count: int) -> None:
    """The mean of the tokens within reach without the token itself, at the ends of a text too."""
    _, vectors, _ = spin_models.tables()
    ids = np.arange(100, 100 + count)
    own = vectors.topics.take(ids)
    around = vectors.surroundings(ids, 20)
    assert around.shape == own.shape
    for place in range(count):
        total = own[max(0, place - 20) : place + 21].sum(axis=0) - own[place]
        assert np.allclose(around[place], total / (np.linalg.norm(total) + 1e-6), atol=1e-4)


def test_unknown_words_have_no_vector() -> None:
    """Ids beyond the rows are like the unknown word; a context is the sum of its four words."""
    _, vectors, _ = spin_models.tables()
    assert not vectors.words.take(np.array([0, 65_000])).any()
    four = np.array([[5], [60_000], [0], [0]])
    assert np.array_equal(vectors.expected(four)[0], vectors.contexts.take(np.array([5]))[0])
    count = len(vectors.contexts) // 4
    both = vectors.contexts.take(np.array([5, 3 * count + 7])).sum(axis=0)
    assert np.allclose(vectors.expected(np.array([[5], [0], [0], [7]]))[0], both)


def test_an_empty_text_has_no_company() -> None:
    """Nothing in, nothing out."""
    table, vectors, _ = spin_models.tables()
    company = Company.of(table, vectors, "", "")
    assert len(company) == 0
    assert company.affinities.shape == (4, 0)


def test_mapped_files_are_those_of_their_manifests() -> None:
    """The digest, which is not checked at start, is that of the manifest."""
    folder = model_store.folder_of(associations.NAME)
    manifest = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=model_store.Manifest)
    assert set(manifest.files) == {associations.GRAMS}
    for name, file in manifest.files.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == file.sha256
