"""The shape of a Llama-like language model, and what its parts are called."""

from __future__ import annotations

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """Sizes of the network (SmolLM2-135M: 30 layers, 9 heads over 3 key-value heads of 64, 576 wide, 1,536 inside)."""

    layers: int
    heads: int
    kv_heads: int
    head: int
    width: int
    inside: int
    vocabulary: int
    head_tokens: int
    """Tokens over which probabilities are taken, the lowest ids."""
    taps: tuple[int, ...]
    """Layers after which the state is given out, for the probe."""
    rope_base: float
    epsilon: float

    @property
    def kv_width(self) -> int:
        """Width of the keys, and of the values, of one token."""
        return self.kv_heads * self.head
