"""The lessons: every page reads, none is measured on, and the two courses share nothing."""

import random
from collections import Counter
from pathlib import Path

import pytest

from pipeline.learn import gold, lessons
from pipeline.learn.spin_corpus import Sample, gold_sample

SAMPLES = Path(__file__).parents[2] / "samples"
COURSES = ("network", "judges")


@pytest.fixture(scope="module", params=COURSES)
def course(request: pytest.FixtureRequest) -> list[Sample]:
    """The samples of one course."""
    return lessons.samples(SAMPLES / "lessons" / request.param)


def test_a_lesson_is_spun_where_its_folder_says_so(course: list[Sample]) -> None:
    for sample in course:
        honest = sample.group.split("/")[1].startswith("honest-")
        assert sample.spun != honest, sample.group


def test_groups_are_the_pages_own(course: list[Sample]) -> None:
    pages = gold.read(SAMPLES / "gold")
    groups = Counter(sample.group for sample in course)
    assert max(groups.values()) == 1
    assert not set(groups) & {page.group for page in pages}


def test_marks_restore_the_article_as_first_written(course: list[Sample]) -> None:
    for sample in course:
        before = lessons.restored(sample)
        assert not any(mark in before + sample.text for mark in ("[[", "]]", "||")), sample.group
        assert (before == sample.text) != sample.spun
        for span in sample.spans:
            assert span.original.strip(), sample.group


def test_restored_takes_every_original() -> None:
    text = "Take the pill with frosty water and relax."
    spans = (gold.Span(19, 25, "cold"), gold.Span(36, 41, "rest"))
    assert lessons.restored(Sample(text, spans, "a")) == "Take the pill with cold water and rest."


def test_marked_drops_the_words_that_both_sides_share() -> None:
    text = "a bad chest contamination came"
    sample = Sample(text, (gold.Span(6, 25, "chest infection"),), "a")
    [span] = lessons.marked(sample).spans
    assert (text[span.start : span.end], span.original) == ("contamination", "infection")


def test_a_pass_has_each_lesson_spun_and_as_it_was_before() -> None:
    spun = Sample("frosty water", (gold.Span(0, 6, "cold"),), "a")
    plain = Sample("plain words", (), "b")
    drawn = lessons.one_pass([spun, plain], ["real one", "real two", "real three"], 2, random.Random(1))
    texts = Counter(text.text for text in drawn)
    assert {text: texts[text] for text in ("frosty water", "cold water", "plain words")} == {
        "frosty water": 1,
        "cold water": 1,
        "plain words": 1,
    }
    assert len(drawn) == 5
    assert [text.text for text in drawn if text.spans] == ["frosty water"]


def test_a_pass_of_the_corrector_has_the_spun_lessons_alone() -> None:
    spun = [Sample(f"frosty water {number}", (gold.Span(0, 6, "cold"),), str(number)) for number in range(3)]
    drawn = lessons.spun_pass([*spun, Sample("plain words", (), "b")], random.Random(1))
    assert sorted(text.text for text in drawn) == ["frosty water 0", "frosty water 1", "frosty water 2"]
    assert {span.original for text in drawn for span in text.spans} == {"cold"}


def test_no_line_as_first_written_is_in_both_courses_or_in_gold() -> None:
    pages = [gold_sample(page) for page in gold.read(SAMPLES / "gold") if page.kind == "text"]
    parts = {"gold": pages} | {course: lessons.samples(SAMPLES / "lessons" / course) for course in COURSES}
    seen: dict[str, str] = {}
    for part, samples in parts.items():
        for line in (line for sample in samples for line in lessons.restored(sample).split("\n\n")):
            if len(line.split()) >= 20:
                assert seen.setdefault(line, part) == part, line
    assert len(seen) > 1000
