"""The causal language model as an ONNX graph without its weights, and the table of where they come from.

The graph scores pieces that follow others. A row is a sentence and, after it, branches: other ways in which the
sentence may go on from some place. Its inputs and outputs:

- `pieces` (rows, length), int64: rows that are shorter are filled up with any piece;
- `places` (rows, length), int64: the place of each piece in its sentence, from 0, below `length`; a branch counts from
  where it begins;
- `sees` (rows, length, length), bool: whether a piece sees another; each sees at least itself;
- `asked` (asked), int64: the numbers, in the flattened pieces, of those after which something is scored;
- `wanted` (wanted, 2), int64: the number of one of `asked`, and the piece that follows it;
- `scores` (wanted), float: the logarithm of the probability of that piece there.

The layers are those of Llama: RMS norm, rotary positions of neighbouring pairs (as GGUF orders the rows of Q and K),
attention with fewer heads of keys and values than of queries, SwiGLU, and a head that is the embedding.

Matrices are multiplied in integers (com.microsoft.MatMulIntegerToFloat). Weights have 8 bits, and one scale for each
column. The activations of a piece have a scale of their own, and are multiplied in two parts, the second of which is
what the first leaves: some are thousands of times larger than others, and beside these one part would leave nothing of
the others. A part has 7 bits, since the products of 8 bits overflow on processors without VNNI (onnxruntime, issues
6004 and 14642). What is computed of a piece does not depend on what is computed together with it.

The weights are external data. A table says how their file is made from a GGUF: `imrlint.reader.conversion` writes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from onnx import FunctionProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from imrlint.reader.conversion import BLOCK, Array, Table

_OPSETS = {"": 17, "com.microsoft": 1, "reader": 1}
_FAR = -1e9  # added to the score of a piece that is not seen
_TINY = 1e-12  # the least scale of activations
_ALIGNMENT = 4096  # bytes: external data is mapped into memory by pages
_PART = 63  # the largest number of a part of activations
_ZERO = 64  # what stands for 0 in it
_KINDS = {"int8": TensorProto.INT8, "float32": TensorProto.FLOAT}


class Sizes(NamedTuple):
    """The sizes of a model; `base` is that of the rotary positions."""

    pieces: int
    width: int
    layers: int
    heads: int
    groups: int
    inner: int
    base: float
    epsilon: float

    @property
    def head(self) -> int:
        """The width of a head."""
        return self.width // self.heads


class _Nodes:
    """Nodes of a graph or a function in the making; each method adds what it names and gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []

    def add(self, operator: str, *inputs: str, domain: str = "", output: str = "", **attributes: Any) -> str:
        name = output or f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], domain=domain, **attributes))
        return name

    def split(self, x: str, sizes: Sequence[int], axis: int) -> list[str]:
        names = [f"v{len(self.nodes)}_{i}" for i in range(len(sizes))]
        self.nodes.append(helper.make_node("Split", [x, self.numbers(sizes)], names, axis=axis))
        return names

    def constant(self, value: object, kind: type[np.generic] = np.float32) -> str:
        return self.add("Constant", value=numpy_helper.from_array(np.array(value, kind)))

    def numbers(self, value: int | Sequence[int]) -> str:
        return self.constant(value, np.int64)

    def reshape(self, x: str, sizes: Sequence[int]) -> str:
        return self.add("Reshape", x, self.numbers(sizes))

    def norm(self, x: str, weight: str, epsilon: float) -> str:
        """Divide by the root of the mean square, and multiply by a weight."""
        square = self.add("ReduceMean", self.add("Mul", x, x), axes=[-1], keepdims=1)
        root = self.add("Sqrt", self.add("Add", square, self.constant(epsilon)))
        return self.add("Mul", self.add("Div", x, root), weight)

    def linear(self, x: str, *matrices: str) -> list[str]:
        """Multiply by matrices, (inputs, outputs) of 8 bits, whose outputs have scales: NAME and NAME_scale."""
        size = self.add("ReduceMax", self.add("Abs", x), axes=[-1], keepdims=1)
        size = self.add("Max", size, self.constant(_TINY))
        rest, zero = self.add("Div", x, size), self.constant(_ZERO, np.uint8)
        coarse, fine = self.constant(1 / _PART), self.constant(1 / _PART / (2 * _PART))
        first = self.add("QuantizeLinear", rest, coarse, zero)
        rest = self.add("Sub", rest, self.add("DequantizeLinear", first, coarse, zero))
        parts = ((first, coarse), (self.add("QuantizeLinear", rest, fine, zero), fine))
        found = []
        for matrix in matrices:
            products = [
                self.add("MatMulIntegerToFloat", part, matrix, unit, f"{matrix}_scale", zero, domain="com.microsoft")
                for part, unit in parts
            ]
            found.append(self.add("Mul", self.add("Add", *products), size))
        return found


def _layer(sizes: Sizes) -> FunctionProto:
    """A layer: (rows, length, width) to the same."""
    g, heads, groups = _Nodes(), sizes.heads, sizes.groups
    inputs = ["x", "places", "cos", "sin", "far", *_LAYER]
    normed = g.norm("x", "attention_norm", sizes.epsilon)
    mixed = g.reshape(g.linear(normed, "qkv")[0], (0, 0, heads + 2 * groups, sizes.head))
    turned, v = g.split(g.add("Transpose", mixed, perm=[0, 2, 1, 3]), (heads + groups, groups), 1)
    turned = g.add("RotaryEmbedding", turned, "places", "cos", "sin", domain="com.microsoft", interleaved=1)
    q, k = g.split(turned, (heads, groups), 1)
    # The queries of the heads that share keys are multiplied with them together.
    q = g.reshape(q, (0, groups, -1, sizes.head))
    scores = g.add("FusedMatMul", q, k, domain="com.microsoft", transB=1, alpha=float(sizes.head**-0.5))
    length = g.add("Shape", "places", start=1, end=2)
    apart = g.add("Concat", g.numbers([0, groups, heads // groups]), length, length, axis=0)
    together = g.add("Concat", g.numbers([0, groups, -1]), length, axis=0)
    scores = g.add("Softmax", g.add("Add", g.add("Reshape", scores, apart), "far"), axis=-1)
    taken = g.reshape(g.add("MatMul", g.add("Reshape", scores, together), v), (0, heads, -1, sizes.head))
    taken = g.reshape(g.add("Transpose", taken, perm=[0, 2, 1, 3]), (0, 0, sizes.width))
    x = g.add("Add", "x", *g.linear(taken, "out"))
    gate, up = g.linear(g.norm(x, "mlp_norm", sizes.epsilon), "gate", "up")
    gated = g.add("Mul", g.add("QuickGelu", gate, domain="com.microsoft", alpha=1.0), up)
    g.add("Add", x, *g.linear(gated, "down"), output="y")
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
    return helper.make_function("reader", "Layer", inputs, ["y"], g.nodes, opsets)


# The weights of a layer, as its function calls them, with the tensors of a GGUF that they are made of.
_LAYER = {
    "attention_norm": ("floats", ("attn_norm",)),
    "qkv": ("columns", ("attn_q", "attn_k", "attn_v")),
    "qkv_scale": ("scales", ("attn_q", "attn_k", "attn_v")),
    "out": ("columns", ("attn_output",)),
    "out_scale": ("scales", ("attn_output",)),
    "mlp_norm": ("floats", ("ffn_norm",)),
    "gate": ("columns", ("ffn_gate",)),
    "gate_scale": ("scales", ("ffn_gate",)),
    "up": ("columns", ("ffn_up",)),
    "up_scale": ("scales", ("ffn_up",)),
    "down": ("columns", ("ffn_down",)),
    "down_scale": ("scales", ("ffn_down",)),
}


def causal_graph(sizes: Sizes, location: str) -> tuple[ModelProto, Table]:
    """The graph, whose weights are in the file `location` beside it, and the table from which that is written."""
    weights = _Weights(sizes, location)
    g = _Nodes()
    blocked = (0, 0, sizes.width // BLOCK, BLOCK)
    rows = g.add("Gather", weights.add("embedding", "rows", ("token_embd",)), "pieces")
    blocks = g.add("Gather", weights.add("embedding_scale", "blocks", ("token_embd",)), "pieces")
    rows = g.reshape(g.add("Cast", rows, to=TensorProto.FLOAT), blocked)
    x = g.reshape(g.add("Mul", rows, g.add("Unsqueeze", blocks, g.numbers([3]))), (0, 0, sizes.width))

    length = g.add("Gather", g.add("Shape", "pieces"), g.numbers(1))
    places = g.add("Cast", g.add("Range", g.numbers(0), length, g.numbers(1)), to=TensorProto.FLOAT)
    speeds = sizes.base ** (-np.arange(0, sizes.head, 2) / sizes.head)
    angles = g.add("Mul", g.add("Unsqueeze", places, g.numbers([1])), g.constant(speeds))
    cos, sin = g.add("Cos", angles), g.add("Sin", angles)
    far = g.add("Where", "sees", g.constant(0.0), g.constant(_FAR))
    far = g.add("Unsqueeze", far, g.numbers([1, 2]))

    for i in range(sizes.layers):
        names = [weights.add(f"{name}.{i}", make, of, i) for name, (make, of) in _LAYER.items()]
        x = g.add("Layer", x, "places", cos, sin, far, *names, domain="reader")

    x = g.add("Gather", g.reshape(x, (-1, sizes.width)), "asked")
    x = g.norm(x, weights.add("norm", "floats", ("output_norm",)), sizes.epsilon)
    head = weights.add("head", "columns", ("token_embd",))
    weights.add("head_scale", "scales", ("token_embd",))
    scored = g.add("LogSoftmax", *g.linear(x, head), axis=-1)
    g.add("GatherND", scored, "wanted", output="scores")

    value, table = helper.make_tensor_value_info, weights.table()
    inputs = [
        value("pieces", TensorProto.INT64, ["rows", "length"]),
        value("places", TensorProto.INT64, ["rows", "length"]),
        value("sees", TensorProto.BOOL, ["rows", "length", "length"]),
        value("asked", TensorProto.INT64, ["asked"]),
        value("wanted", TensorProto.INT64, ["wanted", 2]),
    ]
    outputs = [value("scores", TensorProto.FLOAT, ["wanted"])]
    graph = helper.make_graph(g.nodes, "language_model", inputs, outputs, weights.tensors)
    opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()]
    return helper.make_model(graph, opset_imports=opsets, functions=[_layer(sizes)], ir_version=9), table


class _Weights:
    """The weights of a graph in the making: their places in the file, and how they are made."""

    def __init__(self, sizes: Sizes, location: str) -> None:
        self._sizes, self._location = sizes, location
        self._arrays: list[Array] = []
        self.tensors: list[TensorProto] = []
        self._end = 0

    def add(self, name: str, make: str, of: tuple[str, ...], layer: int | None = None) -> str:
        """Add an array that is made of tensors, of a layer or of none."""
        start = "" if layer is None else f"blk.{layer}."
        tensors = tuple(f"{start}{tensor}.weight" for tensor in of)
        shape = self._shape(make, of)
        kind = "int8" if make in ("columns", "rows") else "float32"
        offset = (self._end + _ALIGNMENT - 1) // _ALIGNMENT * _ALIGNMENT
        array = Array(offset, kind, shape, make, tensors)
        self._arrays.append(array)
        self._end = offset + array.length
        tensor = TensorProto(name=name, data_type=_KINDS[kind], dims=shape, data_location=TensorProto.EXTERNAL)
        for key, text in {"location": self._location, "offset": str(offset), "length": str(array.length)}.items():
            tensor.external_data.add(key=key, value=text)
        self.tensors.append(tensor)
        return name

    def _shape(self, make: str, of: tuple[str, ...]) -> tuple[int, ...]:
        sizes = self._sizes
        if make == "floats":
            return (sizes.width,)
        outputs = sum(
            {"token_embd": sizes.pieces, "attn_k": sizes.head * sizes.groups, "attn_v": sizes.head * sizes.groups,
             "ffn_gate": sizes.inner, "ffn_up": sizes.inner}.get(each, sizes.width)
            for each in of
        )  # fmt: skip
        inputs = sizes.inner if of == ("ffn_down",) else sizes.width
        return {
            "columns": (inputs, outputs),
            "scales": (outputs,),
            "rows": (outputs, inputs),
            "blocks": (outputs, inputs // BLOCK),
        }[make]

    def table(self) -> Table:
        """All arrays, in the order of the file."""
        return Table(tuple(self._arrays), self._end)
