"""How a letter greets its author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow import assess_html
from pipeline.report.query import letter
from pipeline.report.salutation import salutation


@pytest.mark.parametrize(
    ("author", "greeting"),
    [
        ("Ann Ode", "Dear Ann Ode"),
        ("Dr. Ana de Sousa, MBBS", "Dear Dr. Ana de Sousa"),
        ("Siân O’Neill-Roe", "Dear Siân O’Neill-Roe"),
        ("Ann Ode and Bo Li", "Dear Ann Ode and Bo Li"),
        ("Ann Ode, Bo Li, Cy Roe, Di Poe", "Dear authors"),
        ("Imogen Rask Health reporter 06:00, 2 Feb 2023", "Dear author"),
        (None, "Dear author"),
        ("", "Dear author"),
        ("admin", "Dear author"),
        ("The Editorial Team", "Dear author"),
        ("Guest Contributor", "Dear author"),
        ("leilamurphy8812 » Tue Nov 07, 2023", "Dear author"),
        ("<script>alert(1)</script>", "Dear author"),
        ("buy pills at https://spam.example", "Dear author"),
        ("Ann\u202e\x1b[31m Ode", "Dear author"),
        ("A" * 100 + " Ode", "Dear author"),
    ],
)
def test_only_a_person_is_greeted_by_name(author: str | None, greeting: str) -> None:
    """Credentials are left out; offices, log-in names, markup and addresses are nobody's name."""
    assert salutation(author) == greeting


@given(st.text(max_size=600))
def test_a_greeting_is_one_short_printable_line(author: str) -> None:
    """Whatever a page calls its author."""
    said = salutation(author)
    assert said.startswith("Dear ")
    assert len(said) <= 200
    assert said.isprintable()


def test_the_author_of_a_page_is_greeted() -> None:
    """From the head of the page to the letter, escaped in Markdown."""
    body = "<p>The doctor treats pain and disease of patients in the hospital every day of the week.</p>" * 3
    page = f'<html><head><meta name="author" content="Ann Ode"></head><body><h1>Tea</h1>{body}</body></html>'
    assessment = assess_html(page)
    assert assessment.author == "Ann Ode"
    assert "\nDear Ann Ode,\n" in letter(assessment)
