"""A parsed page as tags and text: nothing lost, nothing of the markup taken for text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline.clean.html_tags import opening_of, tokens, unescaped, written_out

PIECES = st.sampled_from(
    ["<div>", "</div>", "<p class='a>b'>", "<b>", "</b>", "<br>", "<table>", "<td>", "text ", "a < b", "&amp;lt;",
     "&lt;i&gt;", "<!-- x > y -->", "<xmp><b></xmp>", "<svg><title>t</title></svg>", "<script>'<p>'</script>",
     "</p>", "\u00a0", "<a<b>", "<i a<b=c>", "<a href='?a&b'>"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=30))
def test_the_text_is_that_of_the_tree(pieces: list[str]) -> None:
    """All text of the parser's own tree, but what is never seen, in its order."""
    html = "".join(pieces)
    tree = LexborHTMLParser(html)
    tree.strip_tags(["svg", "script"])
    wanted = "".join((tree.body.text() if tree.body else "").split())
    found = "".join(unescaped(token.partition(">")[2]) for token in tokens(LexborHTMLParser(html)))
    assert "".join(found.split()) == wanted


@given(st.lists(PIECES, max_size=30))
def test_tags_are_balanced(pieces: list[str]) -> None:
    """Each closing tag closes the element that was opened last."""
    stack = []
    for token in tokens(LexborHTMLParser("".join(pieces))):
        raw = token.partition(">")[0]
        if raw[0] == "/":
            assert stack.pop() == raw[1:]
        elif not opening_of(raw)[0].void:
            stack.append(opening_of(raw)[0].name)
    assert stack == []


def test_attributes_are_those_of_the_source() -> None:
    """Quotes, references and attributes without a value come out as they went in."""
    _, token, *_ = tokens(LexborHTMLParser("<a title='a \"b\" &amp; <c>' hidden data-x=1>x"))
    raw = token.partition(">")[0]
    assert opening_of(raw)[1] == {"title": 'a "b" & <c>', "hidden": "", "data-x": "1"}
    assert written_out(raw) == '<a title="a "b" & <c>" hidden data-x="1">'
