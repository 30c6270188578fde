"""Builds the onnx graphs that the runtime runs: the body (vectors in, hidden states out) and the head (vocabulary).

The body takes one packed run of tokens and the keys (not yet rotated) and values of tokens before it, so that one
graph reads pages chunk by chunk and scores substitutes that share a prefix: `bias` says who sees whom. Matrices are
int8 with one scale an output, and activations with one scale a token; or float32.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pipeline.detect.language_model.shape import Shape

Floats = NDArray[np.float32]
Layer = dict[str, Floats]
"""One layer: ``norm``, ``qkv``, ``out``, ``ffn_norm``, ``gate_up``, ``down``; matrices are (outputs, inputs)."""
MICROSOFT = "com.microsoft"
BITS = 7
"""Bits of a weight: AVX2's multiply saturates on sums of two 8-bit products (mean error .24 nats, against .21)."""
OPSETS = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]


class Graph:
    """Collects nodes and constants. With `int8`, matrices are rounded to it."""

    def __init__(self, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any) -> str:
        """The name of a new constant."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """The name of a new constant vector of integers."""
        return self.constant(np.array(values, dtype=np.int64))

    def several(self, op: str, inputs: list[str], count: int, domain: str = "", **attributes: Any) -> list[str]:
        """The names of a new node's `count` outputs."""
        names = [f"n{len(self.nodes)}_{number}" for number in range(count)]
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names

    def add(self, op: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """The name of a new node's output."""
        return self.several(op, list(inputs), 1, domain, **attributes)[0]

    def output(self, value: str, name: str) -> None:
        """Call a value `name`."""
        self.nodes.append(helper.make_node("Identity", [value], [name]))

    def prepared(self, value: str) -> tuple[str, str, str, str] | str:
        """The input of a matrix: as it is, or as bytes with zero point, unit scale and each token's own scale."""
        if not self.int8:
            return value
        size = self.add("ReduceMax", self.add("Abs", value), self.integers(-1), keepdims=1)
        size = self.add("Max", size, self.constant(np.array([1e-12], dtype=np.float32)))
        unit = self.constant(np.array(1 / 127, dtype=np.float32))
        zero = self.constant(np.array(128, dtype=np.uint8))
        return self.add("QuantizeLinear", self.add("Div", value, size), unit, zero), unit, zero, size

    def linear(self, value: tuple[str, str, str, str] | str, weight: Floats) -> str:
        """The product with an (outputs, inputs) matrix."""
        if isinstance(value, str):
            return self.add("MatMul", value, self.constant(weight.T))
        data, unit, zero, size = value
        scale = (np.abs(weight).max(axis=1) / (2 ** (BITS - 1) - 1)).astype(np.float32)
        scale = np.maximum(scale, np.float32(1e-12))
        whole = np.round(weight / scale[:, None]).astype(np.int8).T
        inputs = (data, self.constant(whole), unit, self.constant(scale), zero)
        return self.add("Mul", self.add("MatMulIntegerToFloat", *inputs, domain=MICROSOFT), size)

    def model(self, inputs: dict[str, list[Any]], outputs: dict[str, list[Any]]) -> Any:
        """The finished model; inputs and outputs are float32, by name and dimensions."""

        def values(named: dict[str, list[Any]]) -> list[Any]:
            return [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in named.items()]

        graph = helper.make_graph(self.nodes, "language_model", values(inputs), values(outputs), self.constants)
        return helper.make_model(graph, opset_imports=OPSETS, ir_version=10)


class Body(Graph):
    """The graph from token vectors to hidden states."""

    def __init__(self, shape: Shape, int8: bool, watch: bool = False) -> None:
        super().__init__(int8)
        self.shape, self.watch = shape, watch
        self.watched: dict[str, list[Any]] = {}

    def build(self, layers: list[Layer], final_norm: Floats) -> Any:
        """The model: see the module docstring. With `watch`, every matrix's input is an output too (float32 only)."""
        shape = self.shape
        state = "vectors"
        past = [self.each(name) for name in ("past_keys", "past_values")]
        made: list[list[str]] = [[], []]
        tapped: list[str] = []
        for number, layer in enumerate(layers):
            normed = self.norm(state, layer["norm"])
            self.look(normed, f"{number}.qkv", shape.width)
            qkv = self.linear(self.prepared(normed), layer["qkv"])
            sizes = (shape.heads * shape.head, shape.kv_width, shape.kv_width)
            queries, keys, values = self.several("Split", [qkv, self.integers(*sizes)], 3, axis=-1)
            made[0].append(self.add("Unsqueeze", keys, self.integers(0)))
            made[1].append(self.add("Unsqueeze", values, self.integers(0)))
            seen = self.attention(queries, (past[0][number], keys), (past[1][number], values))
            self.look(seen, f"{number}.out", shape.heads * shape.head)
            state = self.add("Add", state, self.linear(self.prepared(seen), layer["out"]))
            normed = self.norm(state, layer["ffn_norm"])
            self.look(normed, f"{number}.gate_up", shape.width)
            both = self.linear(self.prepared(normed), layer["gate_up"])
            gate, up = self.several("Split", [both, self.integers(shape.inside, shape.inside)], 2, axis=-1)
            inside = self.add("Mul", self.add("Mul", gate, self.add("Sigmoid", gate)), up)
            self.look(inside, f"{number}.down", shape.inside)
            state = self.add("Add", state, self.linear(self.prepared(inside), layer["down"]))
            if number + 1 in shape.taps:
                tapped.append(self.add("Unsqueeze", state, self.integers(1)))
        self.output(self.norm(state, final_norm), "hidden")
        self.output(self.add("Concat", *tapped, axis=1), "tapped")
        for name, parts in zip(("keys", "values"), made, strict=True):
            self.output(self.add("Concat", *parts, axis=0), name)
        kv = [shape.layers, "tokens", shape.kv_width]
        old = [shape.layers, "past", shape.kv_width]
        inputs: dict[str, list[Any]] = {
            "vectors": ["tokens", shape.width],
            "query_cos": ["tokens", shape.head],
            "query_sin": ["tokens", shape.head],
            "key_cos": ["context", shape.head],
            "key_sin": ["context", shape.head],
            "bias": ["tokens", "context"],
            "past_keys": old,
            "past_values": old,
        }
        tapped_size = ["tokens", len(shape.taps), shape.width]
        outputs: dict[str, list[Any]] = {"hidden": ["tokens", shape.width], "tapped": tapped_size}
        outputs |= {"keys": kv, "values": kv, **self.watched}
        return self.model(inputs, outputs)

    def each(self, name: str) -> list[str]:
        """The (past, width) slices of a (layers, past, width) input."""
        parts = self.several("Split", [name, self.integers(*[1] * self.shape.layers)], self.shape.layers, axis=0)
        return [self.add("Squeeze", part, self.integers(0)) for part in parts]

    def look(self, value: str, name: str, width: int) -> None:
        """Make a value an output when watching."""
        if self.watch:
            self.output(value, name)
            self.watched[name] = ["tokens", width]

    def norm(self, value: str, weight: Floats) -> str:
        """Root-mean-square norm."""
        return self.add(
            "SimplifiedLayerNormalization", value, self.constant(weight), axis=-1, epsilon=self.shape.epsilon
        )

    def attention(self, queries: str, keys: tuple[str, str], values: tuple[str, str]) -> str:
        """Grouped-query attention of the tokens over the past and themselves; queries come scaled."""
        shape = self.shape
        group = shape.heads // shape.kv_heads
        q = self.rotated(self.by_head(queries, shape.heads), "query_cos", "query_sin")
        k = self.rotated(self.by_head(self.add("Concat", *keys, axis=0), shape.kv_heads), "key_cos", "key_sin")
        v = self.by_head(self.add("Concat", *values, axis=0), shape.kv_heads)
        q = self.add("Reshape", q, self.integers(shape.kv_heads, group, -1, shape.head))
        k = self.add("Transpose", self.add("Unsqueeze", k, self.integers(1)), perm=[0, 1, 3, 2])
        weights = self.add("Softmax", self.add("Add", self.add("MatMul", q, k), "bias"), axis=-1)
        seen = self.add("MatMul", weights, self.add("Unsqueeze", v, self.integers(1)))
        seen = self.add("Reshape", seen, self.integers(shape.heads, -1, shape.head))
        seen = self.add("Transpose", seen, perm=[1, 0, 2])
        return self.add("Reshape", seen, self.integers(-1, shape.heads * shape.head))

    def by_head(self, value: str, heads: int) -> str:
        """(tokens, heads × size) → (heads, tokens, size)."""
        return self.add(
            "Transpose", self.add("Reshape", value, self.integers(-1, heads, self.shape.head)), perm=[1, 0, 2]
        )

    def rotated(self, value: str, cos: str, sin: str) -> str:
        """Rotary positions over the two halves of each head (Su et al. 2021)."""
        half = self.shape.head // 2
        first, second = self.several("Split", [value, self.integers(half, half)], 2, axis=-1)
        turned = self.add("Concat", self.add("Neg", second), first, axis=-1)
        return self.add("Add", self.add("Mul", value, cos), self.add("Mul", turned, sin))


def head(embedding: Floats, int8: bool) -> Any:
    """The model from hidden states and the logits of what came to the log-sum, entropy and rank over `embedding`."""
    graph = Graph(int8)
    logits = graph.linear(graph.prepared("hidden"), embedding)
    last = graph.integers(-1)
    top = graph.add("ReduceMax", logits, last, keepdims=1)
    shares = graph.add("Exp", graph.add("Sub", logits, top))
    total = graph.add("ReduceSum", shares, last, keepdims=1)
    norm = graph.add("Add", top, graph.add("Log", total))
    mean = graph.add("Div", graph.add("ReduceSum", graph.add("Mul", shares, logits), last, keepdims=1), total)
    above = graph.add("Cast", graph.add("Greater", logits, "logit"), to=TensorProto.FLOAT)
    graph.output(norm, "log_sum")
    graph.output(graph.add("Sub", norm, mean), "entropy")
    graph.output(graph.add("ReduceSum", above, last, keepdims=1), "rank")
    inputs: dict[str, list[Any]] = {"hidden": ["tokens", embedding.shape[1]], "logit": ["tokens", 1]}
    return graph.model(inputs, {name: ["tokens", 1] for name in ("log_sum", "entropy", "rank")})
