"""The two networks in PyTorch: a small encoder, and a language model that is made to look both ways.

Both take the pieces of sentences of equal length, (batch, length), and give their states, (batch, length, width). A
`Head` labels words and finds the first piece of the right word from the state of the first piece of a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

LABELS = 4


class Head(nn.Module):
    """Labels words, and scores pieces as the first one of what should stand there; `embedding` is (pieces, width)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.label = nn.Linear(width, LABELS)
        self.transform = nn.Linear(width, width)
        self.transformed_norm = nn.LayerNorm(width)
        nn.init.normal_(self.label.weight, std=0.02)
        with torch.no_grad():
            self.label.bias.copy_(torch.tensor([0.0, -3.0, -3.5, -3.5]))
            self.transform.weight.copy_(torch.eye(width) + 0.01 * torch.randn(width, width))
            self.transform.bias.zero_()

    def labels(self, states: Tensor) -> Tensor:
        """The scores of the labels: (…, width) to (…, 4)."""
        scores: Tensor = self.label(self.norm(states))
        return scores

    def pieces(self, states: Tensor, embedding: Tensor) -> Tensor:
        """The scores of the pieces: (words, width) to (words, pieces)."""
        transformed: Tensor = self.transformed_norm(F.gelu(self.transform(self.norm(states)), approximate="tanh"))
        return transformed @ embedding.T


class Network(nn.Module):
    """What both networks have: `heads`, one for each exit, and `embedding`, (pieces, width)."""

    heads: nn.ModuleList
    embedding: Tensor

    @property
    def all_heads(self) -> list[Head]:
        """The heads, in the order of the exits."""
        return cast("list[Head]", list(self.heads))


def _attend(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """What each piece takes from all others; written out, since PyTorch's own is slow backward on a CPU."""
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v)
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    return F.softmax(scores, dim=-1).to(v.dtype) @ v


class LowRank(nn.Module):
    """A frozen matrix, (outputs, inputs), and what is learnt of it as a product of two thin ones."""

    weight: Tensor

    def __init__(self, weight: Tensor, rank: int) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.down = nn.Parameter(torch.randn(rank, weight.shape[1]) / weight.shape[1] ** 0.5)
        self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x: Tensor) -> Tensor:
        """(…, inputs) to (…, outputs)."""
        return F.linear(x, self.weight) + F.linear(F.linear(x, self.down), self.up)


def _rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions of neighbouring pairs, as GGUF stores the matrices of Llama."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack([even * cos - odd * sin, even * sin + odd * cos], dim=-1).flatten(-2)


class _LlamaLayer(nn.Module):
    def __init__(self, tensors: Mapping[str, Tensor], heads: int, rank: int) -> None:
        super().__init__()
        self._heads = heads
        self.attention_norm = nn.Parameter(tensors["attn_norm"].float().clone())
        self.mlp_norm = nn.Parameter(tensors["ffn_norm"].float().clone())
        self.qkv = LowRank(torch.cat([tensors["attn_q"], tensors["attn_k"], tensors["attn_v"]]), rank)
        self.output = LowRank(tensors["attn_output"], rank)
        self.gate_up = LowRank(torch.cat([tensors["ffn_gate"], tensors["ffn_up"]]), rank)
        self.down = LowRank(tensors["ffn_down"], rank)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        batch, length, width = x.shape
        size = width // self._heads
        z = self.qkv(_rms(x, self.attention_norm)).view(batch, length, -1, size).transpose(1, 2)
        groups = (z.shape[1] - self._heads) // 2
        cos, sin = cos.to(z.dtype), sin.to(z.dtype)
        q = _rotate(z[:, : self._heads], cos, sin)
        k = _rotate(z[:, self._heads : self._heads + groups], cos, sin)
        v = z[:, self._heads + groups :]
        k, v = (each.repeat_interleave(self._heads // groups, dim=1) for each in (k, v))
        x = x + self.output(_attend(q, k, v).transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(_rms(x, self.mlp_norm)).chunk(2, dim=-1)
        added: Tensor = self.down(F.silu(gate) * up)
        return x + added


def _rms(x: Tensor, weight: Tensor) -> Tensor:
    return F.rms_norm(x, (x.shape[-1],), weight, 1e-5)


_LAYER = (
    "attn_norm", "ffn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down",
)  # fmt: skip


class Llama(Network):
    """A language model whose words see both sides, with low-rank changes, and a head after each of `exits` layers."""

    def __init__(
        self, tensors: Mapping[str, Tensor], heads: int, base: float, rank: int, exits: tuple[int, ...]
    ) -> None:
        super().__init__()
        self.register_buffer("embedding", tensors["token_embd.weight"])
        width = self.embedding.shape[1]
        self._size, self._base, self.exits = width // heads, base, exits
        self.layers = nn.ModuleList(
            _LlamaLayer(
                {name: tensors[f"blk.{i}.{name}.weight"] for name in _LAYER},
                heads, rank,
            )
            for i in range(max(exits))
        )  # fmt: skip
        self.heads = nn.ModuleList(Head(width) for _ in exits)

    def forward(self, pieces: Tensor) -> list[Tensor]:
        """The states after each of the exits."""
        positions = torch.arange(pieces.shape[1], device=pieces.device).float()
        speeds = self._base ** (-torch.arange(0, self._size, 2, device=pieces.device).float() / self._size)
        angles = positions[:, None] * speeds
        x = self.embedding[pieces].float()  # the sum of the layers needs more than 16 bits
        cos, sin = angles.cos(), angles.sin()
        states = []
        for i, layer in enumerate(self.layers, 1):
            x = layer(x, cos, sin)
            if i in self.exits:
                states.append(x)
        return states


class _BertLayer(nn.Module):
    def __init__(self, tensors: Mapping[str, Tensor], heads: int) -> None:
        super().__init__()
        self._heads = heads

        def linear(name: str) -> nn.Linear:
            weight = tensors[f"{name}.weight"]
            made = nn.Linear(weight.shape[1], weight.shape[0])
            made.load_state_dict({"weight": weight, "bias": tensors[f"{name}.bias"]})
            return made

        def norm(name: str) -> nn.LayerNorm:
            made = nn.LayerNorm(len(tensors[f"{name}.weight"]), eps=1e-12)
            made.load_state_dict({"weight": tensors[f"{name}.weight"], "bias": tensors[f"{name}.bias"]})
            return made

        names = ("query", "key", "value")
        self.q, self.k, self.v = (linear(f"attention.self.{name}") for name in names)
        self.output, self.attention_norm = linear("attention.output.dense"), norm("attention.output.LayerNorm")
        self.up, self.down, self.mlp_norm = (
            linear("intermediate.dense"),
            linear("output.dense"),
            norm("output.LayerNorm"),
        )

    def forward(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (f(x).view(batch, length, self._heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        x = self.attention_norm(x + self.output(_attend(q, k, v).transpose(1, 2).reshape(batch, length, width)))
        states: Tensor = self.mlp_norm(x + self.down(F.gelu(self.up(x), approximate="tanh")))
        return states


class Bert(Network):
    """A small encoder, all of it trained, with one head."""

    def __init__(self, tensors: Mapping[str, Tensor], heads: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(tensors["embeddings.word_embeddings.weight"].clone())
        positions = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self.positions = nn.Parameter(positions.clone())
        self.norm = nn.LayerNorm(self.embedding.shape[1], eps=1e-12)
        self.norm.load_state_dict({each: tensors[f"embeddings.LayerNorm.{each}"] for each in ("weight", "bias")})
        count = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
        self.layers = nn.ModuleList()
        for i in range(count):
            start = f"encoder.layer.{i}."
            own = {name.removeprefix(start): tensor for name, tensor in tensors.items() if name.startswith(start)}
            self.layers.append(_BertLayer(own, heads))
        self.heads = nn.ModuleList([Head(self.embedding.shape[1])])

    def forward(self, pieces: Tensor) -> list[Tensor]:
        """The states after the last layer, as a list of one."""
        x = self.norm(F.embedding(pieces, self.embedding) + self.positions[: pieces.shape[1]])
        for layer in self.layers:
            x = layer(x)
        return [x]
