"""Where an address leads, and what it gives away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect import link_targets


@pytest.mark.parametrize(
    ("href", "domain"),
    [
        ("https://www.foo.co.uk/a", "foo.co.uk"),
        ("//blog.foo.com.au:8080/", "foo.com.au"),
        ("https://a.b.example/x", "b.example"),
        ("/about", ""),
        ("mailto:me@foo.com", ""),
        ("javascript:void(0)", ""),
        ("http://[::1", ""),
    ],
)
def test_registered_domain(href: str, domain: str) -> None:
    """The registered domain by the public suffix list; nothing for what leads nowhere."""
    assert link_targets.domain_of(href) == domain


@pytest.mark.parametrize(
    ("href", "inside"),
    [
        ("https://t.example/r?to=https%3A%2F%2Fshop.example%2Fb", "https://shop.example/b"),
        ("https://t.example/r?d=aHR0cHM6Ly9zaG9wLmV4YW1wbGUvb3JkZXI", "https://shop.example/order"),
        ("https://t.example/r?id=aGVsbG8gd29ybGQgdGhpcyBpcw", ""),
        ("https://t.example/plain", ""),
    ],
)
def test_passed_on(href: str, inside: str) -> None:
    """An address inside another, plain, percent-encoded or in base64."""
    assert link_targets.passed_on(href) == inside


@pytest.mark.parametrize(
    ("href", "mark"),
    [
        ("https://shop.example/?aff_id=77", "aff_id=77"),
        ("https://shop.example/dp/B1?tag=home-21", "tag=home-21"),
        ("https://blog.example/?tag=asthma", ""),
        ("https://www.awin1.com/cread.php?x=1", "awin1.com"),
        ("https://shop.example/?utm_source=us", ""),
    ],
)
def test_affiliate_mark(href: str, mark: str) -> None:
    """What pays is told from campaign parameters and tags of a blog."""
    assert link_targets.affiliate_mark(href) == mark


def test_trusted_and_platform() -> None:
    """Public bodies and platforms by the end of their host, at a label."""
    assert link_targets.is_trusted("https://www.cdc.gov/x")
    assert link_targets.is_trusted("https://cks.nice.org.uk/topics")
    assert not link_targets.is_trusted("https://notnice.org.uk.example/")
    assert link_targets.is_platform("https://m.facebook.com/us")
    assert not link_targets.is_platform("https://facebook.com.example/us")


@given(st.text(max_size=80).map(lambda tail: "https://t.example/?u=" + tail) | st.text(max_size=80))
def test_no_address_raises(href: str) -> None:
    """Addresses come from strangers."""
    link_targets.domain_of(href)
    link_targets.passed_on(href)
    link_targets.affiliate_mark(href)
    link_targets.is_go_path(href)
