"""Rows for the language model: a sentence with other ways in which it may go on, so that it is run only once.

A row begins with the pieces of a sentence. After them come branches: of each change its replacement and what follows
in the sentence. The pieces of a branch have their places as if they stood in the sentence, and see only what stands
before the change and each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LONGEST = 256  # pieces of a sentence that are run at once
_STEP = _LONGEST // 2  # pieces by which the parts of a longer sentence are apart
_MOST = 512  # pieces of a row, unless one change needs more
_ASKED = 192  # pieces of a row after which something is scored, likewise


class Change(NamedTuple):
    """A change of a sentence: `replacement` for the words from `start` up to `end`.

    `words` is the sentence, split at its spaces. None may be replaced (`start` is `end`), or all; a replacement may be
    empty.
    """

    words: tuple[str, ...]
    start: int
    end: int
    replacement: tuple[str, ...]


class Sequel(NamedTuple):
    """How a sentence goes on: pairs of a piece of a row, by its number, and the piece that comes next.

    `own` has the pieces of the words that change, `after` those that follow them in the sentence.
    """

    own: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """All pairs."""
        return self.own + self.after


class Question(NamedTuple):
    """The change that has this number: how likely is it as it stands, and as it would be?"""

    number: int
    original: Sequel
    changed: Sequel


class Branch(NamedTuple):
    """Pieces `start` up to `end` of a row, which see the first `begin` pieces and each other."""

    start: int
    end: int
    begin: int


class Row(NamedTuple):
    """Pieces: `trunk` of a sentence, and of branches."""

    pieces: tuple[int, ...]
    trunk: int
    branches: tuple[Branch, ...]
    questions: tuple[Question, ...]

    @property
    def wanted(self) -> tuple[tuple[int, int], ...]:
        """The pairs of all its questions, each once."""
        found = (pair for each in self.questions for sequel in (each.original, each.changed) for pair in sequel.pairs)
        return tuple(dict.fromkeys(found))


class Placed(NamedTuple):
    """A change in pieces: the sentence, the places of the original in it, and the replacement.

    A sentence begins with the piece that begins every text, and may be a part of a longer one.
    """

    sentence: tuple[int, ...]
    start: int
    end: int
    replacement: tuple[int, ...]


def place(
    begin: int, pieces: Sequence[int], start: int, end: int, replacement: Sequence[int], following: int
) -> Placed:
    """A change of the pieces `start` up to `end` of a sentence.

    Of a sentence that is too long only a part is left: it ends after the `following` pieces behind the original at the
    earliest, and has at least half of the pieces that are run at once before them, the original among these.
    """
    first = 0
    if len(pieces) > _LONGEST:
        first = max(0, -(-(end + following - _LONGEST) // _STEP) * _STEP)
    part = (begin, *pieces[first : first + _LONGEST])
    return Placed(part, start - first + 1, end - first + 1, tuple(replacement))


def lay_out(changes: Sequence[Placed], following: int) -> Iterator[Row]:
    """Rows for changes, which `Question.number` counts. `following` pieces after a change are scored."""
    by_sentence: dict[tuple[int, ...], list[int]] = {}
    for number, change in enumerate(changes):
        by_sentence.setdefault(change.sentence, []).append(number)
    for sentence, numbers in by_sentence.items():
        row = _Row(sentence, following)
        for number in numbers:
            if not row.add(number, changes[number]):
                yield row.finish()
                row = _Row(sentence, following)
                row.add(number, changes[number])
        yield row.finish()


class _Row:
    """A row in the making."""

    def __init__(self, sentence: tuple[int, ...], following: int) -> None:
        self._sentence, self._following = sentence, following
        self._changes: list[tuple[int, Placed]] = []
        self._trunk = self._branches = self._asked = 0

    def add(self, number: int, change: Placed) -> bool:
        """Add a change, unless the row has others and would be too long with it."""
        after = self._after(change)
        trunk = max(self._trunk, change.start, change.end + len(after) - 1)
        branches = self._branches + max(len(change.replacement) + len(after) - 1, 0)
        asked = self._asked + change.end - change.start + len(change.replacement) + 2 * len(after)
        if self._changes and (trunk + branches > _MOST or asked > _ASKED):
            return False
        self._changes.append((number, change))
        self._trunk, self._branches, self._asked = trunk, branches, asked
        return True

    def finish(self) -> Row:
        pieces = list(self._sentence[: self._trunk])
        branches, questions = [], []
        for number, change in self._changes:
            original, after = self._sentence[change.start : change.end], self._after(change)
            stands = _follow([change.start - 1, *range(change.start, self._trunk)], original, after)
            branch = Branch(len(pieces), len(pieces) + max(len(change.replacement) + len(after) - 1, 0), change.start)
            pieces += (change.replacement + after)[:-1]
            would = _follow([change.start - 1, *range(branch.start, branch.end)], change.replacement, after)
            branches.append(branch)
            questions.append(Question(number, stands, would))
        return Row(tuple(pieces), self._trunk, tuple(branches), tuple(questions))

    def _after(self, change: Placed) -> tuple[int, ...]:
        return self._sentence[change.end : change.end + self._following]


def _follow(before: Sequence[int], own: Sequence[int], after: Sequence[int]) -> Sequel:
    """The pieces of a row `before` which those of `own` and `after` stand, each with that one."""
    pairs = tuple(zip(before, (*own, *after), strict=False))
    return Sequel(pairs[: len(own)], pairs[len(own) :])
