"""A causal language model as a second opinion on changes of a sentence, run by ONNX Runtime.

The file has the inputs and outputs that `training/reader/causal_graph.py` describes. Beside it are the file of its
weights and that of its pieces of words, which `imrlint.reader.conversion` writes; `imrlint.reader.store` installs them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from imrlint.reader.rows import Branch, Change, Placed, Row, Sequel, lay_out, place
from imrlint.reader.tokenization import stored_encoder

Scores = dict[tuple[int, int], float]
"""Logarithms of probabilities, by a piece of a row and the next one."""

GRAPH, TABLE = "language_model.onnx", "language_model.json"
"""The files of the package: the graph of the model, and the table of its weights."""
WEIGHTS, PIECES = "language_model.bin", "pieces.json"
"""The files that are made on the user's machine."""
_BEGIN = 0  # the piece that begins every text
_FOLLOWING = 6  # pieces after a change that are scored
_CHANGED = 64  # pieces of an original or a replacement; of a longer one the others are left out
_PIECES = 256  # of a batch
_ASKED = 192  # pieces of a batch after which something is scored: each has a score for every piece there is
_STEP = 8  # pieces by which the lengths of batches differ

__all__ = ["GRAPH", "PIECES", "TABLE", "WEIGHTS", "Change", "Gain", "LanguageModel", "LanguageModelError"]


class LanguageModelError(ValueError):
    """A model that cannot be loaded."""


class Gain(NamedTuple):
    """What a change gains: natural logarithms of probabilities, rounded to three decimals.

    - `left`: of the replacement minus that of the original words, after what stands before them in the sentence. Where
      words are only inserted or only taken out, the part that is not there counts 0: an insertion has a `left` below 0,
      a deletion one above.
    - `right`: of the next pieces of the sentence, up to six, after the replacement, minus that of the same pieces after
      the original words; 0 at the end of a sentence.
    - `surprise`: minus that of the original words, after what stands before them; 0 for an insertion.

    For every kind of change, `left + right` is the gain in the likelihood of the sentence from the change on, up to and
    with the same following pieces. A sentence with more words is less likely for that reason alone.
    """

    left: float
    right: float
    surprise: float


class LanguageModel:
    """A language model, on one thread or several; `path` is its graph. The number of threads changes no result.

    Raises LanguageModelError where it cannot be loaded, and ImportError where the extra `reader` is not installed.
    """

    def __init__(self, path: Path, threads: int = 1) -> None:
        import onnxruntime
        import tokenizers  # noqa: F401 (its absence is no damage of the model)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_mem_pattern = False  # batches have many shapes
        try:
            self._encoder = stored_encoder(path.with_name(PIECES))
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # what ONNX Runtime and tokenizers raise has no class in common
            raise LanguageModelError(f"{path.parent}: the language model cannot be loaded") from error

    def weigh(self, changes: Sequence[Change]) -> list[Gain]:
        """What each change gains.

        It does not depend on changes of other sentences; those of the same sentence make a difference of at most some
        thousandths, which is that of sums in another order.

        Raises ValueError for a change of words that the sentence does not have.
        """
        each_once = tuple(dict.fromkeys(changes))
        gains: dict[Change, Gain] = {}
        for batch in _batches(lay_out([self._place(change) for change in each_once], _FOLLOWING)):
            for row, scores in zip(batch, self._score(batch), strict=True):
                for question in row.questions:
                    own, after = _sums(question.original, scores)
                    new, changed = _sums(question.changed, scores)
                    gains[each_once[question.number]] = Gain(_round(new - own), _round(changed - after), _round(-own))
        return [gains[change] for change in changes]

    def _place(self, change: Change) -> Placed:
        if not 0 <= change.start <= change.end <= len(change.words):
            raise ValueError(f"words {change.start} to {change.end} of a sentence of {len(change.words)}")
        before = self._pieces(change.words[: change.start])
        original = self._pieces(change.words[change.start : change.end])[:_CHANGED]
        replacement = self._pieces(change.replacement)[:_CHANGED]
        sentence = [*before, *original, *self._pieces(change.words[change.end :])]
        return place(_BEGIN, sentence, len(before), len(before) + len(original), replacement, _FOLLOWING)

    def _pieces(self, words: Sequence[str]) -> list[int]:
        return [piece for word in words for piece in self._encoder.word(word)]

    def _score(self, rows: Sequence[Row]) -> list[Scores]:
        """For each row, the logarithms of the probabilities that its questions ask for."""
        import numpy as np

        pairs = [(number, pair) for number, row in enumerate(rows) for pair in row.wanted]
        if not pairs:
            return [{} for _ in rows]
        length = max(map(_filled, rows))
        pieces = np.zeros((len(rows), length), np.int64)
        places = np.zeros((len(rows), length), np.int64)
        sees = np.zeros((len(rows), length, length), np.bool_)
        sees[:] = np.eye(length, dtype=np.bool_)
        for number, row in enumerate(rows):
            pieces[number, : len(row.pieces)] = row.pieces
            for part in (Branch(0, row.trunk, 0), *row.branches):
                own = slice(part.start, part.end)
                places[number, own] = np.arange(part.begin, part.begin + part.end - part.start)
                sees[number, own, : part.begin] = True
                sees[number, own, own] = np.tri(part.end - part.start, dtype=np.bool_)
        asked = {place: i for i, place in enumerate(dict.fromkeys(number * length + at for number, (at, _) in pairs))}
        inputs = {
            "pieces": pieces,
            "places": places,
            "sees": sees,
            "asked": np.array(list(asked), np.int64),
            "wanted": np.array([(asked[number * length + at], piece) for number, (at, piece) in pairs], np.int64),
        }
        (scores,) = self._session.run(["scores"], inputs)
        found: list[Scores] = [{} for _ in rows]
        for (number, pair), score in zip(pairs, scores.tolist(), strict=True):
            found[number][pair] = score
        return found


def _sums(sequel: Sequel, scores: Scores) -> tuple[float, float]:
    return math.fsum(scores[pair] for pair in sequel.own), math.fsum(scores[pair] for pair in sequel.after)


def _round(value: float) -> float:
    return round(value, 3) + 0.0  # no -0.0


def _filled(row: Row) -> int:
    """The length to which a row is filled up."""
    return -(-len(row.pieces) // _STEP) * _STEP


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of about the same length, as many as make a batch."""
    batch: list[Row] = []
    asked = 0
    for row in sorted(rows, key=_filled):
        if batch and ((len(batch) + 1) * _filled(row) > _PIECES or asked + len(row.wanted) > _ASKED):
            yield batch
            batch, asked = [], 0
        batch.append(row)
        asked += len(row.wanted)
    if batch:
        yield batch
