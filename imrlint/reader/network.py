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


class Reading(NamedTuple):
    """What a network says of a sentence.

    `labels` has for each word the logarithms of the probabilities that it is right, should be another word, should
    not be
    there, and that a word is missing before it. `pieces` has, for each of the words asked for, those of what should be
    there, by the first piece of the word.
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

        Pieces are scored for the words that are right with a probability whose logarithm is below `doubt`.
        """
        encoded = [self.encoder.encode(words) for words in sentences]
        readings: list[Reading | None] = [None] * len(sentences)
        for batch in _batches(encoded):
            labels, doubted, scores = self._run([encoded[i] for i in batch], doubt)
            pieces = dict(zip(doubted.tolist(), scores, strict=True))
            start = 0
            for i in batch:
                end = start + len(encoded[i].starts)
                own = {word - start: row for word, row in pieces.items() if start <= word < end}
                readings[i] = Reading(labels[start:end], own)
                start = end
        return [each for each in readings if each is not None]

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
    """The length to which a sentence is filled up. It depends on nothing else, and so does what is said of the sentence."""
    return -(-len(sentence.pieces) // _STEP) * _STEP


def _batches(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    """Numbers of sentences of the same length, filled up, as many as make a batch."""
    lengths: dict[int, list[int]] = {}
    for i, each in enumerate(encoded):
        lengths.setdefault(_filled(each), []).append(i)
    for length, numbers in sorted(lengths.items()):
        size = max(_PIECES // length, 1)
        yield from (numbers[i : i + size] for i in range(0, len(numbers), size))
