"""The two networks as ONNX graphs with weights in 8 bits.

Both graphs have the same inputs and outputs:

- `pieces` (sentences, length), int64: the pieces of sentences, those that are shorter filled up with any piece;
- `lengths` (sentences), int64: how many pieces of each sentence are its own;
- `words` (words), int64: the places, in the flattened pieces, of the first piece of each word;
- `doubt`, float: pieces are scored for words that are right with a probability whose logarithm is below it;
- `labels` (words, 4), float: the logarithms of the probabilities of the labels;
- `doubted` (doubted), int64: the numbers of those words;
- `scores` (doubted, pieces of the vocabulary), float: the logarithms of the probabilities of what should stand there.

Matrices are multiplied in integers; what stands between them is computed in 32 bits. Weights have one scale for each
column and are from -63 to 63, since the products of larger ones overflow on processors without VNNI (onnxruntime,
issues 6004 and 14642). Activations have 8 bits, and a scale for each piece: what is said of a sentence does not
depend on those that are read with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
_ZERO = 128  # what stands for 0 among the 8 bits of activations
_FAR = -1e9  # added to the score of a piece that is not of the sentence
_LARGEST = 63  # of a weight
_TINY = 1e-12  # the least scale


class _Graph:
    """A graph in the making; each method adds what it names and gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []
        self._quantized: dict[tuple[str, int], tuple[str, str]] = {}

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], domain=domain, **attributes))
        return name

    def constant(self, value: NDArray[np.generic] | Sequence[int] | float, kind: type = np.float32) -> str:
        array = value if isinstance(value, np.ndarray) else np.array(value, kind)
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def shape(self, x: str, sizes: Sequence[int]) -> str:
        return self.add("Reshape", x, self.constant(list(sizes), np.int64))

    def linear(self, x: str, weight: Floats, bias: Floats | None = None, *, exact: bool = False) -> str:
        """Multiply by a matrix of (outputs, inputs), in integers or, if `exact`, in floats."""
        columns = np.ascontiguousarray(weight.T.astype(np.float32))
        if exact:
            y = self.add("MatMul", x, self.constant(columns))
        else:
            scale = np.maximum(np.abs(columns).max(0) / _LARGEST, _TINY).astype(np.float32)
            rounded = np.clip(np.round(columns / scale), -_LARGEST, _LARGEST).astype(np.int8)
            y = self.multiply(x, self.constant(rounded), scale, _ZERO)
        return y if bias is None else self.add("Add", y, self.constant(bias.astype(np.float32)))

    def multiply(self, x: str, weights: str, scale: Floats, zero: int) -> str:
        """Multiply by a matrix of whole numbers, (inputs, outputs), with the scale of each of its columns.

        Activations become whole numbers from 1 to 2 * zero - 1; `zero` stands for 0.
        """
        rows, step = self._quantize(x, zero)
        sums = self.add("MatMulInteger", rows, weights, self.constant(zero, np.uint8))
        return self.add(
            "Mul", self.add("Mul", self.add("Cast", sums, to=TensorProto.FLOAT), step), self.constant(scale)
        )

    def _quantize(self, x: str, zero: int) -> tuple[str, str]:
        """Activations as whole numbers around `zero`, and the step between them for each piece."""
        if (x, zero) not in self._quantized:
            largest = self.add("ReduceMax", self.add("Abs", x), axes=[-1], keepdims=1)
            step = self.add("Max", self.add("Mul", largest, self.constant(1 / (zero - 1))), self.constant(_TINY))
            rounded = self.add("Add", self.add("Round", self.add("Div", x, step)), self.constant(float(zero)))
            self._quantized[x, zero] = self.add("Cast", rounded, to=TensorProto.UINT8), step
        return self._quantized[x, zero]

    def layer_norm(self, x: str, weight: Floats, bias: Floats, epsilon: float) -> str:
        weights = self.constant(weight.astype(np.float32)), self.constant(bias.astype(np.float32))
        return self.add("LayerNormalization", x, *weights, axis=-1, epsilon=epsilon)

    def rms_norm(self, x: str, weight: Floats, epsilon: float) -> str:
        square = self.add("ReduceMean", self.add("Mul", x, x), axes=[-1], keepdims=1)
        root = self.add("Sqrt", self.add("Add", square, self.constant(epsilon)))
        return self.add("Mul", self.add("Div", x, root), self.constant(weight.astype(np.float32)))

    def gelu(self, x: str) -> str:
        return self.add("FastGelu", x, domain="com.microsoft")

    def split(self, x: str, count: int, size: int) -> list[str]:
        """A tensor in `count` parts of the second axis, each of this size."""
        names = [f"v{len(self.nodes)}_{i}" for i in range(count)]
        sizes = self.constant([size] * count, np.int64)
        self.nodes.append(helper.make_node("Split", [x, sizes], names, axis=1))
        return names

    def heads(self, x: str, count: int, size: int) -> str:
        """(sentences, length, width) to (sentences, heads, length, size)."""
        return self.add("Transpose", self.shape(x, (0, -1, count, size)), perm=[0, 2, 1, 3])

    def attend(self, q: str, k: str, v: str, far: str, size: int) -> str:
        """What each piece takes from the others; (sentences, length, width)."""
        scores = self.add("MatMul", q, self.add("Transpose", k, perm=[0, 1, 3, 2]))
        scores = self.add("Add", self.add("Mul", scores, self.constant(size**-0.5)), far)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), v)
        return self.add("Transpose", mixed, perm=[0, 2, 1, 3])

    def embed(self, table: NDArray[np.int8], scale: Floats) -> str:
        """The rows of the pieces; (sentences, length, width). Also remembers the table for `finish`."""
        self.table, self.scale = self.constant(np.ascontiguousarray(table.T)), scale.reshape(-1).astype(np.float32)
        columns = self.add("Cast", self.add("Gather", self.table, "pieces", axis=1), to=TensorProto.FLOAT)
        scales = self.add("Gather", self.constant(self.scale.reshape(-1, 1)), "pieces")
        return self.add("Mul", self.add("Transpose", columns, perm=[1, 2, 0]), scales)

    def mask(self) -> str:
        """What is added to the scores of pieces that are not of a sentence; (sentences, 1, 1, length)."""
        length = self.add("Gather", self.add("Shape", "pieces"), self.constant(1, np.int64))
        places = self.add("Range", self.constant(0, np.int64), length, self.constant(1, np.int64))
        own = self.add("Less", self.add("Unsqueeze", places, self.constant([0], np.int64)),
                       self.add("Unsqueeze", "lengths", self.constant([1], np.int64)))  # fmt: skip
        far = self.add("Where", own, self.constant(0.0), self.constant(_FAR))
        return self.add("Unsqueeze", far, self.constant([1, 2], np.int64))

    def finish(self, x: str, head: Mapping[str, Floats], width: int) -> ModelProto:
        """The model, with a head on the states `x`, (sentences, length, width)."""
        words = self.add("Gather", self.shape(x, (-1, width)), "words")
        normed = self.layer_norm(words, head["norm.weight"], head["norm.bias"], 1e-5)
        labels = self.linear(normed, head["label.weight"], head["label.bias"], exact=True)
        self.nodes.append(helper.make_node("LogSoftmax", [labels], ["labels"], axis=-1))
        right = self.add("Gather", "labels", self.constant(0, np.int64), axis=1)
        doubted = self.add("NonZero", self.add("Less", right, "doubt"))
        self.nodes.append(helper.make_node("Squeeze", [doubted, self.constant([0], np.int64)], ["doubted"]))
        chosen = self.add("Gather", normed, "doubted")
        transformed = self.gelu(self.linear(chosen, head["transform.weight"], head["transform.bias"], exact=True))
        transformed = self.layer_norm(transformed, head["transformed_norm.weight"], head["transformed_norm.bias"], 1e-5)
        pieces = self.multiply(transformed, self.table, self.scale, _ZERO // 2)  # the table has all 8 bits
        self.nodes.append(helper.make_node("LogSoftmax", [pieces], ["scores"], axis=-1))
        value = helper.make_tensor_value_info
        inputs = [
            value(n, TensorProto.INT64, s) for n, s in {"pieces": ["s", "l"], "lengths": ["s"], "words": ["w"]}.items()
        ]
        outputs = [
            value("labels", TensorProto.FLOAT, ["w", 4]),
            value("doubted", TensorProto.INT64, ["d"]),
            value("scores", TensorProto.FLOAT, ["d", "v"]),
        ]
        inputs.append(value("doubt", TensorProto.FLOAT, []))
        graph = helper.make_graph(self.nodes, "reader", inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def bert_graph(weights: Mapping[str, NDArray[np.generic]], heads: int) -> ModelProto:
    """The graph of the small encoder, from the file that `weights.save_small` writes."""
    g = _Graph()

    def floats(name: str) -> Floats:
        return np.asarray(weights[name], np.float32)

    width = weights["embedding"].shape[1]
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    x = g.embed(np.asarray(weights["embedding"], np.int8), floats("scale"))
    length = g.add("Gather", g.add("Shape", "pieces"), g.constant([1], np.int64))
    x = g.add("Add", x, g.add("Slice", g.constant(floats("positions")), g.constant([0], np.int64), length))
    x = g.layer_norm(x, floats("norm.weight"), floats("norm.bias"), 1e-12)
    far, size = g.mask(), width // heads
    for i in range(layers):
        p = f"layers.{i}."

        def linear(y: str, name: str, p: str = p) -> str:
            return g.linear(y, floats(f"{p}{name}.weight"), floats(f"{p}{name}.bias"))

        joined = [np.concatenate([floats(f"{p}{name}.{kind}") for name in "qkv"]) for kind in ("weight", "bias")]
        qkv = g.shape(g.linear(x, *joined), (0, 0, 3 * heads, size))
        q, k, v = g.split(g.add("Transpose", qkv, perm=[0, 2, 1, 3]), 3, heads)
        mixed = g.shape(g.attend(q, k, v, far, size), (0, -1, width))
        x = g.add("Add", x, linear(mixed, "output"))
        x = g.layer_norm(x, floats(p + "attention_norm.weight"), floats(p + "attention_norm.bias"), 1e-12)
        x = g.add("Add", x, linear(g.gelu(linear(x, "up")), "down"))
        x = g.layer_norm(x, floats(p + "mlp_norm.weight"), floats(p + "mlp_norm.bias"), 1e-12)
    head = {name.removeprefix("heads.0."): floats(name) for name in weights if name.startswith("heads.0.")}
    return g.finish(x, head, width)


def read_bert(model: ModelProto) -> dict[str, Floats]:
    """The weights of a graph that `bert_graph` made, by their names in `networks.Bert`, as 8 bits keep them."""
    constants = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    users: dict[str, list[NodeProto]] = {}
    for node in model.graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)

    def behind(node: NodeProto, operator: str) -> NodeProto:
        return next(user for user in users[node.output[0]] if user.op_type == operator)

    def product(node: NodeProto) -> tuple[Floats, Floats]:
        """The matrix of (outputs, inputs), and the bias, of a product in integers."""
        scaled = behind(behind(behind(node, "Cast"), "Mul"), "Mul")
        weight = constants[node.input[1]].astype(np.float32) * constants[scaled.input[1]]
        return weight.T, constants[behind(scaled, "Add").input[1]]

    by_type: dict[str, list[NodeProto]] = {}
    for node in model.graph.node:
        by_type.setdefault(node.op_type, []).append(node)
    *products, pieces = by_type["MatMulInteger"]
    exact = [node for node in by_type["MatMul"] if node.input[1] in constants]
    norms = [[constants[name] for name in node.input[1:]] for node in by_type["LayerNormalization"]]
    scale = constants[behind(behind(behind(pieces, "Cast"), "Mul"), "Mul").input[1]]
    found: dict[str, Floats] = {
        "embedding": constants[pieces.input[1]].T.astype(np.float32) * scale[:, None],
        "positions": constants[by_type["Slice"][0].input[0]],
    }

    def put(name: str, weight: Floats, bias: Floats) -> None:
        found[f"{name}.weight"], found[f"{name}.bias"] = weight, bias

    put("norm", *norms[0])
    for i in range(len(products) // 4):
        qkv, *others = [product(node) for node in products[4 * i : 4 * i + 4]]
        for name, weight, bias in zip("qkv", *(np.split(each, 3) for each in qkv), strict=True):
            put(f"layers.{i}.{name}", weight, bias)
        for name, (weight, bias) in zip(("output", "up", "down"), others, strict=True):
            put(f"layers.{i}.{name}", weight, bias)
        put(f"layers.{i}.attention_norm", *norms[2 * i + 1])
        put(f"layers.{i}.mlp_norm", *norms[2 * i + 2])
    put("heads.0.norm", *norms[-2])
    put("heads.0.transformed_norm", *norms[-1])
    for name, node in zip(("label", "transform"), exact, strict=True):
        put(f"heads.0.{name}", constants[node.input[1]].T, constants[behind(node, "Add").input[1]])
    return found
