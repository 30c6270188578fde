"""Pages assessed while somebody waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from pipeline.desk.services.assess import WAITING, Assessor, Busy
from pipeline.errors import ModelError
from pipeline.records import RawPage
from pipeline.settings import Limits, Settings

SETTINGS = Settings(limits=Limits(page_seconds=1.0))


def page(command: str) -> RawPage:
    """A page that tells the engine of the tests what to do."""
    return RawPage(source=command, data=command.encode(), kind="text")


def test_a_page_costs_itself_and_not_the_next() -> None:
    """One that ends its worker, one that hangs: error records, and the one after them is assessed."""
    assessor = Assessor(SETTINGS, "tests.batch.engines:Obedient")
    try:
        assert assessor.assess(page("hello")).verdict == "pass"
        assert assessor.assess(page("segfault")).error is not None
        assert assessor.assess(page("hang")).error is not None
        assert assessor.assess(page("hello again")).verdict == "pass"
    finally:
        assessor.close()


def test_more_than_a_few_do_not_wait() -> None:
    """They are told to come back, so that threads are left for the editors."""
    assessor = Assessor(SETTINGS, "tests.batch.engines:Obedient")
    together = Barrier(WAITING + 2)

    def ask(_: int) -> str:
        together.wait()
        try:
            return str(assessor.assess(page("sleep 0.3")).verdict)
        except Busy:
            return "busy"

    try:
        with ThreadPoolExecutor(WAITING + 2) as threads:
            said = sorted(threads.map(ask, range(WAITING + 2)))
        assert said == ["busy"] * 2 + ["pass"] * WAITING
    finally:
        assessor.close()


def test_an_engine_that_cannot_be_set_up_is_an_error_each_time() -> None:
    """And leaves no process behind that would answer for it."""
    assessor = Assessor(SETTINGS, "tests.batch.engines:NoModel")
    for _ in range(2):
        with pytest.raises(ModelError):
            assessor.assess(page("hello"))
        assert assessor._supervisor is None
