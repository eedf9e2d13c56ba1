"""Networks from the weights that others trained, and what was learnt, as files of numpy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from reader.networks import Bert, Llama


def adapted(tensors: Mapping[str, Tensor], heads: int, base: float, rank: int, exits: tuple[int, ...]) -> Llama:
    """A language model, its weights frozen in 16 bits, whose low-rank changes, norms and heads are trained."""
    return Llama({name: tensor.to(torch.bfloat16) for name, tensor in tensors.items()}, heads, base, rank, exits)


def encoder(path: Path, heads: int) -> Bert:
    """A small encoder from its file of safetensors."""
    from safetensors.torch import load_file

    return Bert({name: tensor.float() for name, tensor in load_file(path).items()}, heads)


def begin_with(network: Bert, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Put weights that were learnt before, by name, in the place of those of a small encoder."""
    network.load_state_dict({name: torch.from_numpy(np.array(weight)) for name, weight in weights.items()})


def save_adapted(network: Llama, path: Path) -> None:
    """Write all that was trained, in 16 bits."""
    _save({name: parameter for name, parameter in network.named_parameters() if parameter.requires_grad}, path)


def save_small(network: Bert, path: Path) -> None:
    """Write all weights in 16 bits, the embedding in 8 with a scale for each row."""
    weights = dict(network.named_parameters())
    embedding = weights.pop("embedding").detach().float().cpu().numpy()
    scale = np.maximum(np.abs(embedding).max(1, keepdims=True) / 127, 1e-12)  # a piece without use may be all zeros
    _save(weights, path, embedding=np.round(embedding / scale).astype(np.int8), scale=scale.astype(np.float32))


def _save(weights: Mapping[str, nn.Parameter], path: Path, **others: NDArray[Any]) -> None:
    arrays = {name: weight.detach().float().cpu().numpy().astype(np.float16) for name, weight in weights.items()}
    np.savez(path, allow_pickle=False, **arrays, **others)
