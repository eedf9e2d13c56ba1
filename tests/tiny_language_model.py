"""A language model with random weights: its GGUF, its files for ONNX Runtime, and what it says, computed with numpy."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tiny_reader as tiny
from numpy.typing import NDArray
from reader.causal_graph import Sizes, causal_graph

from imrlint.reader import conversion
from imrlint.reader.conversion import Table
from imrlint.reader.gguf import GGUF
from imrlint.reader.language_model import GRAPH, PIECES, TABLE, WEIGHTS

Floats = NDArray[np.float32]
Weights = Mapping[str, Floats]

SIZES = Sizes(pieces=100, width=64, layers=3, heads=4, groups=2, inner=96, base=1000.0, epsilon=1e-5)


def write_model(path: Path, seed: int = 5) -> Path:
    """Write a GGUF with random weights and the pieces of `tiny_reader.tokens`; the embedding is in 8 bits."""
    draw, sizes = np.random.default_rng(seed), SIZES
    side = sizes.head * sizes.groups
    shapes = {
        "attn_q": (sizes.width, sizes.width), "attn_k": (side, sizes.width), "attn_v": (side, sizes.width),
        "attn_output": (sizes.width, sizes.width), "ffn_gate": (sizes.inner, sizes.width),
        "ffn_up": (sizes.inner, sizes.width), "ffn_down": (sizes.width, sizes.inner),
    }  # fmt: skip
    tensors: dict[str, tuple[tuple[int, ...], int, bytes]] = {}

    def add(name: str, values: NDArray[Any]) -> None:
        tensors[f"{name}.weight"] = (values.shape, 0, values.astype("<f4").tobytes())

    bytes_of_rows = draw.integers(-127, 128, (sizes.pieces * sizes.width // 32, 32)).astype("i1")
    rows = b"".join(struct.pack("<e", draw.uniform(0.005, 0.02)) + row.tobytes() for row in bytes_of_rows)
    tensors["token_embd.weight"] = ((sizes.pieces, sizes.width), 8, rows)
    for layer in range(sizes.layers):
        for name, shape in shapes.items():
            add(f"blk.{layer}.{name}", draw.normal(0, 0.15, shape))
        for name in ("attn_norm", "ffn_norm"):
            add(f"blk.{layer}.{name}", draw.normal(1, 0.2, sizes.width))
    add("output_norm", draw.normal(0.3, 0.1, sizes.width))
    return tiny.write_gguf(path, tiny.tokens(), tensors)


def make_files(folder: Path, gguf: Path) -> Path:
    """Write the files of a model into a folder, with the table of its weights; its graph."""
    model = GGUF(gguf)
    graph, table = causal_graph(SIZES, WEIGHTS)
    (folder / GRAPH).write_bytes(graph.SerializeToString())
    digest = conversion.write_weights(model, table, folder / WEIGHTS)
    (folder / TABLE).write_text(table._replace(sha256=digest).to_json(), encoding="utf-8")
    conversion.write_pieces(model, folder / PIECES)
    return folder / GRAPH


def read_weights(table: Table, path: Path) -> Weights:
    """The weights in a file, as 32-bit floats, by the names of the tensors: (outputs, inputs)."""
    content = path.read_bytes()
    read: dict[str, NDArray[Any]] = {}
    for array in table.arrays:
        values = np.frombuffer(content, array.kind, array.length // np.dtype(array.kind).itemsize, array.offset)
        read[f"{array.make} {' '.join(array.of)}"] = values.reshape(array.shape)
    found: dict[str, Floats] = {}
    for array in table.arrays:
        name = " ".join(array.of)
        if array.make == "floats":
            found[name] = read[f"floats {name}"]
        elif array.make == "columns":
            found[name] = (read[f"columns {name}"] * read[f"scales {name}"]).T
        elif array.make == "rows":
            blocks = read[f"rows {name}"].reshape(len(read[f"rows {name}"]), -1, conversion.BLOCK)
            found["embedding"] = (blocks * read[f"blocks {name}"][:, :, None]).reshape(array.shape)
    return found


def log_probabilities(weights: Weights, sizes: Sizes, pieces: Sequence[int]) -> Floats:
    """What comes after each piece: the logarithms of the probabilities of all pieces, (length, pieces)."""
    length, size = len(pieces), sizes.head
    x = weights["embedding"][list(pieces)]
    angles = np.arange(length)[:, None] * sizes.base ** (-np.arange(0, size, 2) / size)
    future = np.triu(np.full((length, length), -1e9, np.float32), 1)

    def norm(x: Floats, name: str) -> Floats:
        scaled: Floats = x / np.sqrt((x * x).mean(-1, keepdims=True) + sizes.epsilon) * weights[name]
        return scaled

    def turn(x: Floats) -> Floats:
        turned = np.empty_like(x)
        turned[..., 0::2] = x[..., 0::2] * np.cos(angles) - x[..., 1::2] * np.sin(angles)
        turned[..., 1::2] = x[..., 0::2] * np.sin(angles) + x[..., 1::2] * np.cos(angles)
        return turned

    for layer in range(sizes.layers):
        name = [f"blk.{layer}.{each}.weight" for each in ("attn_q", "attn_k", "attn_v")]
        mixed = norm(x, f"blk.{layer}.attn_norm.weight") @ weights[" ".join(name)].T
        by_head = mixed.reshape(length, -1, size).transpose(1, 0, 2)
        q, k, v = np.split(by_head, [sizes.heads, sizes.heads + sizes.groups])
        k, v = (each.repeat(sizes.heads // sizes.groups, 0) for each in (turn(k), v))
        scores = turn(q) @ k.transpose(0, 2, 1) * size**-0.5 + future
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        taken = (shares / shares.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(length, -1)
        x = x + taken @ weights[f"blk.{layer}.attn_output.weight"].T
        normed = norm(x, f"blk.{layer}.ffn_norm.weight")
        gate, up = (normed @ weights[f"blk.{layer}.ffn_{each}.weight"].T for each in ("gate", "up"))
        x = x + gate / (1 + np.exp(-gate)) * up @ weights[f"blk.{layer}.ffn_down.weight"].T
    scores = norm(x, "output_norm.weight") @ weights["token_embd.weight"].T
    scores -= scores.max(-1, keepdims=True)
    said: Floats = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    return said
