"""Builds the onnx graph of the discriminator: vectors of one run of word pieces in, what its head says of each out."""

from __future__ import annotations

from typing import Any

from pipeline.detect.discriminator.weights import Floats, Weights
from pipeline.detect.language_model.graph import Graph

EPSILON = 1e-12


class Encoder(Graph):
    """The graph from embedded pieces to a head; matrices int8 as in `language_model.graph`, or float32."""

    def __init__(self, weights: Weights, int8: bool) -> None:
        super().__init__(int8)
        self.weights = weights
        self.width = weights.embedding.shape[1]

    def build(self) -> Any:
        """The model: ``vectors`` (pieces, width) → ``log_odds`` (pieces, 1); by a corrector → ``sought``.

        What is sought, (pieces, width), is the direction, in the embedding, of the piece that stood there.
        """
        top = self.weights.top
        state = self.norm("vectors", top["norm"], top["norm_bias"])
        for layer in self.weights.layers:
            qkv = self.dense(state, layer["qkv"], layer["qkv_bias"])
            seen = self.dense(self.attention(qkv), layer["out"], layer["out_bias"])
            state = self.norm(self.add("Add", state, seen), layer["norm"], layer["norm_bias"])
            inside = self.add("Gelu", self.dense(state, layer["inside"], layer["inside_bias"]))
            down = self.dense(inside, layer["down"], layer["down_bias"])
            state = self.norm(self.add("Add", state, down), layer["last_norm"], layer["last_norm_bias"])
        name, size = ("log_odds", 1) if self.weights.corrector is None else ("sought", self.width)
        if self.weights.corrector is None:
            odds = self.add("MatMul", state, self.constant(top["head"].reshape(-1, 1)))
            self.output(self.add("Add", odds, self.constant(top["head_bias"])), name)
        else:
            sought = self.add("Gelu", self.dense(state, self.weights.corrector, top["corrector_bias"]))
            self.output(self.norm(sought, top["corrector_norm"], top["corrector_norm_bias"]), name)
        return self.model({"vectors": ["pieces", self.width]}, {name: ["pieces", size]})

    def dense(self, value: str, weight: Floats, bias: Floats) -> str:
        """The product with an (outputs, inputs) matrix, and its bias."""
        return self.add("Add", self.linear(self.prepared(value), weight), self.constant(bias))

    def norm(self, value: str, weight: Floats, bias: Floats) -> str:
        """Layer norm."""
        return self.add(
            "LayerNormalization", value, self.constant(weight), self.constant(bias), axis=-1, epsilon=EPSILON
        )

    def attention(self, qkv: str) -> str:
        """Every piece over every piece; queries come scaled."""
        heads = self.weights.heads
        queries, keys, values = self.several("Split", [qkv, self.integers(*[self.width] * 3)], 3, axis=-1)
        shape = self.integers(-1, heads, self.width // heads)
        q = self.add("Transpose", self.add("Reshape", queries, shape), perm=[1, 0, 2])
        k = self.add("Transpose", self.add("Reshape", keys, shape), perm=[1, 2, 0])
        v = self.add("Transpose", self.add("Reshape", values, shape), perm=[1, 0, 2])
        seen = self.add("MatMul", self.add("Softmax", self.add("MatMul", q, k), axis=-1), v)
        return self.add("Reshape", self.add("Transpose", seen, perm=[1, 0, 2]), self.integers(-1, self.width))


def serialised(weights: Weights, int8: bool = True) -> bytes:
    """The serialised model of some weights."""
    return bytes(Encoder(weights, int8).build().SerializeToString())
