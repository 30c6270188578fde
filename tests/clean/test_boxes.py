"""What the boxes around a line say of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.boxes import ALIKE, MAX_NAMES, NameWeights, around, handed_down, words_of
from pipeline.clean.features import FEATURES, Weights
from pipeline.clean.lines import Boxes
from pipeline.clean.text_features import Lexicon
from tests.clean.test_features import matrix, page_with_tags


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("div post-body", {"<div>", "post", "body", ".post-body"}),
        ("div entryContent", {"<div>", "entry", "content", ".entrycontent"}),
        ("main", {"<main>"}),
        ("div x1", {"<div>"}),
    ],
)
def test_a_key_is_its_element_its_names_and_their_parts(key: str, words: set[str]) -> None:
    """Lower case; single letters and figures say nothing."""
    assert words_of(key) == words


def test_only_so_many_names_are_read() -> None:
    """A hostile class attribute costs what a long one does."""
    assert len(words_of("div " + " ".join(f"name{chr(97 + n % 26) * 3}{n}x" for n in range(500)))) <= 3 * MAX_NAMES + 1


def test_telling_names_count_more() -> None:
    """The mean of the known weights, each weighted by its size; unknown names say nothing."""
    weights = NameWeights({"<div>": 1.0, "menu": -3.0})
    assert weights.of("div menu") == pytest.approx((1 * 1 + -3 * 3) / 4)
    assert weights.of("section unknown") == 0
    assert weights.of("section <div> menu menu") == -3.0


def test_boxes_above_the_page_are_the_page() -> None:
    """Levels end at the outermost box, which holds itself; lines of one shape have one number."""
    boxes = Boxes()
    boxes.parent[:], boxes.key[:] = [0, 0, 1], ["html", "div a", "p"]
    near = around(boxes, np.array([2, 2, 1], dtype=np.intp))
    assert near.up[:, 0].tolist() == [2, 1, 0, 0, 0]
    assert near.shape[0] == near.shape[1] != near.shape[2]


def test_boxes_say_what_is_in_them() -> None:
    """Share of prose, links and lines of the boxes around a line; learnt names; items of a list."""
    prose = (
        "A kidney stone forms when salts in the urine clump together, often because a person drinks too little. " * 2
    )
    html = f"<div class=menu><a href=1>Home</a></div><main class=story><p>{prose}</p><p>{prose}</p></main>"
    items = "".join(f"<div class=card><p>Item {n}</p></div>" for n in range(4))
    page = page_with_tags(html + items)
    x = matrix(page, Weights(Lexicon({}), NameWeights({"story": 2.0, "menu": -1.0})))
    value = {name: x[:, FEATURES.index(name)].tolist() for name in ("prose_1", "linked_0", "names_max", "names_min")}
    assert value["prose_1"][1:3] == [1.0, 1.0]
    assert value["linked_0"][:2] == [1.0, 0.0]
    assert (value["names_max"][1], value["names_min"][0]) == (2.0, -1.0)
    alike = np.expm1(x[:, FEATURES.index("alike")]).round().tolist()
    assert alike == [0, 0, 0, 4, 4, 4, 4]
    assert x[:, FEATURES.index("main_0.95")].tolist() == [0, 1, 1, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([-2.0, -0.5, 0.0, 1.5]), st.integers(1, 4)), max_size=20))
def test_what_is_handed_down_is_that_of_all_boxes_around(drawn: list[tuple[int, float, int]]) -> None:
    """Least and greatest weight, the fading sum, and the innermost item, as a walk outwards finds them."""
    parents = [0, *(min(parent, at) for at, (parent, _, _) in enumerate(drawn))]
    own, alike = [0.25, *(weight for _, weight, _ in drawn)], [5, *(count for _, _, count in drawn)]
    (low, high, total), item = handed_down(parents, np.array(own), np.array(alike))
    for box in range(len(parents)):
        chain = [box]
        while chain[-1]:
            chain.append(parents[chain[-1]])
        weights = [own[at] for at in chain]
        assert (low[box], high[box]) == (min(weights), max(weights))
        assert total[box] == pytest.approx(sum(weight * 0.8**step for step, weight in enumerate(weights)))
        assert item[box] == next((at for at in chain if at and alike[at] >= ALIKE), 0)
