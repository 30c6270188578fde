"""One page a file: .html, .htm, .xhtml, .txt, .md, and standard input that is no container."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.ingest.refusals import over
from pipeline.ingest.streams import Source
from pipeline.records import PageKind, RawPage
from pipeline.settings import Settings

KINDS: dict[str, PageKind] = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".md": "text"}
TRAILING = "bytes after the gzip data were ignored"


def pages(source: Source, settings: Settings) -> Iterator[RawPage]:
    """The file as one page. Raises LimitExceeded before more than one page is in memory, Unreadable for bad gzip."""
    limits = settings.limits
    if source.inflated:
        source.inflated.ratio = limits.ratio
    data = source.stream.read(limits.page_bytes + 1)
    if len(data) > limits.page_bytes:
        raise over("page_bytes", "the page", limits.page_bytes)
    notes = (TRAILING,) if source.inflated and source.inflated.trailing else ()
    yield RawPage(source=source.name, data=data, kind=KINDS.get(source.suffix), notes=notes)
