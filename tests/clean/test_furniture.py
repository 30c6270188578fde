"""Lines that are furniture anywhere are few, and each has its reason; prose that resembles them stays."""

from __future__ import annotations

import pytest

from pipeline.clean.furniture import author_bio, bylines, comments_below, forced, lonely_links, reason_of, repeated
from pipeline.clean.lines import Line, Lines, Tags


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Leave a Reply", "comment-form"),
        ("Your email address will not be published. Required fields are marked *", "comment-form"),
        ("Comments · 2 Views", "comments"),
        ("Comments", "comments"),
        ("4 Comments", "comments"),
        ("Report this wiki page", "navigation"),
        ("Wiki Article", "navigation"),
        ("Skip to content", "navigation"),
        ("We use cookies to improve your experience. Accept All / Reject", "cookie-notice"),
        ("Share on Facebook", "share"),
        ("Related Posts", "related"),
        ("Table of Contents", "table-of-contents"),
    ],
)
def test_forced(text: str, reason: str) -> None:
    """These are never body, whatever the classifier says."""
    assert forced(text)
    assert reason_of(Line(text)) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Leave a gap of two hours between the two tablets.",
        "Share your plans with your doctor before you stop a tablet.",
        "Comments from patients were mixed.",
        "Related conditions include gout and lupus.",
        "Print the form and take it to your appointment.",
        "Cookies are a poor breakfast.",
        "Contents of the kit",
        "The smart Trick of Ketamine Therapy That Nobody is Discussing",
        "By the second week most people sleep better",
        "Like asthma, it comes and goes",
        "Menu planning for diabetes",
    ],
)
def test_prose_is_not_forced(text: str) -> None:
    """Sentences that begin with a furniture word are left to the classifier."""
    assert not forced(text)


def test_author_bio() -> None:
    """A name and, below it, who that is, at the end of the page."""
    lines = [
        Line(text) for text in ("Knee Pain", "Rest it.", "Then walk.", "Ann Lee", "My name is Ann Lee. I'm a nurse.")
    ]
    assert author_bio(lines) == {3, 4}
    assert author_bio([*lines[:3], Line("Ann Lee"), Line("She walked home.")]) == set()


def test_comments_below_an_article_are_not_body() -> None:
    """Under an article comments go; on a page that is all comments they are the body."""
    comments = [Line("It helped me a lot, thank you.", zone="comments")] * 3
    assert comments_below(Lines([Line("x" * 700), *comments]), [True] * 4) == {1, 2, 3}
    assert comments_below(Lines([Line("x" * 70), *comments]), [True] * 4) == set()


def test_what_many_wrote_is_the_body_of_a_forum() -> None:
    """Where boxes are named like a forum's, long answers below a question stay; elsewhere long comments go."""
    lines = [Line("x" * 700), *[Line("It helped me a lot, thank you. " * 10, zone="comments")] * 4]
    forum, blog = Lines(lines), Lines(lines)
    forum.boxes.add(0, "div", "div topic-posts", 0)
    blog.boxes.add(0, "div", "div entry", 0)
    assert comments_below(forum, [True] * 5) == set()
    assert comments_below(blog, [True] * 5) == {1, 2, 3, 4}


def linked(text: str, chars: int) -> Line:
    """A line of a page with tags, so many characters of it linked."""
    return Line(text, tags=Tags("p", 3, 0, 1, link_chars=chars))


def test_copies_lonely_links_and_bylines_are_not_body() -> None:
    """A long line that stood there before; a link alone among furniture; a byline above the text."""
    prose = linked("The blood goes back to the heart by itself. " * 4, 0)
    lines = [linked("By Ann Lee", 0), prose, linked("Buy pills", 9), linked("Menu", 4), prose, linked("Rest.", 0)]
    assert repeated(lines, [True] * 6) == {4}
    assert lonely_links(lines, [True, False, True, False, True, True]) == {2}
    assert lonely_links(lines, [True] * 6) == set()
    assert bylines(lines, [True] * 6) == {0}
