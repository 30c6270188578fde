"""The errors."""

from __future__ import annotations

import inspect

from pipeline import errors


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    """Every error class is drawn in the module's docstring."""
    drawn = errors.__doc__ or ""
    classes = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, errors.UnspunError)]
    assert [cls.__name__ for cls in classes if cls.__name__ not in drawn] == []


def test_a_limit_says_what_was_found_and_how_to_raise_it() -> None:
    """LimitExceeded names what was found, the limit, and the key."""
    error = errors.LimitExceeded("links", "12,000 links", "10,000")
    assert str(error) == "12,000 links, more than the limit of 10,000 (links under [limits] in unspun.toml)"
    assert error.limit == "links"
