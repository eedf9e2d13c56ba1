"""The weights of the language model for ONNX Runtime, and its pieces of words, made from a GGUF with numpy alone.

A table says which arrays are in the file of weights, where, and how each is made. It is made together with the graph
that uses them, by `training/reader/causal_graph.py`. The same GGUF gives the same bytes on every machine: all that is
done to a weight are single operations on 32-bit floats.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from imrlint.reader.gguf import GGUF, GGUFError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 32
"""Weights of the embedding that have a scale of their own."""
_BYTES = {"int8": 1, "float32": 4}
_LARGEST = 127  # of a weight in 8 bits
_TINY = 1e-12  # the least scale


class Array(NamedTuple):
    """An array of the file: its first byte, its type and shape, how it is made, and of which tensors.

    `make` is "floats" (a tensor as it is); "columns" and "scales" (tensors below each other, turned so that the inputs
    come first, in 8 bits with a scale for each output); or "rows" and "blocks" (a tensor in 8 bits, with a scale for
    each 32 weights of a row).
    """

    offset: int
    kind: str
    shape: tuple[int, ...]
    make: str
    of: tuple[str, ...]

    @property
    def length(self) -> int:
        """Its bytes."""
        return math.prod(self.shape) * _BYTES[self.kind]


class Table(NamedTuple):
    """The arrays of a file in its order, the size of the file in bytes, and its SHA-256 where that is known."""

    arrays: tuple[Array, ...]
    size: int
    sha256: str = ""

    def to_json(self) -> str:
        """The table as text, a line for each array."""
        rows = ",\n".join(json.dumps(array) for array in self.arrays)
        return f'{{"size": {self.size}, "sha256": "{self.sha256}", "arrays": [\n{rows}\n]}}\n'


def read_table(path: Path) -> Table:
    """The table that `to_json` wrote into a file."""
    read = json.loads(path.read_text(encoding="utf-8"))
    arrays = ((offset, kind, tuple(shape), make, tuple(of)) for offset, kind, shape, make, of in read["arrays"])
    return Table(tuple(Array(*array) for array in arrays), read["size"], read["sha256"])


def write_weights(model: GGUF, table: Table, path: Path) -> str:
    """Write the file of a table, with zeros between its arrays, and return its SHA-256.

    Raises GGUFError where a tensor is missing or of another shape, and OSError where the file cannot be written.
    """
    digest, written = hashlib.sha256(), 0
    with path.open("wb") as file:
        for array, values in _make(model, table):
            if values.shape != array.shape or values.dtype != array.kind:
                raise GGUFError(f"the model is another: {', '.join(array.of)} should have the shape {array.shape}")
            content = values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()
            for part in (bytes(array.offset - written), content):
                file.write(part)
                digest.update(part)
            written = array.offset + array.length
    return digest.hexdigest()


def write_pieces(model: GGUF, path: Path) -> None:
    """Write the pieces of words that the model knows, in their order, and how longer ones are made of shorter ones.

    Raises GGUFError where the model has none.
    """
    try:
        pieces, merges = model.fields["tokenizer.ggml.tokens"], model.fields["tokenizer.ggml.merges"]
    except KeyError as error:
        raise GGUFError(f"the model has no field {error.args[0]}") from None
    path.write_text(json.dumps({"pieces": pieces, "merges": merges}), encoding="utf-8")


def _make(model: GGUF, table: Table) -> Iterator[tuple[Array, NDArray[Any]]]:
    """The arrays of a table with their values; those that are made together follow each other."""
    import numpy as np

    made: dict[str, NDArray[Any]] = {}
    last: tuple[str, ...] = ()
    for array in table.arrays:
        if array.of != last or array.make not in made:
            parts = [model.tensor(name) for name in array.of]
            if len({part.shape[1:] for part in parts}) > 1:
                raise GGUFError(f"the model is another: {', '.join(array.of)} should be of the same width")
            last, made = array.of, _quantize(np.concatenate(parts), array.make)
        yield array, made[array.make]


def _quantize(weights: NDArray[np.float32], make: str) -> dict[str, NDArray[Any]]:
    """Weights as `make` wants them, with what goes with that."""
    if make == "floats":
        return {"floats": weights}
    if weights.ndim != 2 or weights.shape[1] % BLOCK:
        raise GGUFError(f"a matrix of the model should be a multiple of {BLOCK} wide")
    if make in ("columns", "scales"):
        numbers, scales = _to_bytes(weights)
        return {"columns": numbers.T, "scales": scales[:, 0]}
    numbers, scales = _to_bytes(weights.reshape(-1, BLOCK))
    return {"rows": numbers.reshape(weights.shape), "blocks": scales.reshape(len(weights), -1)}


def _to_bytes(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights in 8 bits with a scale for each row; (rows, width) and (rows, 1)."""
    import numpy as np

    scales = np.maximum(np.abs(weights).max(1, keepdims=True) / np.float32(_LARGEST), np.float32(_TINY))
    return np.clip(np.rint(weights / scales), -_LARGEST, _LARGEST).astype(np.int8), scales
