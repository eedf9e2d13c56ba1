"""Training a network on batches, teaching another with it, and what one finds in sentences that taught it nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Queue
from threading import Event, Thread

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from reader.networks import Network
from reader.shards import Array, Batch, Shard, batches

LABEL_WEIGHTS = (1.0, 1.5, 1.5, 3.0)  # a lost word is rare, and hard to see
_TARGETS = 0.3  # weight of finding the right word
_TEACHING = 0.5  # weight of the teacher


class Training:
    """A network in training, with what it takes to go on later."""

    def __init__(self, network: Network, rate: float, exits: Sequence[float], log: Callable[[str], None]) -> None:
        self.network, self._rate, self._exits, self._log = network, rate, exits, log
        self._device = next(network.parameters()).device
        self._free = [p for p in network.parameters() if p.requires_grad]
        matrices, others = [p for p in self._free if p.ndim > 1], [p for p in self._free if p.ndim <= 1]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
        self._seconds, self._seen, self._step = 0.0, 0, 0

    def run(
        self, stream: Callable[[], Iterator[Batch]], seconds: float, evaluate: Callable[[], str], checkpoint: Path,
        *, evaluations: int = 12,
    ) -> None:  # fmt: skip
        """Train until so many seconds are used in all, or the stream ends, with a rate that rises and falls.

        It is measured, and a checkpoint is written, so many times, and at the end; a checkpoint that is there is where
        it begins.
        """
        if checkpoint.exists():
            self._load(checkpoint)
        start, used, evaluated = time.time(), self._seconds, int(self._seconds / seconds * evaluations)
        losses: list[Tensor] = []
        for batch in _prefetch(stream):
            self._seconds = used + time.time() - start
            done = self._seconds / seconds
            if done >= 1:
                break
            losses.append(self._learn(batch, done))
            if self._step % 100 == 0:
                labels, targets = torch.stack(losses).mean(0).tolist()
                self._log(
                    f"step {self._step}, {self._seconds:.0f} s, {self._seen} pieces, "
                    f"labels {labels:.4f}, targets {targets:.3f}"
                )
                losses.clear()
            if int(done * evaluations) > evaluated:
                evaluated = int(done * evaluations)
                self._log(evaluate())
                self._save(checkpoint)
        self._save(checkpoint)
        self._log(f"{self._step} steps, {self._seconds:.0f} s, {self._seen} pieces")
        self._log(evaluate())

    def _learn(self, batch: Batch, done: float) -> Tensor:
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * min(1.0, (self._step + 1) / 100) * (1.0 - done)
        total, of_labels, of_targets = loss(self.network, batch, self._exits, self._device)
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(total)
        nn.utils.clip_grad_norm_(self._free, 1.0)
        self._optimizer.step()
        self._seen, self._step = self._seen + batch.pieces.size, self._step + 1
        return torch.stack([of_labels, of_targets]).detach()

    def _save(self, path: Path) -> None:
        state = {
            "network": {name: p for name, p in self.network.named_parameters() if p.requires_grad},
            "optimizer": self._optimizer.state_dict(),
            "progress": (self._seconds, self._seen, self._step),
        }
        torch.save(state, path.with_suffix(".partial"))
        path.with_suffix(".partial").rename(path)

    def _load(self, path: Path) -> None:
        state = torch.load(path, map_location=self._device, weights_only=True)
        missing, unexpected = self.network.load_state_dict(state["network"], strict=False)
        learnt = {name for name, p in self.network.named_parameters() if p.requires_grad}
        if unexpected or learnt & set(missing):
            raise ValueError(f"{path} is of another network")
        self._optimizer.load_state_dict(state["optimizer"])
        self._seconds, self._seen, self._step = state["progress"]
        self._log(f"goes on at step {self._step}")


def loss(network: Network, batch: Batch, exits: Sequence[float], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
    """The loss of a batch, and of the last exit that of the labels and that of the targets; 0 where none has one."""
    at, labels, targets = (torch.from_numpy(each).to(device, non_blocking=True) for each in batch[1:4])
    taught = None if batch.taught is None else torch.from_numpy(batch.taught).to(device)
    weights = torch.tensor(LABEL_WEIGHTS, device=device)
    total = of_labels = of_targets = torch.zeros((), device=device)
    with torch.autocast(device.type, torch.bfloat16):
        states = network(torch.from_numpy(batch.pieces).to(device, non_blocking=True))
        for head, state, weight in zip(network.all_heads, states, exits, strict=True):
            flat = state.flatten(0, 1)
            words = flat[at]
            scores = head.labels(words).float()
            of_labels = F.cross_entropy(scores, labels, weights)
            if taught is not None:
                kept = F.kl_div(F.log_softmax(scores, -1), taught, reduction="batchmean", log_target=True)
                of_labels = (1 - _TEACHING) * of_labels + _TEACHING * kept
            chosen = targets >= 0
            found = head.pieces(words[chosen], network.embedding.to(words.dtype)).float()
            of_targets = F.cross_entropy(found, targets[chosen], reduction="sum") / chosen.sum().clamp(min=1)
            total = total + weight * (of_labels + _TARGETS * of_targets)
    return total, of_labels, of_targets


def teach(network: Network, shards: Sequence[Shard], encoder: int, pieces: int) -> None:
    """Write into shards what the last exit of a network says of each word."""
    for shard in shards:
        shard.taught = np.zeros((len(shard.labels), 4), np.float16)
    for batch in batches(enumerate(shards), encoder, pieces):
        said = label_scores(network, batch)[-1].log_softmax(-1).cpu().numpy().astype(np.float16)
        at = 0
        for number, words in batch.origin:
            taught = shards[number].taught
            assert taught is not None
            taught[words] = said[at : at + len(words)]
            at += len(words)


def label_scores(network: Network, batch: Batch) -> list[Tensor]:
    """The scores of the labels of all words, (words, 4), after each exit; nothing is learnt from them."""
    device = next(network.parameters()).device
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16):
        states = network(torch.from_numpy(batch.pieces).to(device))
        at = torch.from_numpy(batch.at).to(device)
        return [h.labels(s.flatten(0, 1)[at]).float() for h, s in zip(network.all_heads, states, strict=True)]


def evaluate(network: Network, slips: Shard, right: Shard, encoder: int, pieces: int) -> str:
    """The share of sentences with slips in which one is found, where so many words in a thousand of right sentences are
    doubted, for each exit.

    A slip is found where one of its words, or the word beside it, is doubted.
    """
    doubts = [_doubt(network, shard, encoder, pieces) for shard in (right, slips)]
    wrong = slips.labels > 0
    sentence = np.repeat(np.arange(len(slips.words)), slips.words)
    near = wrong | np.r_[wrong[1:] & (sentence[1:] == sentence[:-1]), False]
    near |= np.r_[False, wrong[:-1] & (sentence[1:] == sentence[:-1])]
    has_slip = np.unique(sentence[wrong])
    lines = []
    for e in range(doubts[0].shape[0]):
        ranked = np.sort(doubts[0][e])[::-1]
        best = np.full(len(slips.words), -np.inf)
        np.maximum.at(best, sentence[near], doubts[1][e][near])
        found = [
            f"{(best[has_slip] > ranked[int(len(ranked) * share)]).mean():.3f} at {1000 * share:g}"
            for share in (0.0005, 0.001, 0.002, 0.004, 0.01)
        ]
        lines.append(f"exit {e}: found " + ", ".join(found))
    return f"{len(has_slip)} sentences with slips; " + "; ".join(lines)


def _doubt(network: Network, shard: Shard, encoder: int, pieces: int) -> Array:
    """How sure each exit is that a word is not right, (exits, words)."""
    doubts: Array | None = None
    for batch in batches([(0, shard)], encoder, pieces):
        scores = torch.stack(label_scores(network, batch))
        doubt = (torch.logsumexp(scores[..., 1:], -1) - scores[..., 0]).cpu().numpy()
        if doubts is None:
            doubts = np.zeros((len(doubt), len(shard.labels)), np.float32)
        doubts[:, batch.origin[0][1]] = doubt
    assert doubts is not None
    return doubts


def _prefetch(stream: Callable[[], Iterator[Batch]], ahead: int = 8) -> Iterator[Batch]:
    """The batches of a stream, made by another thread; what that raises is raised here."""
    queue: Queue[Batch | Exception | None] = Queue(ahead)
    stopped = Event()

    def fill() -> None:
        try:
            for batch in stream():
                queue.put(batch)
                if stopped.is_set():
                    return
            queue.put(None)
        except Exception as error:
            queue.put(error)

    Thread(target=fill, daemon=True).start()
    try:
        while (batch := queue.get()) is not None:
            if isinstance(batch, Exception):
                raise batch
            yield batch
    finally:
        stopped.set()
        while not queue.empty():  # so that the thread need not wait for a place
            queue.get_nowait()
