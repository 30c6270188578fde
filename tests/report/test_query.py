"""The letter to the author."""

from __future__ import annotations

from pipeline.flow import assess_text
from pipeline.report.query import letter

SETTING = "The doctor treats pain, disease and other symptoms of patients in the hospital every day of the week."
PAGE = f"""The Tea

The tea lowers blood pressure in most people and relieves the pain of arthritis.

The tea has no side effects, and you can throw away your tablets after the first week.

Stress causes most headaches and raises the risk of heart disease in women.

A Cochrane review of 54 trials in 2015 found that exercise reduces knee pain in older people.

Ketamine is commonly used as an aesthetic.

{SETTING}

{SETTING}"""


def test_the_most_serious_claim_comes_first_with_its_reason() -> None:
    """Danger first; what is sourced is not asked about; a wrong term is."""
    written = " ".join(letter(assess_text(PAGE)).split())
    assert "1. “The tea has no side effects" in written
    assert "tells readers to stop or refuse a treatment" in written
    assert "Cochrane" not in written
    assert "“used as an aesthetic”; do you mean “used as an anesthetic”?" in written
    assert written.startswith("Subject: sources for")
    assert written.endswith("The editors")


def test_plain_text_is_wrapped_and_markdown_is_not_broken_by_the_article() -> None:
    """Mail lines stay short; characters that mean something in Markdown are escaped."""
    assert max(map(len, letter(assess_text(PAGE)).splitlines())) <= 78
    marked = letter(assess_text(PAGE.replace("The tea lowers", "The *tea* [x](y) lowers")), markdown=True)
    assert "\\*tea\\* \\[x\\]" in marked
    assert "**Please look at these first**" in marked


def test_nothing_to_ask() -> None:
    """A page without claims gets thanks."""
    assert "have nothing to ask" in letter(assess_text("Opening hours\n\nThe desk is open from nine to five."))
