"""Eight hand-made assessments: what the reports must be able to show."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import (
    Assessment,
    Block,
    Claim,
    Evidence,
    Failure,
    Link,
    Removed,
    Scores,
    Versions,
)
from pipeline.report import RuleInfo

BAD_INPUTS = Path(__file__).parents[3] / "shared" / "badinputs"
VERSIONS = Versions(unspun="0.1.0", models={"spin-classifier": "3"}, policy="2026.1")

RULES = [
    RuleInfo(code="SP101", name="tortured-phrase", axis="spin", message="a fixed term rendered word by word"),
    RuleInfo(code="SP102", name="odd-synonym", axis="spin", message="a word its neighbours do not keep company with"),
    RuleInfo(code="LK101", name="orphan-anchor", axis="links", message="anchor words stranded in running text"),
    RuleInfo(code="LK102", name="title-template", axis="links", message="a title made from a link seller's template"),
    RuleInfo(
        code="CL101", name="unsupported-efficacy", axis="claims", message="a treatment is said to work, unsupported"
    ),
    RuleInfo(
        code="CL102", name="vague-attribution", axis="claims", message="nobody in particular is named as the source"
    ),
    RuleInfo(code="QU101", name="hard-to-read", axis="quality", message="sentences far above the reader's level"),
]
_BY_CODE = {rule.code: rule for rule in RULES}


def seen(
    text: str, code: str, quote: str, message: str, strength: float, *suggestions: str, **related: Any
) -> Evidence:
    """Evidence for the first place of `quote` in `text`; without a place where it does not occur."""
    start = text.find(quote)
    return Evidence(
        rule=code,
        name=_BY_CODE[code].name,
        axis=_BY_CODE[code].axis,
        quote=quote,
        message=message,
        strength=strength,
        start=start if start >= 0 else None,
        end=start + len(quote) if start >= 0 else None,
        suggestions=suggestions,
        related=related,
    )


def page(source: str, *blocks: str | tuple[str, str], **fields: Any) -> Assessment:
    """An assessment whose text is `blocks` (text, or kind and text), with their spans."""
    spans, texts, at = [], [], 0
    for block in blocks:
        kind, text = ("paragraph", block) if isinstance(block, str) else block
        spans.append(Block(start=at, end=at + len(text), kind=kind))
        texts.append(text)
        at += len(text) + 2
    text = "\n\n".join(texts)
    evidence = tuple(seen(text, *item[:-1], **item[-1]) for item in fields.pop("seen", ()))
    claims = tuple(
        Claim(
            start=text.index(quote),
            end=text.index(quote) + len(quote),
            quote=quote,
            type=kind,
            support=support,
            source=named,
        )
        for quote, kind, support, named in fields.pop("claimed", ())
    )
    return Assessment(
        id=sha256(source.encode(errors="replace")).hexdigest(),
        source=source,
        versions=VERSIONS,
        text=text,
        blocks=tuple(spans),
        evidence=evidence,
        claims=claims,
        **{"language": "en"} | fields,
    )


SPUN = page(
    "submissions/ketamine-for-novices.html",
    "Ketamine treatment has got a lot of consideration in the previous decade, and numerous facilities presently "
    "offer it to individuals who live with low mood.",
    ("heading", "Who ought to stay away from it"),
    "It may not be safe for people with a history of compound abuse, hypertension or coronary illness. Your medical "
    "care supplier will carry out a bodily examination and take some blood exams before the first meeting.",
    ("list_item", "People with a history of maniacal scenes"),
    ("list_item", "Anyone who is anticipating a child"),
    "Ketamine wipes out treatment-resistant depression in four out of five patients, and studies show it has no side "
    "effects at all. Reach out to our ketamine clinic Denver experts to book your free discussion today.",
    title="Ketamine for Novices: 7 Things You Should Know",
    verdict="hold",
    risk=0.97,
    scores=Scores(spin=0.98, links=0.74, claims=0.88, quality=0.22),
    reasons=(
        "Fixed medical terms are rendered word by word (“compound abuse” for “substance abuse”), as spinners do.",
        "Anchor words for a clinic stand in running text without the link they were bought for.",
        "Two strong claims about how well ketamine works name no source.",
    ),
    seen=(
        (
            "SP101",
            "compound abuse",
            "“compound abuse” stands where the fixed term “substance abuse” is usual.",
            0.97,
            "substance abuse",
            "drug abuse",
            {"line": 14},
        ),
        (
            "SP102",
            "bodily examination",
            "“bodily” rarely goes with “examination”; “physical” fits far better.",
            0.81,
            "physical examination",
            {"line": 14},
        ),
        ("SP101", "blood exams", "“blood exams” stands where “blood tests” is usual.", 0.88, "blood tests", {}),
        (
            "SP101",
            "maniacal scenes",
            "“maniacal scenes” stands where “manic episodes” is usual.",
            0.93,
            "manic episodes",
            {},
        ),
        ("SP102", "anticipating a child", "“anticipating” rarely goes with “a child”.", 0.58, "expecting a child", {}),
        ("SP102", "meeting", "“meeting” is odd here; “session” fits better.", 0.41, "session", {}),
        ("LK101", "ketamine clinic Denver", "Words that read as a link’s anchor, without a link.", 0.77, {"line": 22}),
        (
            "CL101",
            "Ketamine wipes out treatment-resistant depression in four out of five patients",
            "Says how well a treatment works and names no study.",
            0.9,
            {},
        ),
        ("CL102", "studies show it has no side effects at all", "“studies show” names no study.", 0.72, {}),
        ("LK102", "7 Things You Should Know", "The title follows a template that link sellers use.", 0.46, {}),
    ),
    claimed=(
        ("Ketamine wipes out treatment-resistant depression in four out of five patients", "efficacy", "none", None),
        ("studies show it has no side effects at all", "safety", "vague", "studies"),
        (
            "It may not be safe for people with a history of compound abuse, hypertension or coronary illness.",
            "safety",
            "none",
            None,
        ),
    ),
    links=(Link(href="https://ketamine-denver.example/book", text="book now", zone="footer", rel=("nofollow",)),),
    removed=(
        Removed(text="Leave a Reply. Your email address will not be published.", reason="comment-form"),
        Removed(text="Share on Facebook", reason="share-bar"),
        Removed(text="Share on X", reason="share-bar"),
    ),
    notes=("The page declared ISO-8859-1 and was UTF-8.",),
)

OVERLAPPING = page(
    "crawl.warc.gz#https://joint-relief.example/turmeric?page=2",
    "Turmeric obliterates swelling in the joints within three days, according to specialists, and it is the best "
    "ache reliever known to science.",
    "Order the joint pain supplement online with a discount.",
    title="Turmeric and Your Joints",
    verdict="hold",
    risk=0.91,
    scores=Scores(spin=0.64, links=0.83, claims=0.95, quality=0.1),
    reasons=("The whole first paragraph is one claim that names nobody.",),
    seen=(
        (
            "CL101",
            "Turmeric obliterates swelling in the joints within three days, according to specialists",
            "Says how well a treatment works and names no study.",
            0.95,
            {},
        ),
        ("SP102", "obliterates swelling", "“obliterates” rarely goes with “swelling”.", 0.66, "reduces swelling", {}),
        (
            "CL102",
            "swelling in the joints within three days, according to specialists",
            "“specialists” names nobody.",
            0.7,
            {},
        ),
        ("SP101", "ache reliever", "“ache reliever” stands where “pain reliever” is usual.", 0.84, "pain reliever", {}),
        ("LK101", "joint pain supplement online", "Words that read as a link’s anchor.", 0.83, {}),
    ),
    claimed=(
        (
            "Turmeric obliterates swelling in the joints within three days, according to specialists",
            "efficacy",
            "vague",
            "specialists",
        ),
        ("it is the best ache reliever known to science", "comparison", "none", None),
    ),
    links=(
        Link(
            href="https://pills.example/?aff=77",
            text="joint pain supplement online",
            start=153,
            end=181,
            rel=("sponsored",),
        ),
    ),
)

REVIEW = page(
    "submissions/migraine diet.txt",
    "Many people find that a diary helps them to see what sets off their attacks. Experts say magnesium halves the "
    "number of attacks.",
    "A review of 21 trials (Chiu et al., 2016) found that intravenous magnesium eased acute attacks.",
    title="Food and migraine",
    verdict="review",
    risk=0.48,
    scores=Scores(spin=0.06, links=0.0, claims=0.57, quality=0.12),
    reasons=("One claim rests on “experts say”.",),
    seen=(("CL102", "Experts say magnesium halves the number of attacks", "“Experts say” names nobody.", 0.62, {}),),
    claimed=(
        ("Experts say magnesium halves the number of attacks", "efficacy", "vague", "experts"),
        ("found that intravenous magnesium eased acute attacks", "efficacy", "cited", "Chiu et al., 2016"),
    ),
)

RIGHT_TO_LEFT = page(
    "https://seha.example/ar/السكري",
    "داء السكري مرض مزمن 🩺. العسل يشفي السكري تماما.",
    title="السكري والعسل",
    language="ar",
    verdict="review",
    risk=0.55,
    scores=Scores(claims=0.61),
    reasons=("A cure is claimed and no source is named.",),
    seen=(("CL101", "العسل يشفي السكري تماما", "Says that honey cures and names no study.", 0.66, {}),),
    claimed=(("العسل يشفي السكري تماما", "efficacy", "none", None),),
)

RULE_FAILED = page(
    "submissions/sleep.html",
    "Go to bed at the same time each night, and keep the room dark and cool.",
    title="Sleeping better",
    verdict="pass",
    risk=0.09,
    scores=Scores(quality=0.2),
    seen=(("QU101", "keep the room dark and cool", "A sentence above the reader’s level.", 0.2, {}),),
    error=Failure(stage="detect", code="defect", message="SP102 odd-synonym: ZeroDivisionError: division by zero"),
)

CLEAN = page(
    "submissions/handwashing.md",
    ("heading", "Wash your hands"),
    "Washing your hands with soap for 20 seconds prevents many infections (WHO, 2009).",
    title="Hand washing",
    verdict="pass",
    risk=0.03,
    scores=Scores(spin=0.01, claims=0.04, quality=0.05),
    claimed=(
        ("Washing your hands with soap for 20 seconds prevents many infections", "efficacy", "cited", "WHO, 2009"),
    ),
)

UNTITLED = page("pages.jsonl#12", "Drink water when it is hot.", verdict="pass", risk=0.02)

REFUSED = page(
    "submissions/endless.html",
    language="und",
    error=Failure(
        stage="ingest",
        code="limit",
        message="9,200,114 bytes, more than the limit of 5,000,000 (page_bytes under [limits] in unspun.toml)",
        limit="page_bytes",
    ),
)

PAGES = (SPUN, OVERLAPPING, REVIEW, RIGHT_TO_LEFT, RULE_FAILED, CLEAN, UNTITLED, REFUSED)


@pytest.fixture
def assessments() -> tuple[Assessment, ...]:
    """Held, to review, passed and refused pages; overlapping evidence; right-to-left text; a rule that failed."""
    return PAGES


@pytest.fixture
def rules() -> list[RuleInfo]:
    """The rules of the evidence in `assessments`."""
    return RULES


@pytest.fixture
def bad_inputs() -> Path:
    """The folder of hostile inputs beside the checkout; it is no part of the project."""
    if not BAD_INPUTS.is_dir():
        pytest.skip("no folder of hostile inputs beside the checkout")
    return BAD_INPUTS
