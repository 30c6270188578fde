"""An order is learnt from what comes first, and no example outweighs another by the number of its others."""

import numpy as np

from pipeline.learn.pairwise import fit, leads


def test_leads_are_over_every_other_row_and_the_same_negated() -> None:
    rows = np.array([[1.0, 0.0], [3.0, 1.0], [2.0, 5.0]])
    assert leads(rows, 1).tolist() == [[2, 1], [1, -4], [-2, -1], [-1, 4]]


def test_what_comes_first_comes_first_under_the_weights() -> None:
    dice = np.random.default_rng(1)
    examples = [dice.normal(size=(6, 3)) for _ in range(80)]
    weights = fit([leads(rows, int(np.argmax(rows @ [2.0, -1.0, 0.0]))) for rows in examples])
    assert weights[0] > 0 > weights[1]
    assert abs(weights[2]) < min(abs(weights[:2])) / 2


def test_an_example_with_many_others_weighs_no_more_than_one_with_few() -> None:
    many, few = np.repeat([[0.0], [1.0]], [40, 1], axis=0), np.array([[1.0], [0.0]])
    assert abs(fit([leads(many, 40), leads(few, 1)])[0]) < 1e-6
