"""The records that travel through Unspun: Page → Article → Evidence → Assessment, and Decision.

All are immutable, serialisable and without logic. Spans are half-open, in Unicode code points of
`Article.text`: ``text[start:end] == quote``. `Assessment` is the public contract: one line of
``unspun scan --format jsonl``; its JSON Schema is docs/assessment.schema.json.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

SCHEMA_VERSION = 1

Axis = Literal["spin", "links", "claims", "quality"]
AXES: tuple[Axis, ...] = ("spin", "links", "claims", "quality")
Verdict = Literal["pass", "review", "hold"]
PageKind = Literal["html", "text"]
BlockKind = Literal["paragraph", "heading", "list_item", "quote", "table", "caption"]
Zone = Literal["body", "nav", "header", "footer", "sidebar", "comments", "form", "other"]
Support = Literal["none", "vague", "named", "cited"]
ClaimType = Literal[
    "efficacy", "safety", "statistic", "comparison", "causal", "absolute", "prevalence", "mechanism", "advice"
]
Stage = Literal["ingest", "clean", "detect", "triage", "batch"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, keyword-only (said again by each, for type checkers)."""


class Failure(Record, frozen=True, kw_only=True):
    """Why something was refused or failed, in words an operator can act on.

    `code` is stable and short ("limit", "undecodable", "truncated", "crash", "timeout", …); `limit` names
    the limit that was exceeded, as it is spelled in unspun.toml, or is null.
    """

    stage: Stage
    code: str
    message: str
    limit: str | None = None


class RawPage(Record, frozen=True, kw_only=True):
    """What a source yields before it is decoded: the bytes of one page and what the source says about it.

    `source` is path, URL or ``file#record``; `encoding` is one declared outside the page (HTTP header);
    a page that could not be read at all has `failure` and no data.
    """

    source: str
    data: bytes = b""
    kind: PageKind | None = None
    url: str | None = None
    title: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    failure: Failure | None = None


class Page(Record, frozen=True, kw_only=True):
    """One decoded page. `id` is the sha256 (hex) of the page bytes; `notes` say what decoding repaired."""

    id: str
    source: str
    kind: PageKind
    content: str
    url: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()


class Block(Record, frozen=True, kw_only=True):
    """One block of the body: a half-open span of `Article.text`."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


class Link(Record, frozen=True, kw_only=True):
    """One link of the page. `start`/`end` are null outside the body. Never followed, never made clickable.

    `holder` is the opening tag of the element that hides the link or, for a visible link outside the body, of the
    block around it. `swap` is an attribute of the link that names another address than `href`.
    """

    href: str
    text: str
    start: int | None = None
    end: int | None = None
    rel: tuple[str, ...] = ()
    zone: Zone = "body"
    hidden: bool = False
    holder: str = ""
    swap: str = ""


class Removed(Record, frozen=True, kw_only=True):
    """Something that was on the page and is not in the body, and why (a stable, short reason)."""

    text: str
    reason: str


class Metadata(Record, frozen=True, kw_only=True):
    """What the page says about itself; null where it says nothing.

    `date` and `modified` are ISO days where they can be read as such; `sources` tells for each field that is there, and
    for title and language, where it was found ("json-ld", "og:title", "h1", "line 3", …).
    """

    author: str | None = None
    date: str | None = None
    modified: str | None = None
    site: str | None = None
    canonical: str | None = None
    description: str | None = None
    sources: dict[str, str] = {}


class Markup(Record, frozen=True, kw_only=True):
    """What the source of a page says to machines and its reader never sees.

    `keywords` are lists of keywords from meta elements and JSON-LD; `redirects` are snippets of source that send some
    or all visitors elsewhere; `conceals_referrer` is the element that keeps the page's own address from its targets.
    """

    keywords: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    conceals_referrer: str = ""


class Article(Record, frozen=True, kw_only=True):
    """A cleaned page. `text` is the body only, its blocks joined by one blank line."""

    id: str
    source: str
    kind: PageKind
    text: str
    title: str | None = None
    language: str = "und"
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    removed: tuple[Removed, ...] = ()
    image_alts: tuple[str, ...] = ()
    metadata: Metadata = Metadata()
    markup: Markup = Markup()
    notes: tuple[str, ...] = ()


class Evidence(Record, frozen=True, kw_only=True):
    """One thing seen that an editor should look at.

    `start`/`end` are null only for the title, a link outside the body or the page as a whole; `quote` then
    says what was seen. `strength` is in [0, 1]; `suggestions` are ranked, best first.
    """

    rule: str
    name: str
    axis: Axis
    quote: str
    message: str
    strength: float
    start: int | None = None
    end: int | None = None
    suggestions: tuple[str, ...] = ()
    related: dict[str, Any] = {}


class Claim(Record, frozen=True, kw_only=True):
    """One health claim of the body, its type, and the support that the article gives it."""

    start: int
    end: int
    quote: str
    type: ClaimType
    support: Support
    source: str | None = None


class Detection(Record, frozen=True, kw_only=True):
    """All that the detectors saw in one article. `failures` names each rule that raised."""

    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    signals: dict[str, float] = {}
    failures: tuple[Failure, ...] = ()


class Scores(Record, frozen=True, kw_only=True):
    """One score an axis, each in [0, 1]."""

    spin: float = 0.0
    links: float = 0.0
    claims: float = 0.0
    quality: float = 0.0


class Judgement(Record, frozen=True, kw_only=True):
    """What triage makes of a detection. `risk` in [0, 1]; `reasons` are sentences that can be sent to the author."""

    verdict: Verdict
    risk: float
    scores: Scores
    reasons: tuple[str, ...] = ()


class Versions(Record, frozen=True, kw_only=True):
    """What produced an assessment."""

    unspun: str
    models: dict[str, str] = {}
    policy: str = ""


class Assessment(Record, frozen=True, kw_only=True):
    """The explained verdict on one page: the public contract.

    `verdict` is null exactly when the page could not be assessed; `error` then says why. `error` beside a
    verdict means that one rule failed, and names it: the rest of the assessment stands. `author` is what the page says,
    be it a person or not.
    """

    id: str
    source: str
    versions: Versions
    schema: int = SCHEMA_VERSION
    title: str | None = None
    author: str | None = None
    language: str = "und"
    text: str = ""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    removed: tuple[Removed, ...] = ()
    verdict: Verdict | None = None
    risk: float = 0.0
    scores: Scores = Scores()
    reasons: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    signals: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    error: Failure | None = None


class Decision(Record, frozen=True, kw_only=True):
    """What an editor decided about one assessment. `at` is RFC 3339 UTC."""

    assessment_id: str
    action: Literal["approve", "reject", "ask_for_changes", "skip", "undo"]
    by: str
    at: str
    reasons: tuple[str, ...] = ()
    note: str = ""
