"""Holding the letters of a run against one another.

Only clues are kept; a letter in which something is found is read once more to say where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from imrlint.engine import linter
from imrlint.engine.clues import ClueStore, NotKept
from imrlint.engine.findings import Finding
from imrlint.engine.linter import ActiveRule
from imrlint.engine.messages import plain
from imrlint.engine.report import Crash
from imrlint.engine.rule import BatchRule, Clue
from imrlint.reading import Reading

Clues: TypeAlias = Mapping[str, Sequence[Clue]]
"""What a letter leaves behind for each batch rule, by the rule's key."""

Signed: TypeAlias = tuple[str, Finding]
"""A finding, after the key of the rule that found it."""

_LIMIT = 2**63


def gathered(reading: Reading, active_rules: Sequence[ActiveRule]) -> tuple[Clues, tuple[Crash, ...]]:
    """The clues of one letter, and the rules that failed on it."""
    clues: dict[str, list[Clue]] = {}
    crashes = []
    for active in active_rules:
        if isinstance(active.rule, BatchRule):
            try:
                clues[active.rule.key()] = [_sound(clue) for clue in active.rule.gather(reading.letter, reading)]
            except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
                crashes.append(Crash(active.rule.name(), error))
    return clues, tuple(crashes)


def _sound(clue: object) -> Clue:
    if not isinstance(clue, Clue):
        raise TypeError(f"a batch rule gathers clues, not {type(clue).__name__}")
    numbers = (clue.key, *clue.span, clue.weight, clue.mark)
    if len(clue.span) != 2 or not all(isinstance(each, int) and -_LIMIT <= each < _LIMIT for each in numbers):
        raise ValueError("a clue is made of whole numbers of eight bytes")
    return clue


class Member(NamedTuple):
    """A letter of a run: its name, and the SHA-256 of what was examined, as far as it is known."""

    name: str
    digest: bytes


class Batch:
    """What the letters of a run have left behind."""

    def __init__(self) -> None:
        self._store = ClueStore()
        self._rules: dict[str, BatchRule] = {}
        self._members: list[Member] = []
        self._lost: NotKept | None = None
        self.crashes: list[Crash] = []  # of rules, while letters were held against one another

    def add(self, member: Member, clues: Clues, active_rules: Sequence[ActiveRule]) -> None:
        """Take the clues of one letter."""
        number = len(self._members)
        self._members.append(member)
        for rule, left in clues.items():
            if rule not in self._rules:
                self._learn(active_rules)
            try:
                for clue in left if self._lost is None else ():
                    self._store.add(rule, clue, number)
            except NotKept as error:  # told when the letters are compared: each of them is still checked
                self._lost = error

    def _learn(self, active_rules: Sequence[ActiveRule]) -> None:
        for active in active_rules:
            if isinstance(active.rule, BatchRule):
                self._rules.setdefault(active.rule.key(), active.rule)

    def found(self) -> Iterator[tuple[Member, list[Signed]]]:
        """Each letter in which something was found, in the order of the run. Raises NotKept."""
        if self._lost is not None:
            raise self._lost
        found: dict[int, list[Signed]] = {}
        for key, rule in self._rules.items() if len(self._members) > 1 else ():
            try:
                for number, other, finding in rule.compare(self._store.shared(key), len(self._members)):
                    beside = self._members[other].name
                    told = replace(finding, message=f"{linter.sound(finding).message}: {plain(beside)}", beside=beside)
                    found.setdefault(range(len(self._members))[number], []).append((key, told))
            except NotKept:
                raise
            except (Exception, SystemExit) as error:  # a rule's fault must not cost the findings of the others
                self.crashes.append(Crash(rule.name(), error))
        for number in sorted(found):
            yield self._members[number], found[number]
