"""unspun.toml → typed settings. An unknown key is an error that names the nearest known one."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from pipeline.errors import SettingsError

FILE_NAME = "unspun.toml"

Depth = Literal["auto", "fast", "middle", "deep"]
Keep = Literal["title", "headings", "captions", "byline"]

S = TypeVar("S", bound=msgspec.Struct)


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one page may cost. Held before any parser runs; a page over a limit becomes an error record."""

    page_bytes: int = 5_000_000
    """Bytes of one page after decompression."""
    text_chars: int = 400_000
    """Characters of visible text in one page (about 65,000 words)."""
    line_chars: int = 100_000
    """Characters of one line or block."""
    lines: int = 20_000
    """Lines or blocks of one page."""
    html_depth: int = 500
    """Nesting of elements; the deepest of 1,484 real pages measured nested 61 deep."""
    html_nodes: int = 150_000
    """Elements and text nodes of one page."""
    attributes: int = 1_000
    """Attributes of one element."""
    links: int = 10_000
    """Links of one page."""
    record_bytes: int = 20_000_000
    """Bytes of one record (a JSON line, a CSV row, a WARC record) in a container, before its page is taken out."""
    ratio: int = 200
    """Decompressed over compressed size of a .gz page, once past 1 MB."""
    page_seconds: float = 10.0
    """Wall-clock seconds for the assessment of one page."""
    worker_megabytes: int = 900
    """Memory of one worker process."""
    deep_seconds: float = 50.0
    """Added to `page_seconds` where a language model may read (`Settings.depth`): 6,000 tokens on one busy core."""
    deep_megabytes: int = 700
    """Added to `worker_megabytes` there; 650 were measured."""


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of the fields in .jsonl, .csv and .parquet records; the first that a record has is taken."""

    text: tuple[str, ...] = ("text", "body", "content")
    html: tuple[str, ...] = ("html", "raw_html")
    url: tuple[str, ...] = ("url", "source_url", "link")
    title: tuple[str, ...] = ("title", "headline")


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that unspun.toml may say. `policy` is merged over the shipped policy.toml, key by key."""

    limits: Limits = Limits()
    columns: Columns = Columns()
    depth: Depth = "fast"
    """Who reads for spun text: counts (``fast``), a small network too (``middle``), a language model too (``deep``), or
    each where the one before leaves doubt (``auto``, which goes on without those that are not there)."""
    keep: tuple[Keep, ...] = ("headings", "captions")
    """What of an article counts as its body beside the text itself. What is not named is removed, with its kind as the
    reason; the title and the byline, where named, are blocks of the body."""
    locate: bool = False
    """Give the evidence of flagged pages its source line (``related.line``), for a second parse; SARIF always does."""
    disable: tuple[str, ...] = ()
    """Rules that do not run, by code or name."""
    policy: dict[str, Any] = {}


def widened(settings: Settings) -> Settings:
    """`settings` whose limits on a page's time and a worker's memory hold what a language model takes at its depth."""
    limits = settings.limits
    if settings.depth == "fast":
        return settings
    limits = msgspec.structs.replace(
        limits,
        page_seconds=limits.page_seconds + limits.deep_seconds,
        worker_megabytes=limits.worker_megabytes + limits.deep_megabytes,
    )
    return msgspec.structs.replace(settings, limits=limits)


def load(path: Path | None = None) -> Settings:
    """Read settings from `path`, or from unspun.toml in the working directory where there is one.

    Raises SettingsError naming the file, the key and the nearest known key.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.is_file():
            return Settings()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
    return convert(data, Settings, str(path))


def convert(data: dict[str, Any], to: type[S], where: str) -> S:
    """`data` as the struct `to`. Raises SettingsError with the nearest known key for an unknown one."""
    check_keys(data, to, where, ())
    try:
        return msgspec.convert(data, to)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}") from None


def check_keys(data: dict[str, Any], to: type[msgspec.Struct], where: str, above: tuple[str, ...]) -> None:
    """Raise SettingsError for the first key of `data` that the struct `to` (or one inside it) does not know."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(to)}
    for key, value in data.items():
        if key not in fields:
            near = difflib.get_close_matches(key, fields, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(fields))}"
            raise SettingsError(f"{where}: unknown key {'.'.join((*above, key))!r}{hint}")
        inner = fields[key]
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(value, dict):
            check_keys(value, inner, where, (*above, key))
