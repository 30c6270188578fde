"""The collection of hostile files, where it is at hand: no crash, and each archive says what it holds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest import decode, read
from pipeline.records import Page, RawPage
from pipeline.settings import Settings
from tests.ingest.conftest import codes

BAD = Path(__file__).parents[3] / "shared" / "badinputs"
SETTINGS = Settings()

pytestmark = pytest.mark.skipif(not BAD.is_dir(), reason="the collection of bad inputs is not at hand")


def run(path: Path) -> list[RawPage]:
    """All that a file gives."""
    return list(read([path], SETTINGS))


def outcome(raw: RawPage) -> str:
    """The failure code of reading or decoding, or "" for a page."""
    if raw.failure:
        return raw.failure.code
    try:
        decode(raw, SETTINGS.limits)
    except InputError as error:
        return error.code
    return ""


def generated(name: str) -> list[str]:
    """The outcome of each page of a generated file."""
    return [outcome(raw) for raw in run(BAD / "generated" / name)]


def decoded(name: str) -> Page:
    """The one page of a generated file."""
    (raw,) = run(BAD / "generated" / name)
    return decode(raw, SETTINGS.limits)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bomb_1GiB.gz", ["limit"]),
        ("bomb_nested3.gz.gz.gz", ["nested"]),
        ("deep_div_100k.html.gz", ["limit"]),
        ("gzip_badcrc.gz", ["damaged"]),
        ("gzip_truncated.gz", ["truncated"]),
        ("gzip_trailing_garbage.gz", [""]),
        ("gzip_two_members.gz", [""]),
        ("zip_bomb_200MB.zip", ["format"]),
        ("zip_slip.zip", ["format"]),
        ("billion_laughs.xml", ["format"]),
        ("quadratic.xml", ["format"]),
        ("xxe_file.xml", ["format"]),
        ("xxe_http.xml", ["format"]),
        ("deep_json.json", ["format"]),
        ("empty.html", ["empty"]),
        ("only_ws.html", ["empty"]),
        ("bom_only.html", ["empty"]),
        ("many_attrs_50k.html.gz", [""]),
        ("lt_flood_1MB.html.gz", [""]),
        ("one_line_no_space_1MB.txt.gz", [""]),
    ],
)
def test_generated_files(name: str, expected: list[str]) -> None:
    """Each is a page or is refused for the reason it was made for."""
    assert generated(name) == expected


def test_generated_lines() -> None:
    """Four records are sound; each of the others is refused for its own reason."""
    assert generated("bad_lines.jsonl") == [
        "", "malformed", "malformed", "malformed", "malformed", "missing-field", "wrong-type", "duplicate-key",
        "malformed", "undecodable", "", "undecodable", "",
    ]  # fmt: skip


def test_generated_encodings() -> None:
    """Text comes out as it was meant, and what was done is said."""
    assert decoded("utf16le_no_bom.html").content == "<p>Ketamine’s effect</p>"
    assert decoded("utf8_bom.html").content == "<p>x</p>"
    assert decoded("mislabelled_1252_as_utf8.html").content.endswith("<p>patient’s “relief”</p>")
    assert decoded("double_utf8_mojibake.html").content == "patient’s relief"
    assert decoded("nul_bytes.html").content == "<p>abc</p>"
    assert "replaced: 7" in decoded("invalid_utf8.html").notes[-1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jwarc-warcs/test-resources/org/netpreserve/jwarc/cc.warc.gz", {"": 1}),
        ("jwarc-warcs/test-resources/org/netpreserve/jwarc/gzip_extra_sl.warc.gz", {}),
        ("resiliparse-warcs/tests/data/block-sized-records.warc", {}),
        ("resiliparse-warcs/tests/data/block-sized-records.warc.gz", {}),
        ("resiliparse-warcs/tests/data/block-sized-records.warc.lz4", {}),
        ("resiliparse-warcs/tests/data/clipped.warc.gz", {"truncated": 1}),
        ("resiliparse-warcs/tests/data/clueweb-quirk.warc.gz", {"": 29}),
        ("resiliparse-warcs/tests/data/warcfile.warc", {"": 16}),
        ("resiliparse-warcs/tests/data/warcfile.warc.gz", {"": 16}),
        ("resiliparse-warcs/tests/data/warcfile.warc.lz4", {"": 16}),
        ("warcio-warcs/test/data/bad.arc", {"damaged": 3, "empty": 1}),
        ("warcio-warcs/test/data/example-bad-non-chunked.warc.gz", {"": 1}),
        ("warcio-warcs/test/data/example-bad.warc.gz.bad", {"": 1}),
        ("warcio-warcs/test/data/example-digest.warc", {}),
        ("warcio-warcs/test/data/example-iana.org-chunked.warc", {"": 1}),
        ("warcio-warcs/test/data/example-resource.warc.gz", {"": 1}),
        ("warcio-warcs/test/data/example-space-in-target-uri.warc.gz", {}),
        ("warcio-warcs/test/data/example-space-in-url.arc", {"truncated": 1}),
        ("warcio-warcs/test/data/example-trunc.warc", {"truncated": 1, "damaged": 1}),
        ("warcio-warcs/test/data/example-wget-bad-target-uri.warc.gz", {"": 1}),
        ("warcio-warcs/test/data/example-wrong-chunks.warc.gz", {"": 1}),
        ("warcio-warcs/test/data/example.arc", {"": 1}),
        ("warcio-warcs/test/data/example.arc.gz", {"": 1}),
        ("warcio-warcs/test/data/example.warc", {"": 1}),
        ("warcio-warcs/test/data/example.warc.gz", {"": 1}),
        ("warcio-warcs/test/data/post-test.warc.gz", {}),
    ],
)
def test_archives(name: str, expected: dict[str, int]) -> None:
    """Pages and failures of each archive, counted by hand."""
    outcomes = [outcome(raw) for raw in run(BAD / name)]
    assert {code: outcomes.count(code) for code in outcomes} == expected


def test_packed_archives_hold_the_same_pages() -> None:
    """Plain, gzip and lz4 give the same bytes under the same record numbers."""
    folder = BAD / "resiliparse-warcs/tests/data"
    plain, *others = (
        [(raw.source.rpartition("#")[2], raw.url, raw.data) for raw in run(folder / f"warcfile.warc{suffix}")]
        for suffix in ("", ".gz", ".lz4")
    )
    assert others == [plain, plain]


def test_json_suite_as_records(tmp_path: Path) -> None:
    """Every document of the suite, as a record: broken ones are refused, and none without text is a page."""
    for path in sorted((BAD / "json-test-suite" / "test_parsing").glob("*.json")):
        copy = tmp_path / "a.jsonl"
        copy.write_bytes(path.read_bytes().replace(b"\n", b" "))
        assert all(code and code != "defect" for code in codes(read([copy], SETTINGS))), path.name


@pytest.mark.parametrize("packed", [False, True])
def test_html5lib_and_strings_as_pages(packed: bool, tmp_path: Path) -> None:
    """Every hostile string and parser case decodes, or is refused; no defect, plain or packed."""
    strings = json.loads((BAD / "naughty-strings" / "blns.json").read_text())
    cases = [path.read_bytes() for path in sorted((BAD / "html5lib-tests").rglob("*")) if path.is_file()]
    for number, data in enumerate([*(string.encode("utf-8", "surrogatepass") for string in strings), *cases]):
        path = tmp_path / f"{number}.html"
        path.write_bytes(gzip.compress(data, 1) if packed else data)
    outcomes = [outcome(raw) for raw in read([tmp_path], SETTINGS)]
    assert set(outcomes) <= {"", "empty", "binary"}


def test_whole_folder_is_read(tmp_path: Path) -> None:
    """The collection as one argument: nothing is a defect."""
    assert "defect" not in {outcome(raw) for raw in read([BAD], SETTINGS)}
