"""Single tags, read for the links in them: how they look in the source, and a second address they carry."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

LONGEST_TAG = 300
EDITORS = ("data-mce-", "data-cke-", "data-safe", "data-outlook", "data-auth", "data-image", "data-src", "data-share")
"""Prefixes of attributes in which editing programs and share buttons keep an address of their own."""
HANDLERS = ("onclick", "onmousedown", "onmouseup", "ontouchstart")


def tag_of(node: LexborNode) -> str:
    """The opening tag of an element, written out from its attributes."""
    written = "".join(
        f" {name}" if value is None else f' {name}="{value}"' for name, value in node.attributes.items()
    )
    return f"<{node.tag}{written}>"[:LONGEST_TAG]


def other_address(attributes: dict[str, str | None]) -> str:
    """The attribute of a link that names an address beside its href, as ``name="value"``; empty where there is none."""
    for name, value in attributes.items():
        if not value:
            continue
        if name.startswith("data-") and value[:8].lower().startswith(("http://", "https://", "//")):
            if not name.startswith(EDITORS):
                return f'{name}="{value}"'[:LONGEST_TAG]
        elif name in HANDLERS and ("location" in value or ".href" in value) and "http" in value:
            return f'{name}="{value}"'[:LONGEST_TAG]
    return ""
