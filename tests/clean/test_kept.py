"""Lines beside body that rules keep, and the same words elsewhere that they do not."""

from __future__ import annotations

import numpy as np

from pipeline.clean.kept import REFERENCE, letter_lines, may_be_reference, reference_lines, sentence_lines, table_cells
from pipeline.clean.lines import Line, Tags


def test_letters_keep_greeting_and_signature() -> None:
    """Where prose is body, the greeting before it and the sign-off and name after it are; elsewhere they are not."""
    texts = [
        "Log in",
        "Dear Editor,",
        "My cataract was done in March and I can read again.",
        "Yours sincerely,",
        "Enid",
        "Share",
    ]
    lines = [Line(text) for text in texts]
    assert letter_lines(lines, [False, False, True, False, False, False]) == {1, 3, 4}
    assert letter_lines(lines, [False] * 6) == set()


def test_references_are_kept_with_their_heading() -> None:
    """Entries of a list of references are the support of claims; numbered advice is not a reference."""
    texts = [
        "References",
        "1. Roddy E, et al. Ann Rheum Dis 2020;79:276-84.",
        "2. NICE. Hypertension in adults. NG136, updated 2023.",
        "3. Keep a diary of what you eat.",
        "Sources of iron",
    ]
    assert reference_lines([Line(text) for text in texts]) == {0, 1, 2}


def test_no_reference_is_passed_over() -> None:
    """What all references hold is found in each, also where a letter only matches when case is ignored."""
    entries = [
        "[3] A trial of zinc in adults, 1998.",
        "Smith J, Brown K ET AL. Zinc",
        "Zinc in adults. DOI 10.1000/x",
        "Zinc in adults. Doı 10.1000/x",
    ]
    for entry in entries:
        assert REFERENCE.match(entry)
        assert may_be_reference(entry)
    assert not may_be_reference("An ordinary sentence.")


def test_sentences_beside_body_are_kept() -> None:
    """A whole sentence that touches body is kept where the classifier left it open."""
    sentence = "If you read this and they keep telling you that it is normal, please get another opinion."
    lines = [Line("Body."), Line(sentence), Line("Log in"), Line(sentence)]
    body = [True, False, False, False]
    assert sentence_lines(lines, body, np.array([0.9, 0.3, 0.3, 0.3], np.float32)) == {1}
    assert sentence_lines(lines, body, np.array([0.9, 0.1, 0.3, 0.3], np.float32)) == set()


def test_cells_follow_their_table() -> None:
    """Where much of a table is body all of it is; a table of links is left alone."""
    cells = [Line(text, "table", tags=Tags("td", 3, 0, 4)) for text in ("Trial", "−4.8", "188", "Effect of training")]
    assert table_cells(cells, [True, False, False, True]) == {0, 1, 2, 3}
    assert table_cells(cells, [False, False, False, True]) == set()
    linked = [Line("x", "table", tags=Tags("td", 3, 0, 4, link_chars=1))] * 2
    assert table_cells(linked, [True, False]) == set()
