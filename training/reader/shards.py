"""Corrupted sentences as arrays: shards of some thousand sentences, made by several processes, and batches of them.

A shard holds each sentence for several encoders at once, so that what one network says of a word can be taught to another.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from imrlint.reader.tokenization import Encoder
from reader.corruption import Corruptor, Example

Array = NDArray[Any]
_LONGEST = 112  # pieces of a sentence
_UNREAD = 24  # shards that wait to be read


class Source(NamedTuple):
    """Sentences with the share of the examples that are made of them; a pair of sentences is wrong and right."""

    share: float
    sentences: Sequence[str]


@dataclass(slots=True)
class Shard:
    """Sentences one behind the other.

    For the encoder e, `pieces[e]` and `lengths[e]` are the pieces and their number in each sentence, `starts[e]` the first
    piece of each word in its sentence, `targets[e]` the first piece of the right word, -1 for none. `words` is the number
    of words of each sentence, `labels` the label of each word.
    """

    pieces: list[Array]
    lengths: list[Array]
    starts: list[Array]
    targets: list[Array]
    words: Array
    labels: Array
    taught: Array | None = None  # logarithms of the probabilities of the labels, (all words, 4), by a teacher

    def save(self, path: Path) -> None:
        """Write the shard, at once or not at all."""
        arrays = {"words": self.words, "labels": self.labels}
        for name in ("pieces", "lengths", "starts", "targets"):
            arrays |= {f"{name}{e}": array for e, array in enumerate(getattr(self, name))}
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez(file, **arrays)
        partial.rename(path)

    @classmethod
    def load(cls, path: Path) -> Shard:
        """Read a shard."""
        with np.load(path) as arrays:
            encoders = range(sum(name.startswith("pieces") for name in arrays))
            several = ([arrays[f"{name}{e}"] for e in encoders] for name in ("pieces", "lengths", "starts", "targets"))
            return cls(*several, arrays["words"], arrays["labels"])


def make_shard(examples: Iterable[Example], encoders: Sequence[Encoder]) -> Shard:
    """The shard of examples; those that are too long for an encoder are left out."""
    pieces: list[list[int]] = [[] for _ in encoders]
    lengths: list[list[int]] = [[] for _ in encoders]
    starts: list[list[int]] = [[] for _ in encoders]
    targets: list[list[int]] = [[] for _ in encoders]
    words, labels = [], []
    for example in examples:
        encoded = [encoder.encode(example.words) for encoder in encoders]
        if not example.words or max(len(each.pieces) for each in encoded) > _LONGEST:
            continue
        words.append(len(example.words))
        labels += example.labels
        for e, encoder in enumerate(encoders):
            pieces[e] += encoded[e].pieces
            lengths[e].append(len(encoded[e].pieces))
            starts[e] += encoded[e].starts
            targets[e] += [-1 if target is None else encoder.first_piece(target) for target in example.targets]
    return Shard(
        [np.array(each, np.uint16) for each in pieces],
        [np.array(each, np.int32) for each in lengths],
        [np.array(each, np.uint8) for each in starts],
        [np.array(each, np.int32) for each in targets],
        np.array(words, np.int32),
        np.array(labels, np.int8),
    )


def examples(sources: Sequence[Source], pairs: Source, corruptor: Corruptor, share: float) -> Iterator[Example]:
    """Examples without end, from each source its share; of the sentences with the `share` of slips."""
    draw = corruptor.random
    decks = [_deal(source.sentences, draw) for source in sources]
    weights = [source.share for source in sources]
    deal_pair = _deal(pairs.sentences, draw) if pairs.sentences else None
    while True:
        if deal_pair and draw.random() < pairs.share:
            yield align(*next(deal_pair).split("\t"))
        else:
            deck = draw.choices(decks, weights)[0]
            yield corruptor.corrupt(next(deck).split(), share)


def _deal(sentences: Sequence[str], draw: random.Random) -> Iterator[str]:
    order = list(range(len(sentences)))
    while True:
        draw.shuffle(order)
        for i in order:
            yield sentences[i]


def align(wrong: str, right: str) -> Example:
    """The example of a sentence beside the right one, word by word."""
    from difflib import SequenceMatcher

    ours, theirs = wrong.split(), right.split()
    example = Example.right(ours)
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "insert" and a < len(ours):
            example.labels[a], example.targets[a] = 3, theirs[c].strip(".,;:()\"'")
        elif kind == "delete":
            example.labels[a:b] = [2] * (b - a)
        elif kind == "replace":
            for i in range(a, b):
                j = c + i - a
                example.labels[i] = 1 if j < d else 2
                example.targets[i] = theirs[j].strip(".,;:()\"'") if j < d else None
            if d - c > b - a and b < len(ours) and b - a > 1:
                example.labels[b], example.targets[b] = 3, theirs[d - 1].strip(".,;:()\"'")
    return example


def produce(
    folder: Path, seed: int, near: Mapping[str, Sequence[tuple[str, float]]], sources: Sequence[Source], pairs: Source,
    encoders: Sequence[Encoder], size: int, until: float,
) -> None:  # fmt: skip
    """Write shards of `size` sentences into a folder until the clock says `until`, dense and sparse ones in turn.

    It waits as long as there are some that nobody has read.
    """
    corruptor = Corruptor(near, seed)
    streams = [examples(sources, pairs, corruptor, share) for share in (0.65, 0.3)]
    number = 0
    while time.time() < until:
        if len(list(folder.glob("*.npz"))) >= _UNREAD:
            time.sleep(0.5)
            continue
        stream = streams[number % len(streams)]
        make_shard((next(stream) for _ in range(size)), encoders).save(folder / f"{number:04}-{seed:03}.npz")
        number += 1


class Batch(NamedTuple):
    """Sentences of equal length for one encoder.

    `pieces` is (sentences, length); `at` the place of the first piece of each word in the flattened pieces, `labels`
    and `targets` those of the words; `taught` as in Shard.
    """

    pieces: Array
    at: Array
    labels: Array
    targets: Array
    taught: Array | None
    origin: list[tuple[int, Array]]  # numbers of shards, and of words in them, in the order of the words


def batches(shards: Iterable[tuple[int, Shard]], encoder: int, pieces: int) -> Iterator[Batch]:
    """Batches of about so many `pieces` from numbered shards; what is left over at the end is given, too."""
    waiting: dict[int, list[tuple[int, Shard, Array]]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for number, shard in shards:
        lengths = shard.lengths[encoder]
        order = np.argsort(lengths, kind="stable")
        bounds = np.flatnonzero(np.diff(lengths[order])) + 1
        for chosen in np.split(order, bounds):
            length = int(lengths[chosen[0]])
            size = max(pieces // length, 1)
            while len(chosen):
                part, chosen = np.split(chosen, [min(size - counts[length], len(chosen))])
                waiting[length].append((number, shard, part))
                counts[length] += len(part)
                if counts[length] == size:
                    yield _assemble(waiting.pop(length), encoder, length)
                    counts[length] = 0
    for length, parts in waiting.items():
        yield _assemble(parts, encoder, length)


def _assemble(parts: list[tuple[int, Shard, Array]], encoder: int, length: int) -> Batch:
    pieces, at, labels, targets, taught, origin, row = [], [], [], [], [], [], 0
    for number, shard, chosen in parts:
        first = np.concatenate([[0], np.cumsum(shard.lengths[encoder])])[chosen]
        pieces.append(shard.pieces[encoder][first[:, None] + np.arange(length)])
        counts = shard.words[chosen]
        words = _ranges(np.concatenate([[0], np.cumsum(shard.words)])[chosen], counts)
        rows = np.repeat(np.arange(row, row + len(chosen)), counts)
        at.append(rows * length + shard.starts[encoder][words])
        labels.append(shard.labels[words])
        targets.append(shard.targets[encoder][words])
        if shard.taught is not None:
            taught.append(shard.taught[words])
        origin.append((number, words))
        row += len(chosen)
    return Batch(
        np.concatenate(pieces).astype(np.int64),
        np.concatenate(at),
        np.concatenate(labels).astype(np.int64),
        np.concatenate(targets).astype(np.int64),
        np.concatenate(taught).astype(np.float32) if len(taught) == len(parts) else None,
        origin,
    )


def _ranges(starts: Array, counts: Array) -> Array:
    """The numbers of each range, one behind the other."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
