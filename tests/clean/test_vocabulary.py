"""Class and id words are read as groups and zones."""

from __future__ import annotations

import pytest

from pipeline.clean.vocabulary import BIT, for_screen_readers, groups_of
from pipeline.records import Zone


@pytest.mark.parametrize(
    ("names", "groups", "zone"),
    [
        ("comments-area", {"comments"}, "comments"),
        ("siteFooter", {"footer"}, "footer"),
        ("main-navigation nav", {"content", "nav"}, None),
        ("widget_recent_entries", {"sidebar"}, "sidebar"),
        ("footnote adhesive sharehold", set(), None),
        (" ", set(), None),
    ],
)
def test_groups_of(names: str, groups: set[str], zone: Zone | None) -> None:
    """Whole words count, in any of the usual spellings; "content" beside a zone's word takes its say."""
    bits, found = groups_of(names)
    assert {group for group, bit in BIT.items() if bits & bit} == groups
    assert found == zone


def test_screen_reader_classes() -> None:
    """The usual names of text for screen readers are known, and nothing like them."""
    assert for_screen_readers("skip sr-only")
    assert for_screen_readers("screen-reader-text")
    assert not for_screen_readers("sr-only-parent screen")
