"""A run that writes a JSON line a page: ``python -m tests.batch.script ENGINE COUNT DATA``."""

from __future__ import annotations

import os
import signal
import sys

import msgspec

from pipeline.batch import assess_pages
from pipeline.records import RawPage
from pipeline.settings import Settings


def main() -> None:
    """Assess COUNT pages that all hold DATA."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background ignores it
    engine, count, data = sys.argv[1:]
    source = (RawPage(source=f"page-{number}", data=data.encode()) for number in range(int(count)))
    try:
        for assessment in assess_pages(source, Settings(), jobs=2, engine=f"tests.batch.engines:{engine}"):
            os.write(1, msgspec.json.encode(assessment) + b"\n")
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
