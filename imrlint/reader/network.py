"""A network that labels the words of sentences, run by ONNX Runtime.

The file has the inputs and outputs that `training/reader/graphs.py` describes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from imrlint.reader.tokenization import Encoded, Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PIECES = 1024  # of a batch
_STEP = 8  # pieces by which the lengths of batches differ
_LONGEST = 256  # pieces of a sentence that are read at once
_OVERLAP = 32  # pieces before and after a part of a longer sentence that are read with it


class Reading(NamedTuple):
    """What a network says of a sentence.

    `labels` has for each word the logarithms of the probabilities that it is right, should be another word, should not
    be there, and that a word is missing before it. `pieces` has, for each of the words asked for, those of what should
    be there, by the first piece of the word.
    """

    labels: NDArray[np.float32]
    pieces: dict[int, NDArray[np.float32]]


class Network:
    """A network with the encoder of its words, on one thread or several."""

    def __init__(self, path: Path, encoder: Encoder, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.encoder = encoder
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def read(self, sentences: Sequence[Sequence[str]], doubt: float) -> list[Reading]:
        """What it says of sentences, each the words between its spaces.

        Pieces are scored for the words that are right with a probability whose logarithm is below `doubt`. What it says
        of a sentence does not depend on the others.
        """
        parts = [
            (number, part) for number, words in enumerate(sentences) for part in _parts(self.encoder.encode(words))
        ]
        read: list[Reading | None] = [None] * len(parts)
        for batch in _batches([part.encoded for _, part in parts]):
            labels, doubted, scores = self._run([parts[i][1].encoded for i in batch], doubt)
            pieces = dict(zip(doubted.tolist(), scores, strict=True))
            start = 0
            for i in batch:
                part = parts[i][1]
                first, last = start + part.first, start + part.last
                own = {word - first: pieces[word] for word in range(first, last) if word in pieces}
                read[i] = Reading(labels[first:last], own)
                start += len(part.encoded.starts)
        by_sentence: list[list[Reading]] = [[] for _ in sentences]
        for (number, _), reading in zip(parts, read, strict=True):
            if reading is not None:
                by_sentence[number].append(reading)
        return [_join(readings) for readings in by_sentence]

    def _run(self, sentences: Sequence[Encoded], doubt: float) -> list[NDArray[Any]]:
        import numpy as np

        longest = _filled(sentences[0])
        pieces = np.zeros((len(sentences), longest), np.int64)
        for row, each in zip(pieces, sentences, strict=True):
            row[: len(each.pieces)] = each.pieces
        words = [row * longest + start for row, each in enumerate(sentences) for start in each.starts]
        inputs = {
            "pieces": pieces,
            "lengths": np.array([len(each.pieces) for each in sentences], np.int64),
            "words": np.array(words, np.int64),
            "doubt": np.array(doubt, np.float32),
        }
        outputs: list[NDArray[Any]] = self._session.run(["labels", "doubted", "scores"], inputs)
        return outputs


def _filled(sentence: Encoded) -> int:
    """The length to which a sentence is filled up; it depends on nothing but the sentence."""
    return -(-len(sentence.pieces) // _STEP) * _STEP


class _Part(NamedTuple):
    """A part of a sentence with what is read before and after it; the words `first` up to `last` of it are its own."""

    encoded: Encoded
    first: int
    last: int


def _parts(sentence: Encoded) -> Iterator[_Part]:
    """A sentence, in parts where it is too long to be read at once; of a word that is too long its first pieces."""
    if len(sentence.pieces) <= _LONGEST:
        yield _Part(sentence, 0, len(sentence.starts))
        return
    begin, *pieces, end = sentence.pieces
    starts = [start - 1 for start in sentence.starts]
    ends = [*starts[1:], len(pieces)]
    room = _LONGEST - 2
    first = 0
    while first < len(starts):
        last = first + 1
        while last < len(starts) and ends[last] - starts[first] <= room - 2 * _OVERLAP:
            last += 1
        own = min(ends[last - 1] - starts[first], room)
        around = min(_OVERLAP, (room - own) // 2)
        before, behind = first, last
        while before > 0 and starts[first] - starts[before - 1] <= around:
            before -= 1
        while behind < len(starts) and ends[behind] - ends[last - 1] <= around:
            behind += 1
        cut = pieces[starts[before] : ends[behind - 1]][:room]
        places = [starts[i] - starts[before] + 1 for i in range(before, behind)]
        yield _Part(Encoded([begin, *cut, end], places), first - before, last - before)
        first = last


def _join(readings: Sequence[Reading]) -> Reading:
    import numpy as np

    if len(readings) == 1:
        return readings[0]
    pieces: dict[int, NDArray[np.float32]] = {}
    start = 0
    for reading in readings:
        pieces |= {start + word: row for word, row in reading.pieces.items()}
        start += len(reading.labels)
    return Reading(np.concatenate([reading.labels for reading in readings]), pieces)


def _batches(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Numbers of sentences of the same length, filled up, as many as make a batch."""
    lengths: dict[int, list[int]] = {}
    for i, each in enumerate(encoded):
        lengths.setdefault(_filled(each), []).append(i)
    for length, numbers in sorted(lengths.items()):
        size = max(_PIECES // length, 1)
        yield from (numbers[i : i + size] for i in range(0, len(numbers), size))
