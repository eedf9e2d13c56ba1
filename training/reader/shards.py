"""Corrupted sentences as arrays: shards of some thousand sentences, made by several processes, and batches of them.

A shard holds each sentence for several encoders at once, so that what one network says of a word can be taught to
another.
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
from reader.corruption import DELETE, INSERT, REPLACE, Corruptor, Example

Array = NDArray[Any]
_LONGEST = 112  # pieces of a sentence
_UNREAD = 24  # shards that wait to be read
_BY_ENCODER = ("pieces", "lengths", "starts", "targets")
_PUNCTUATION = ".,;:?!()[]\"'"


class Source(NamedTuple):
    """Sentences with the share of the examples that are made of them; a pair of sentences is wrong and right."""

    share: float
    sentences: Sequence[str]


@dataclass(slots=True)
class Shard:
    """Sentences one behind the other.

    For the encoder e, `pieces[e]` and `lengths[e]` are the pieces and their number in each sentence, `starts[e]` the
    first piece of each word in its sentence, `targets[e]` the first piece of the right word, -1 for none. `words` is
    the number of words of each sentence, `labels` the label of each word.
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
        for name in _BY_ENCODER:
            arrays |= {f"{name}{e}": array for e, array in enumerate(getattr(self, name))}
        if self.taught is not None:
            arrays["taught"] = self.taught
        partial = path.with_suffix(".partial")
        with partial.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        partial.rename(path)

    @classmethod
    def load(cls, path: Path) -> Shard:
        """Read a shard."""
        with np.load(path) as arrays:
            encoders = range(sum(name.startswith("pieces") for name in arrays))
            pieces, lengths, starts, targets = ([arrays[f"{name}{e}"] for e in encoders] for name in _BY_ENCODER)
            taught = arrays.get("taught")
            return cls(pieces, lengths, starts, targets, arrays["words"], arrays["labels"], taught)


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
    """Examples without end, from each source its share; of the sentences with the `share` of slips.

    Raises ValueError for a source without sentences.
    """
    if not all(source.sentences for source in sources):
        raise ValueError("a source has no sentences")
    draw = corruptor.random
    decks = [_deal(source.sentences, draw) for source in sources]
    weights = [source.share for source in sources]
    deal_pair = _deal(pairs.sentences, draw) if pairs.sentences else None
    while True:
        if deal_pair and draw.random() < pairs.share:
            yield align(*next(deal_pair).split("\t")[:2])
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
    """The example of a sentence beside the right one, word by word, whatever punctuation is at the words."""
    from difflib import SequenceMatcher

    example = Example.right(wrong.split())
    ours, theirs = ([word.strip(_PUNCTUATION) for word in sentence.split()] for sentence in (wrong, right))
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "insert" and a < len(ours):
            _mark(example, a, INSERT, theirs[c:d])
        elif kind in ("replace", "delete"):
            last = min(b - a, d - c) - 1
            for i in range(a, b):
                j = c + i - a
                if j >= d:
                    _mark(example, i, DELETE, [])
                else:  # the last word stands for all that are left
                    _mark(example, i, REPLACE, theirs[j:d] if i - a == last else theirs[j : j + 1])
    return example


def _mark(example: Example, at: int, label: int, words: Sequence[str]) -> None:
    example.labels[at], example.targets[at] = label, " ".join(word for word in words if word) or None


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
    """Batches of about so many `pieces` from numbered shards; what is left over at the end is given, too.

    What waits for more sentences of its length is copied, so that its shard need not be kept.
    """
    waiting: dict[int, list[Batch]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for number, shard in shards:
        lengths = shard.lengths[encoder]
        first = _Firsts(_running(lengths), _running(shard.words))
        order = np.argsort(lengths, kind="stable")
        for chosen in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
            if not len(chosen):
                continue  # an empty shard
            length = int(lengths[chosen[0]])
            size = max(pieces // length, 1)
            while len(chosen):
                part, chosen = np.split(chosen, [min(size - counts[length], len(chosen))])
                waiting[length].append(_take(number, shard, encoder, first, part))
                counts[length] += len(part)
                if counts[length] == size:
                    yield _join(waiting.pop(length))
                    counts[length] = 0
    for parts in waiting.values():
        yield _join(parts)


class _Firsts(NamedTuple):
    """The numbers of the first piece, and of the first word, of each sentence of a shard."""

    pieces: Array
    words: Array


def _take(number: int, shard: Shard, encoder: int, first: _Firsts, chosen: Array) -> Batch:
    """Some sentences of a shard, all of the same length."""
    length = int(shard.lengths[encoder][chosen[0]])
    counts = shard.words[chosen]
    words = _ranges(first.words[chosen], counts)
    return Batch(
        shard.pieces[encoder][first.pieces[chosen][:, None] + np.arange(length)].astype(np.int64),
        np.repeat(np.arange(len(chosen)), counts) * length + shard.starts[encoder][words],
        shard.labels[words].astype(np.int64),
        shard.targets[encoder][words].astype(np.int64),
        None if shard.taught is None else shard.taught[words].astype(np.float32),
        [(number, words)],
    )


def _join(parts: Sequence[Batch]) -> Batch:
    sizes = _running(np.array([part.pieces.size for part in parts]))
    taught = [part.taught for part in parts if part.taught is not None]
    return Batch(
        np.concatenate([part.pieces for part in parts]),
        np.concatenate([part.at + size for part, size in zip(parts, sizes, strict=False)]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.targets for part in parts]),
        np.concatenate(taught) if len(taught) == len(parts) else None,
        [origin for part in parts for origin in part.origin],
    )


def _running(counts: Array) -> Array:
    """The sums of what stands before each count; the last is the sum of all."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _ranges(starts: Array, counts: Array) -> Array:
    """The numbers of each range, one behind the other."""
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
