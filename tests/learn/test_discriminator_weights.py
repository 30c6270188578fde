"""What ships of a network can be taken up again: the names of both sides fit."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.detect.discriminator.weights import Weights
from pipeline.learn.discriminator_weights import from_weights, kept
from tests.detect.discriminator.small import HEADS, PIECES, weights


@pytest.mark.parametrize("corrector", [False, True])
def test_training_goes_on_from_what_ships(corrector: bool) -> None:
    """To the numbers of training and back nothing changes but by rounding; queries are scaled only once."""
    shipped = Weights.from_arrays(weights(corrector=corrector).arrays())
    state = from_weights(shipped)
    state["embedding.weight"] = state.pop("embedding")
    again = kept(state, PIECES, np.arange(len(PIECES)), HEADS, corrector)
    assert again.pieces == shipped.pieces
    assert (again.embedding == shipped.embedding).all()
    assert (again.corrector is not None) == corrector
    for old, new in zip([shipped.top, *shipped.layers], [again.top, *again.layers], strict=True):
        assert old.keys() == new.keys()
        assert all(np.allclose(old[name], new[name], atol=1e-6) for name in old)
