"""The chain against the sum over all ways in which a short page can be body and furniture."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from pipeline.clean.chain import LEAST, STAY, doubted, in_runs

P = np.array([0.2, 0.7, 0.4, 0.9, 0.3, 0.6], dtype=np.float32)


def summed(p: np.ndarray) -> np.ndarray:
    """P(body) of each line, from the weights of all sequences of body and furniture."""
    weight, held = 0.0, np.zeros(len(p))
    for states in product((0, 1), repeat=len(p)):
        w = 1.0
        for one, following in pairwise(states):
            w *= STAY if one == following else 1 - STAY
        for x, body in zip(p.astype(float), states, strict=True):
            w *= (x + LEAST) / (1 - x + LEAST) if body else 1
        weight += w
        held += w * np.array(states)
    return held / weight


def test_the_posterior_is_exact() -> None:
    """Forwards and backwards give what all sequences together give."""
    assert in_runs(P) == pytest.approx(summed(P), abs=1e-5)


def test_what_stands_alone_is_doubted() -> None:
    """A likely line among furniture loses, a doubtful one within body would win."""
    p = np.array([0.1] * 3 + [0.6] + [0.1] * 6 + [0.95] * 6 + [0.45] + [0.95] * 6, dtype=np.float32)
    found = in_runs(p)
    assert found[3] < 0.5 < p[3]
    assert found[16] > 0.5 > p[16]


def test_only_prose_is_doubted_and_nothing_raised() -> None:
    """A page of long lines loses what stands alone in it and gains nothing; one of short lines is left as it is."""
    long, short = np.full(len(P), 30, dtype=np.float32), np.full(len(P), 3, dtype=np.float32)
    assert doubted(P, short) is P
    assert (summed(P) > P).any()
    assert doubted(P, long) == pytest.approx(np.minimum(P, summed(P)), abs=1e-5)


@pytest.mark.parametrize("p", [[0.0], [1.0], [0.0] * 500, [1.0] * 500, [0.0, 1.0] * 300])
def test_certainty_is_no_error(p: list[float]) -> None:
    """Pages of one line, pages of nothing and of nothing else, pages that change at every line."""
    found = in_runs(np.array(p, dtype=np.float32))
    assert ((found >= 0) & (found <= 1)).all()
