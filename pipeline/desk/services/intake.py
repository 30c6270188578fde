"""Pages → the desk: what is known is not assessed again."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime

from pipeline.batch import assess_pages
from pipeline.desk.services.receive import Outcome, Received, content_hash, is_known, receive
from pipeline.desk.services.source_text import source_lines
from pipeline.records import Assessment, RawPage
from pipeline.settings import Settings

Assess = Callable[[Iterable[RawPage]], Iterator[Assessment]]


def intake(
    pages: Iterable[RawPage],
    settings: Settings,
    *,
    jobs: int,
    clock: Callable[[], datetime],
    again: bool = False,
    seen: Callable[[Received], None] = lambda _: None,
) -> Counter[Outcome]:
    """Assess what is new or changed in worker processes and put it on the desk; `again` assesses what is known too.

    Calls `seen` for each page that was assessed. An interruption loses nothing that `seen` was called for.
    """
    counts: Counter[Outcome] = Counter()
    under_way: deque[tuple[RawPage, str]] = deque()

    def to_assess() -> Iterator[RawPage]:
        for page in pages:
            hashed = content_hash(page)
            if not again and is_known(page.source, hashed):
                counts[Outcome.UNCHANGED] += 1
                continue
            under_way.append((page, hashed))
            yield page

    with closing(assess_pages(to_assess(), settings, jobs=jobs)) as assessments:
        for assessment in assessments:
            page, hashed = under_way.popleft()
            received = receive(assessment, hashed, clock(), lines=source_lines(page, assessment, settings))
            counts[received.outcome] += 1
            seen(received)
    return counts
