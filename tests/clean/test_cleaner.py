"""A page in, an article out: offsets, what is removed and why, titles, and pages from strangers."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import Cleaner
from pipeline.clean.repairs import repaired
from pipeline.errors import InputError, LimitExceeded
from pipeline.records import Article, Page, PageKind
from pipeline.settings import Keep, Limits

KINDS: tuple[PageKind, ...] = ("html", "text")
CLEANER = Cleaner(Limits())
SHARED = Path(__file__).parents[3] / "shared"
BAD = SHARED / "badinputs"
SEEDS = SHARED / "seeds"
needs_bad_inputs = pytest.mark.skipif(not BAD.is_dir(), reason="needs the hostile files (../shared/badinputs)")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the seed pages (../shared/seeds)")

PROSE = [
    "A kidney stone forms when salts in the urine clump together, often because a person drinks too little.",
    "Most stones pass on their own within a few weeks, and tablets help with the pain while they do.",
    "See a doctor at once if you have a fever, because a blocked and infected kidney is an emergency.",
    "Drinking two litres of water a day halves the chance that another stone will form, a trial found.",
]


def clean(content: str, kind: PageKind = "html", title: str | None = None) -> Article:
    """The article of one page."""
    return CLEANER.clean(Page(id="0", source="test", kind=kind, content=content, title=title))


def check(article: Article) -> None:
    """What holds for every article."""
    assert article.text == "\n\n".join(article.text[block.start : block.end] for block in article.blocks)
    for block in article.blocks:
        words = article.text[block.start : block.end]
        assert words
        assert words == " ".join(words.split())
    for link in article.links:
        assert (link.start is None) == (link.end is None)
        if link.start is not None:
            assert is_subsequence(article.text[link.start : link.end], link.text)
            assert not link.hidden
    assert all(removed.text and removed.reason for removed in article.removed)


def is_subsequence(shown: str, whole: str) -> bool:
    """Whether the shown words of a link are all of its words but those that readers do not see."""
    rest = iter(whole)
    return all(char in rest for char in shown if not char.isspace())


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div>", "<a href='/x'>", "</a>", "<b>", "</b>", "<br>", "<ul><li>", "<h1>", "<td>", "</div>",
     "<nav>", "<span hidden>", "</span>", "<style>", "<noscript>", "&amp;", "&#0;", "<!--", "-->", " ", "\u00a0",
     "\u200b", "Ω", *PROSE]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_html_offsets_hold(content: str) -> None:
    """Blocks tile the text, spans quote it, links stand where they say, for any tag soup."""
    check(clean(content))


@given(
    st.lists(st.sampled_from(["\n", "\r\n", "\u2028", "Share", *PROSE]) | st.text(max_size=30), max_size=40).map(
        "".join
    )
)
@settings(max_examples=150, deadline=None)
def test_text_lines_are_kept_whole_or_removed_whole(content: str) -> None:
    """Every line of a flattened page, once repaired, is the title, a block, or removed: none is lost, cut or joined."""
    article = clean(content, "text")
    check(article)
    parts = [article.text[block.start : block.end] for block in article.blocks]
    parts += [removed.text for removed in article.removed] + ([article.title] if article.title else [])
    assert sorted(parts) == sorted(repaired(content))


def test_article_with_tags() -> None:
    """Title, body, links by zone, image texts, metadata and reasons of one small page."""
    html = f"""<html lang="en"><title>Kidney Stones: The Basics | Well</title><body>
    <nav><a href="/">Home</a></nav><main><article><h1>Kidney Stones: The Basics</h1>
    <p>{PROSE[0]}</p><p>{PROSE[1]} <a href="https://clinic.example/" rel="sponsored">best clinic</a></p>
    <img src=x alt="a stone"><p>{PROSE[2]}</p><p>{PROSE[3]}</p>
    <p style="display:none">cheap <a href="/pills">pills</a></p>
    </article></main><div id=comments><h3>Leave a Reply</h3></div><footer>Copyright © 2024</footer>"""
    article = clean(html)
    check(article)
    assert article.title == "Kidney Stones: The Basics"
    assert article.title not in article.text
    assert all(sentence in article.text for sentence in PROSE)
    assert "pills" not in article.text
    assert article.image_alts == ("a stone",)
    assert article.language == "en"
    assert {(link.text, link.zone, link.hidden) for link in article.links} == {
        ("Home", "nav", False),
        ("best clinic", "body", False),
        ("pills", "other", True),
    }
    assert {(removed.text, removed.reason) for removed in article.removed} == {
        ("Home", "navigation"),
        ("cheap pills", "hidden"),
        ("Leave a Reply", "comment-form"),
        ("Copyright © 2024", "footer"),
    }


def test_given_title_wins_for_text() -> None:
    """A title that came with a flattened page is its title, and its line is not body."""
    article = clean("\n".join(["Kidney Stones", *PROSE]), "text", title="Kidney Stones")
    assert (article.title, article.text.split("\n\n")[0]) == ("Kidney Stones", PROSE[0])


KEPT_HTML = f"""<title>Kidney Stones</title><main><article><h1>Kidney Stones</h1>
<p class=byline>By Ann Lee, 3 March 2021</p><p>{PROSE[0]}</p><h2>What helps</h2><p>{PROSE[1]}</p>
<figure><img src=x><figcaption>A stone of four millimetres, seen by ultrasound.</figcaption></figure><p>{PROSE[2]}</p>
<p>{PROSE[3]}</p></article></main>"""


@pytest.mark.parametrize(
    ("keep", "there", "gone"),
    [
        (("headings", "captions"), ["What helps"], ["By Ann Lee, 3 March 2021"]),
        ((), [], ["What helps", "By Ann Lee, 3 March 2021"]),
        (("title", "byline"), ["Kidney Stones", "By Ann Lee, 3 March 2021"], ["What helps"]),
    ],
)
def test_what_is_kept_beside_the_text(keep: tuple[Keep, ...], there: list[str], gone: list[str]) -> None:
    """Title, headings, captions and byline are body where they are asked for; else each goes with its reason."""
    article = Cleaner(Limits(), keep).clean(Page(id="0", source="test", kind="html", content=KEPT_HTML))
    check(article)
    lines = article.text.split("\n\n")
    assert set(there) <= set(lines)
    assert not set(gone) & set(lines)
    assert set(PROSE) <= set(lines)
    assert set(gone) <= {removed.text for removed in article.removed}
    assert article.title == "Kidney Stones"


@pytest.mark.parametrize("kind", ["html", "text"])
def test_nothing_left_is_a_note(kind: PageKind) -> None:
    """A page without body is an article without text, and says so."""
    for content in ("", " \n", "<!-- x", "Log in"):
        article = clean(content, kind)
        assert article.text == ""
        assert article.notes


def test_entities_are_never_expanded_as_xml() -> None:
    """Entity declarations of an XML bomb are text to an HTML parser."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    article = clean(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><x>&l9;</x>')
    assert len(article.text) + sum(len(removed.text) for removed in article.removed) < 2000


@pytest.mark.parametrize("kind", ["html", "text"])
def test_text_limit(kind: PageKind) -> None:
    """A page with more text than the limit is refused by name."""
    limits = Limits(text_chars=300)
    with pytest.raises(LimitExceeded) as error:
        Cleaner(limits).clean(Page(id="0", source="test", kind=kind, content="\n".join(PROSE)))
    assert error.value.limit == "text_chars"


def test_time_grows_with_length_only() -> None:
    """Pages near the limits are cleaned in seconds (the tests time out on quadratic code)."""
    started = time.process_time()
    for content in ("<p>" + "\n<p>".join(PROSE * 700), "x" * 90_000, "a " * 45_000, "<a href=x>y</a>\n" * 6_000):
        clean(content, "html")
        clean(content, "text")
    assert time.process_time() - started < 30


def reasons(article: Article) -> dict[str, str]:
    """Removed text → reason."""
    return {removed.text: removed.reason for removed in article.removed}


@needs_seeds
def test_seed_pages() -> None:
    """What the seed pages are known for: titles kept, furniture removed with its reason, template headings not lost."""
    pages = {path.name[:3]: clean(path.read_text(encoding="utf-8"), "text") for path in sorted(SEEDS.glob("*.txt"))}
    assert [page.title for page in pages.values()] == [
        "Los Angeles TMS Therapy Fundamentals Explained",
        "Ketamine Therapy for Beginners",
        "A Closer Look into Ketamine Therapy",
        "The Science Behind Ketamine Treatment in Los Angeles: A Deep Dive",
    ]
    assert reasons(pages["000"])["Leave a Reply"] == "comment-form"
    assert reasons(pages["001"])["Report this wiki page"] == "navigation"
    assert reasons(pages["002"])["David Meyer"] == "author-bio"
    assert any(text.startswith("My name is David Meyer") for text in reasons(pages["002"]))
    assert reasons(pages["003"])["Comments · 2 Views"] == "comments"
    assert "The smart Trick of Ketamine Therapy That Nobody is Discussing" in pages["001"].text


def hostile() -> Iterator[str]:
    """The hostile pages, and an eighth of the parser test cases, as decoded text."""
    for path in sorted((BAD / "generated").iterdir()):
        data = path.read_bytes()
        if path.suffix == ".gz":
            try:
                with gzip.open(path) as stream:
                    data = stream.read(6_000_000)
            except (OSError, EOFError):
                continue
        yield data.decode("utf-8", "replace")
    for path in sorted((BAD / "html5lib-tests" / "tree-construction").glob("*.dat")):
        yield from (case.split("#errors")[0] for case in path.read_text("utf-8", "replace").split("#data\n")[::8])
    for path in sorted((BAD / "html5lib-tests" / "tokenizer").glob("*.test")):
        yield from (case["input"] for case in json.loads(path.read_text("utf-8")).get("tests", ())[::8])


@needs_bad_inputs
@pytest.mark.slow
def test_hostile_pages() -> None:
    """Each is cleaned or refused by name, none takes long, and spans hold for what comes out."""
    for content in hostile():
        for kind in KINDS:
            started = time.process_time()
            with suppress(InputError):
                check(clean(content, kind))
            assert time.process_time() - started < 5


def test_a_short_text_with_nothing_around_it_is_kept() -> None:
    """A paragraph or two handed in as text is body, however little there is to tell by."""
    for lines in ([PROSE[0]], ["A title that says it", *PROSE[:2]]):
        article = clean("\n\n".join(lines), "text")
        assert all(line in article.text for line in lines if line in PROSE)
