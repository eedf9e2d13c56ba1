"""What tests of the reader and of its training are made of: a vocabulary, encoders, networks, a GGUF file. All tiny."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from reader.corruption import DELETE, INSERT, REPLACE, Example
from reader.graphs import bert_graph

from imrlint.reader.gguf import GGUF
from imrlint.reader.network import Network
from imrlint.reader.tokenization import Encoder, gguf_encoder, wordpiece_encoder

WORDS = (
    "the", "a", "an", "of", "or", "on", "in", "is", "was", "has", "had", "and", "to", "for", "with", "without", "no",
    "not", "that", "then", "than", "there", "patient", "knee", "gait", "gate", "pain", "relief", "range", "motion",
    "emotion", "lack", "lock", "documentation", "document", "documented", "therapy", "surgery", "report", "left",
    "right", "side", "site", "cite", "cited", "injury", "injured", "worker", "medical", "records",
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *".,;:()'-", *_LETTERS, *(f"##{each}" for each in _LETTERS))
VOCABULARY += tuple(word for word in WORDS if len(word) > 1)

Weights = dict[str, NDArray[Any]]


def small_encoder(folder: Path) -> Encoder:
    """An encoder without case that has a piece for each of the words, and one for each letter."""
    path = folder / "vocab.txt"
    path.write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return wordpiece_encoder(path)


def large_encoder(folder: Path) -> Encoder:
    """An encoder with a piece for each byte, and few others: its sentences are longer."""
    return gguf_encoder(GGUF(write_gguf(folder / "tiny.gguf", tokens())))


def tokens() -> dict[str, Any]:
    """The fields of a GGUF file on its pieces: the printable bytes, the space, and two words."""
    alphabet = [chr(code) for code in range(33, 127)]
    pieces = ["<end>", "Ġ", *alphabet, "Ġt", "Ġth", "Ġthe", "Ġk"]
    merges = ["Ġ t", "Ġt h", "Ġth e", "Ġ k"]
    return {"tokenizer.ggml.tokens": pieces, "tokenizer.ggml.merges": merges}


def write_gguf(
    path: Path, fields: Mapping[str, Any], tensors: Mapping[str, tuple[tuple[int, ...], int, bytes]] | None = None
) -> Path:
    """Write a GGUF file with fields (numbers, strings, lists of strings) and tensors: shape, type, content."""
    content = bytearray(b"GGUF" + struct.pack("<IQQ", 3, len(tensors or {}), len(fields)))
    for name, value in fields.items():
        content += _text(name)
        if isinstance(value, str):
            content += struct.pack("<I", 8) + _text(value)
        elif isinstance(value, list):
            content += struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(_text, value))
        elif isinstance(value, float):
            content += struct.pack("<If", 6, value)
        else:
            content += struct.pack("<II", 4, value)
    data = bytearray()
    for name, (shape, kind, raw) in (tensors or {}).items():
        content += _text(name) + struct.pack("<I", len(shape))
        content += b"".join(struct.pack("<Q", size) for size in reversed(shape))
        content += struct.pack("<IQ", kind, len(data))
        data += raw + bytes(-len(raw) % 32)
    content += bytes(-len(content) % 32)
    path.write_bytes(content + data)
    return path


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def make_network(weights: Any, encoder: Encoder, folder: Path, threads: int = 1) -> Network:
    """The network with such weights, run from its graph."""
    onnx.save(bert_graph(weights, heads=4), str(folder / "tiny.onnx"))
    return Network(folder / "tiny.onnx", encoder, threads)


def bert_weights(layers: int = 2, width: int = 24, seed: int = 3) -> Weights:
    """The weights of a small encoder as `weights.save_small` writes them, made at random."""
    draw = np.random.default_rng(seed)
    made: Weights = {}

    def linear(name: str, outputs: int, inputs: int, scale: float = 0.3) -> None:
        made[f"{name}.weight"] = draw.normal(0, scale, (outputs, inputs)).astype(np.float16)
        made[f"{name}.bias"] = draw.normal(0, 0.1, outputs).astype(np.float16)

    def norm(name: str) -> None:
        made[f"{name}.weight"] = draw.normal(1, 0.1, width).astype(np.float16)
        made[f"{name}.bias"] = draw.normal(0, 0.1, width).astype(np.float16)

    made["embedding"] = draw.integers(-127, 128, (len(VOCABULARY), width)).astype(np.int8)
    made["scale"] = np.full((len(VOCABULARY), 1), 0.01, np.float32)
    made["positions"] = draw.normal(0, 0.2, (300, width)).astype(np.float16)
    norm("norm")
    for i in range(layers):
        for name in ("q", "k", "v", "output"):
            linear(f"layers.{i}.{name}", width, width)
        linear(f"layers.{i}.up", 4 * width, width)
        linear(f"layers.{i}.down", width, 4 * width)
        norm(f"layers.{i}.attention_norm")
        norm(f"layers.{i}.mlp_norm")
    norm("heads.0.norm")
    linear("heads.0.label", 4, width)
    linear("heads.0.transform", width, width)
    norm("heads.0.transformed_norm")
    return made


def bert_tensors(layers: int = 2, width: int = 24, seed: int = 3) -> dict[str, Any]:
    """The tensors of a small encoder by the names that others give them, made at random. Needs PyTorch."""
    import torch

    draw = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> Any:
        return torch.randn(*shape, generator=draw) * 0.3

    made = {
        "embeddings.word_embeddings.weight": normal(len(VOCABULARY), width),
        "embeddings.position_embeddings.weight": normal(300, width),
        "embeddings.token_type_embeddings.weight": normal(2, width),
    }
    shapes = {
        "attention.self.query": (width, width), "attention.self.key": (width, width),
        "attention.self.value": (width, width), "attention.output.dense": (width, width),
        "intermediate.dense": (4 * width, width), "output.dense": (width, 4 * width),
    }  # fmt: skip
    norms = ["embeddings.LayerNorm"]
    for i in range(layers):
        for name, (outputs, inputs) in shapes.items():
            made[f"encoder.layer.{i}.{name}.weight"] = normal(outputs, inputs)
            made[f"encoder.layer.{i}.{name}.bias"] = normal(outputs)
        norms += [f"encoder.layer.{i}.attention.output.LayerNorm", f"encoder.layer.{i}.output.LayerNorm"]
    for name in norms:
        made[f"{name}.weight"], made[f"{name}.bias"] = 1 + normal(width), normal(width)
    return made


def llama_tensors(layers: int = 3, heads: int = 4, groups: int = 2, size: int = 6, seed: int = 3) -> dict[str, Any]:
    """The tensors of a language model by their names in GGUF, made at random. Needs PyTorch."""
    import torch

    draw = torch.Generator().manual_seed(seed)
    width, inner = heads * size, 40
    shapes = {
        "attn_q": (width, width), "attn_k": (groups * size, width), "attn_v": (groups * size, width),
        "attn_output": (width, width), "ffn_gate": (inner, width), "ffn_up": (inner, width), "ffn_down": (width, inner),
        "attn_norm": (width,), "ffn_norm": (width,),
    }  # fmt: skip
    made = {"token_embd.weight": torch.randn(60, width, generator=draw)}
    for i in range(layers):
        for name, shape in shapes.items():
            made[f"blk.{i}.{name}.weight"] = torch.randn(*shape, generator=draw) * 0.3
    return made


def restore(example: Example) -> list[str]:
    """The words of a sentence once it is put right by the labels and targets: the inverse of a slip."""
    words: list[str] = []
    for word, label, target in zip(example.words, example.labels, example.targets, strict=True):
        core = word.strip(".,;:?!()[]\"'")
        before, after = word[: word.find(core)], word[word.find(core) + len(core) :]
        if label == DELETE:
            if words:
                words[-1] += after
        elif label == REPLACE:
            words += f"{before}{target}{after}".split()
        elif label == INSERT:
            words += [*(target or "").split(), word]
        else:
            words.append(word)
    return words


def near_table(pairs: Sequence[tuple[str, str]]) -> dict[str, list[tuple[str, float]]]:
    """A table of near words: each of a pair is near the other."""
    found: dict[str, list[tuple[str, float]]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append((other, 2.0))
        found.setdefault(other, []).append((one, 1.0))
    return found
