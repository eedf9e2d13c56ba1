"""Reading GGUF, the file format of language models: its fields, and its tensors as arrays of 32-bit floats.

Source: the specification of GGUF, version 3 (ggml, docs/gguf.md), and of the types Q8_0 and Q4_1 (ggml, blocks of 32
weights with one scale, and for Q4_1 a minimum).
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"GGUF"
_ALIGNMENT = 32
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_F32, _Q4_1, _Q8_0 = 0, 3, 8
_BLOCK = 32  # weights of a block
_LONGEST = 1 << 24  # characters of a string, items of an array


class GGUFError(ValueError):
    """A file that is no GGUF, is damaged, or has a tensor of a type that is not supported."""


class _Tensor(NamedTuple):
    shape: tuple[int, ...]
    type: int
    offset: int


class GGUF:
    """A GGUF file: `fields` by key; tensors are read when asked for.

    Raises GGUFError for a file that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise GGUFError(f"{path} is empty") from error
        self._at = 4
        if self._data[:4] != _MAGIC:
            raise GGUFError(f"{path} is no GGUF file")
        try:
            version, tensors, fields = self._unpack("IQQ")
            if version not in (2, 3):
                raise GGUFError(f"{path} has version {version} of GGUF")
            self.fields: dict[str, Any] = {}
            for _ in range(fields):
                key = self._string()
                self.fields[key] = self._value(self._unpack("I")[0])
            self._tensors: dict[str, _Tensor] = {}
            for _ in range(tensors):
                name = self._string()
                shape = self._unpack(f"{self._unpack('I')[0]}Q")
                self._tensors[name] = _Tensor(tuple(reversed(shape)), *self._unpack("IQ"))
        except struct.error as error:
            raise GGUFError(f"{path} ends too early") from error
        except RecursionError as error:
            raise GGUFError(f"{path} has arrays in arrays, too deep to be read") from error
        alignment = self.fields.get("general.alignment", _ALIGNMENT)
        if not isinstance(alignment, int) or alignment <= 0:
            raise GGUFError(f"{path} has an alignment that is no number of bytes")
        self._start = (self._at + alignment - 1) // alignment * alignment

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tensors."""
        return tuple(self._tensors)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor as an array of floats, its rows (the outputs of a matrix) first."""
        import numpy as np

        try:
            shape, kind, offset = self._tensors[name]
        except KeyError:
            raise GGUFError(f"the file has no tensor {name}") from None
        count = 1
        for length in shape:
            count *= length
        start, blocks = self._start + offset, count // _BLOCK
        try:
            if kind == _F32:
                return np.frombuffer(self._data, "<f4", count, start).reshape(shape).copy()
            if kind == _Q8_0:
                quantized = np.frombuffer(self._data, np.dtype([("d", "<f2"), ("q", "i1", 32)]), blocks, start)
                weights: NDArray[np.float32] = quantized["d"].astype(np.float32)[:, None] * quantized["q"]
                return weights.reshape(shape)
            if kind == _Q4_1:
                packed = np.frombuffer(
                    self._data, np.dtype([("d", "<f2"), ("m", "<f2"), ("q", "u1", 16)]), blocks, start
                )
                nibbles = np.concatenate([packed["q"] & 15, packed["q"] >> 4], axis=1)
                scale, least = packed["d"].astype(np.float32), packed["m"].astype(np.float32)
                weights = (scale[:, None] * nibbles + least[:, None]).astype(np.float32)
                return weights.reshape(shape)
        except (ValueError, OverflowError) as error:
            raise GGUFError(f"the tensor {name} is cut off") from error
        raise GGUFError(f"the tensor {name} is of type {kind}, which is not supported")

    def _unpack(self, code: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + code, self._data, self._at)
        self._at += struct.calcsize("<" + code)
        return values

    def _string(self) -> str:
        (length,) = self._unpack("Q")
        if length > _LONGEST:
            raise GGUFError("a string of the file is too long")
        self._at += length
        if self._at > len(self._data):
            raise struct.error("a string is cut off")
        return self._data[self._at - length : self._at].decode("utf-8", "replace")

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            of, count = self._unpack("IQ")
            if count > _LONGEST:
                raise GGUFError("an array of the file is too long")
            if of in _SCALARS:
                return list(self._unpack(f"{count}{_SCALARS[of]}"))
            return [self._value(of) for _ in range(count)]
        if kind not in _SCALARS:
            raise GGUFError(f"a field of the file is of type {kind}, which is not supported")
        return self._unpack(_SCALARS[kind])[0]
