"""A worker's answer, without a process."""

from __future__ import annotations

import pytest

from pipeline.batch.wire import decode_assessment
from pipeline.batch.worker import answer
from pipeline.records import Assessment, RawPage
from tests.batch.engines import Obedient
from tests.batch.running import settings


def answered(data: str) -> Assessment:
    """What a worker answers to a page with this data."""
    return decode_assessment(answer(Obedient(settings()), RawPage(source="page", data=data.encode())))


def test_an_engine_that_raises_costs_one_page() -> None:
    """A defect becomes the error record of its page, with the type and the words of the exception."""
    made = answered("fail by a mistake")
    assert made.error is not None
    assert made.error.code == "defect"
    assert made.error.message == "page: RuntimeError: by a mistake"
    assert made.verdict is None


def test_an_assessment_of_wrong_types_costs_one_page() -> None:
    """An assessment that nobody could read becomes an error record that names the field."""
    made = answered("mistype")
    assert made.error is not None
    assert made.error.message == "page: ValidationError: Expected `float`, got `str` - at `$.risk`"


def test_no_memory_is_not_a_defect() -> None:
    """MemoryError leaves the worker, which then ends and says so."""

    class Gorged(Obedient):
        def assess(self, _page: RawPage) -> Assessment:
            raise MemoryError

    with pytest.raises(MemoryError):
        answer(Gorged(settings()), RawPage(source="page"))
